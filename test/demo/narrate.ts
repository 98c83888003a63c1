import { textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { headlineOf } from './card-watch.ts';

export type Say = (line: string) => void;

const MAIN_LINES = 4;
const WIDTH = 140;

export const say: Say = (line) => void process.stdout.write(`${line}\n`);

/** What a card says, short enough for a terminal: the headline, then the lines that come first. */
export function cardLines(shown: ShownCard): readonly string[] {
  const headline = headlineOf(shown);
  const lines = textOf(shown.card)
    .split('\n')
    .filter((line) => line.trim() !== '' && line !== headline)
    .slice(0, MAIN_LINES);
  return [headline, ...lines.map((line) => `  ${shortened(line)}`)];
}

function shortened(line: string): string {
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1)}…`;
}
