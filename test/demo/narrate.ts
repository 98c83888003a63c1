import { wrapped } from '../../src/doctor/wrap.ts';
import { textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';

export type Say = (line: string) => void;

const MAIN_LINES = 6;
const WIDTH = 110;

export const say: Say = (line) => void process.stdout.write(`${line}\n`);

/** An icon of a finding, which is an element of its own. */
const ICON = /^([▲?]|[✖✔⚠]\ufe0e)\s*\n/gmu;
/** What unfolds and folds a section when it is pressed. */
const FOLD = /^[▸▾]/u;

/** Returns the first lines of a card, starting with the headline, each wrapped for a terminal. */
export function cardLines({ card }: Pick<ShownCard, 'card'>): readonly string[] {
  const lines = textOf(card)
    .replace(ICON, '$1 ')
    .replace(/:\s*\n/g, ': ')
    .split('\n')
    .map(plain);
  const [headline = '', ...main] = lines.filter((line) => line !== '' && !FOLD.test(line)).slice(0, MAIN_LINES);
  return [headline, ...main.flatMap((line) => wrapped(line, WIDTH).map((part) => `  ${part}`))];
}

/** Removes the markup that only a client interprets: date functions, bold, escapes. */
function plain(line: string): string {
  return line
    .replace(/\{\{DATE\((.{10})T[^)]*\)\}\}/g, '$1')
    .replace(/\{\{TIME\(.{10}T(.{8})Z\)\}\}/g, '$1 UTC')
    .replaceAll('**', '')
    .replace(/\\(?=\W)/g, '')
    .trim();
}
