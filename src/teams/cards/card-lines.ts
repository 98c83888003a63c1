import type { Verdict } from '../../incident/model/finding.ts';
import { cardTime, clip, clipSentence, literal, markdownLink, verbatim } from './card-text.ts';

/** One line of a card. Only what we wrote ourselves may be `markdown`; a `finding` has its icon for a label. */
export type Line = {
  readonly kind: 'text' | 'finding' | 'code' | 'markdown';
  readonly label: string;
  readonly value: string;
  /** Of a finding: red where a person must act. */
  readonly color: 'default' | 'attention';
  /** A value as Exchange has it, shown small beneath its words; empty when there is none to show. */
  readonly raw: string;
  /** A time as the card draws it, shown small beneath; empty when there is none to show. */
  readonly when: string;
  /** Of use only as a whole, so that it is left out where it would be cut. */
  readonly isWhole?: true;
};

export type Section = { readonly title: string; readonly lines: readonly Line[] };

/** As long as the command with the longest reason, every character of it a quote. */
const MAX_CODE = 1_300;
const MAX_COPIED = 200;

const PLAIN = { kind: 'text', label: '', color: 'default', raw: '', when: '' } as const;

/** Shapes that differ without their colour, as text and not as emoji. */
export const ICONS: { readonly [verdict in Verdict]: string } = {
  bad: '✖\ufe0e',
  concern: '▲',
  unknown: '?',
  good: '✔\ufe0e',
};

/** Our own words. */
export function plainLine(value: string, label = ''): Line {
  return { ...PLAIN, label, value };
}

export function textLine(label: string, value: string, longest: number): Line {
  return plainLine(literal(value, longest), label);
}

/** What somebody did or said, and when. */
export function eventLine(value: string, longest: number, at: number): Line {
  return { ...textLine('', value, longest), when: cardTime(at) };
}

/** What was found, with an icon for how good or bad it is. */
export function findingLine(verdict: Verdict, value: string, longest: number): Line {
  return foundLine(verdict, literal(value, longest));
}

/** The same of a sentence of our own, in which what comes from outside is literal already and times are drawn. */
export function foundLine(verdict: Verdict, value: string): Line {
  const color = verdict === 'bad' ? 'attention' : 'default';
  return { ...PLAIN, kind: 'finding', label: ICONS[verdict], value, color };
}

/** What a person has to do something about. Our own words, or text that is literal already. */
export function warningLine(value: string): Line {
  return { ...PLAIN, kind: 'finding', label: '⚠\ufe0e', value, color: 'attention' };
}

/** Somebody else's text to be copied: on one line, and never cut. */
export function copiedLine(label: string, value: string): Line {
  return { ...plainLine(verbatim(value, MAX_COPIED), label), isWhole: true };
}

export function codeLine(value: string): Line {
  return { ...PLAIN, kind: 'code', value: verbatim(value, MAX_CODE) };
}

/** Our own Markdown. */
export function markdownLine(value: string): Line {
  return { ...PLAIN, kind: 'markdown', value };
}

export function timeLine(label: string, ms: number): Line {
  return { ...PLAIN, kind: 'markdown', value: `**${label}:** ${cardTime(ms)}` };
}

/** No line at all when the address is not one of the web. */
export function linkLine(text: string, address: string | null): readonly Line[] {
  const value = markdownLink(text, address);
  return value === null ? [] : [{ ...PLAIN, kind: 'markdown', value }];
}

/** Cuts the texts of others. A command cut short could not be run, and our own Markdown is short. */
export function shortenedLines(lines: readonly Line[], longest: number): readonly Line[] {
  const kept = lines.filter(({ isWhole = false, value }) => !isWhole || value.length <= longest);
  return kept.map((line) => {
    const isText = line.kind === 'text' || line.kind === 'finding';
    return isText ? { ...line, value: clipSentence(line.value, longest), raw: clip(line.raw, longest) } : line;
  });
}
