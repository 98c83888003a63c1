/** The content of a command's `--help`. */
export type Help = {
  readonly summary: string;
  /** One line for each form of the command line. */
  readonly usage: readonly string[];
  readonly options: readonly (readonly [option: string, meaning: string])[];
  readonly examples: readonly string[];
  readonly exitCodes: ExitCodes;
};

/** The meaning of each exit code; every command has these three. */
type ExitCodes = { readonly 0: string; readonly 1: string; readonly 2: string };

export type Headings = {
  readonly usage: string;
  readonly options: string;
  readonly examples: string;
  readonly exitCodes: string;
  /** The meaning of `--help` itself. */
  readonly help: string;
};

export const ENGLISH: Headings = {
  usage: 'Usage',
  options: 'Options',
  examples: 'Examples',
  exitCodes: 'Exit codes',
  help: 'Print this help.',
};

/** The meaning of exit code 2. */
export const NOT_UNDERSTOOD = 'The command line was not understood.';

/** Returns the help text, ending in a line break. */
export function helpText(help: Help, headings: Headings = ENGLISH): string {
  const options = [...help.options, ['-h, --help', headings.help] as const];
  const width = Math.max(...options.map(([option]) => option.length));
  const codes = Object.entries(help.exitCodes);
  return [
    help.summary,
    section(headings.usage, help.usage),
    section(
      headings.options,
      options.map(([option, meaning]) => `${option.padEnd(width)}  ${meaning}`),
    ),
    section(headings.examples, help.examples),
    section(
      headings.exitCodes,
      codes.map(([code, meaning]) => `${code}  ${meaning}`),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(heading: string, lines: readonly string[]): string {
  return [`${heading}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
