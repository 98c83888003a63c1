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

/** Colours where the stream shows them and nobody asked not to (NO_COLOR). */
export function inkFor(stream: NodeJS.WriteStream): Ink {
  return (status, text) => styleText(COLOURS[status], text, { stream });
}

/** The findings as a table of at most 100 columns, with what to do below each; then the verdict. */
export function table(findings: readonly Finding[], strings: Strings, ink: Ink): string {
  const { statuses, names } = strings;
  const widest = (texts: readonly string[]) => Math.max(...texts.map(columns));
  const statusWidth = widest(findings.map(({ status }) => statuses[status]));
  const nameWidth = widest(findings.map(({ id }) => names[id]));
  const indent = ' '.repeat(statusWidth + nameWidth + 2 * GAP.length);
  const rows = findings.flatMap(({ id, status, says, todo }) => {
    const head = [ink(status, padded(statuses[status], statusWidth)), padded(names[id], nameWidth), ''].join(GAP);
    const said = wrapped(says, WIDTH - indent.length);
    const done = todo === null ? [] : wrapped(todo, WIDTH - indent.length - 2);
    const below = [...said.slice(1), ...done.map((line, index) => `${index === 0 ? '→' : ' '} ${line}`)];
    return [`${head}${said[0] ?? ''}`, ...below.map((line) => `${indent}${line}`)].map((line) => line.trimEnd());
  });
  const count = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
  return [strings.title, '', ...rows, '', strings.verdict(count('failed'), count('warning')), ''].join('\n');
}
