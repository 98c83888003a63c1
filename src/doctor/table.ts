import { styleText } from 'node:util';
import type { Finding, Status } from './finding.ts';
import type { Strings } from './locales/strings.ts';
import { columns, padded, wrapped } from './wrap.ts';

const WIDTH = 100;
const GAP = '  ';
const COLOURS = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'gray' } as const satisfies Record<
  Status,
  string
>;

type Ink = (status: Status, text: string) => string;

/** Returns colours if the stream is a terminal and NO_COLOR is not set. */
export function inkFor(stream: NodeJS.WriteStream): Ink {
  return (status, text) => styleText(COLOURS[status], text, { stream });
}

/** Splits a command over several lines that a shell (or PowerShell, for its scripts) joins again. */
function commandLines(command: string | null, width: number): readonly string[] {
  if (command === null) return [];
  const joint = command.includes('.ps1 ') ? '`' : '\\';
  const lines = wrapped(command, width);
  return lines.map((line, index) => `${index === 0 ? '$' : ' '} ${line}${index < lines.length - 1 ? ` ${joint}` : ''}`);
}

/** Formats the findings as a table of at most 100 columns, with what to do below each, followed by the verdict. */
export function table(findings: readonly Finding[], strings: Strings, ink: Ink): string {
  const { statuses, names } = strings;
  const widest = (texts: readonly string[]) => Math.max(...texts.map(columns));
  const statusWidth = widest(findings.map(({ status }) => statuses[status]));
  const nameWidth = widest(findings.map(({ id }) => names[id]));
  const indent = ' '.repeat(statusWidth + nameWidth + 2 * GAP.length);
  const rows = findings.flatMap(({ id, status, says: text, todo, command = null }) => {
    const head = [ink(status, padded(statuses[status], statusWidth)), padded(names[id], nameWidth), ''].join(GAP);
    const message = wrapped(text, WIDTH - indent.length);
    const todoLines = todo === null ? [] : wrapped(todo, WIDTH - indent.length - 2);
    const steps = todoLines.map((line, index) => `${index === 0 ? '→' : ' '} ${line}`);
    const below = [...message.slice(1), ...steps, ...commandLines(command, WIDTH - indent.length - 4)];
    return [`${head}${message[0] ?? ''}`, ...below.map((line) => `${indent}${line}`)].map((line) => line.trimEnd());
  });
  const count = (expected: Status) => findings.filter(({ status }) => status === expected).length;
  return [strings.title, '', ...rows, '', strings.verdict(count('failed'), count('warning')), ''].join('\n');
}
