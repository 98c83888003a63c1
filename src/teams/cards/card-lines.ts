import type { Verdict } from '../../incident/model/finding.ts';
import { cardTime, clip, clipSentence, literal, markdownLink, verbatim } from './card-text.ts';

/** One line of a card. Only the service's own text may be `markdown`; a `finding` has its icon as its label. */
export type Line = {
  readonly kind: 'text' | 'finding' | 'code' | 'markdown';
  readonly label: string;
  readonly value: string;
  /** Of a finding: attention (red) where a person must act. */
  readonly color: 'default' | 'attention';
  /** A value as Exchange returns it, shown small beneath its words; empty for none. */
  readonly raw: string;
  /** A time in the card's date functions, shown small beneath the line; empty for none. */
  readonly when: string;
  /** Set when the line is useful only as a whole: it is omitted where it would be cut. */
  readonly isWhole?: true;
};

export type Section = { readonly title: string; readonly lines: readonly Line[] };

/** The length of the command with the longest reason, every character of which is a quote. */
const MAX_CODE = 1_300;
/** The length of `*@` and the longest domain. */
const MAX_COPIED = 255;

const PLAIN = { kind: 'text', label: '', color: 'default', raw: '', when: '' } as const;

/** Shapes that differ without their colour, as text rather than emoji. */
export const ICONS: { readonly [verdict in Verdict]: string } = {
  bad: '✖\ufe0e',
  concern: '▲',
  unknown: '?',
  good: '✔\ufe0e',
};

/** Creates a line of the service's own text. */
export function plainLine(value: string, label = ''): Line {
  return { ...PLAIN, label, value };
}

export function textLine(label: string, value: string, longest: number): Line {
  return plainLine(literal(value, longest), label);
}

/** Creates a line with what a person did or said, and when. */
export function eventLine(value: string, longest: number, at: number): Line {
  return { ...textLine('', value, longest), when: cardTime(at) };
}

/** Creates a line with a finding and the icon of its verdict. */
export function findingLine(verdict: Verdict, value: string, longest: number): Line {
  return foundLine(verdict, literal(value, longest));
}

/** Creates a line with a finding in a sentence whose outside texts are already literal and whose times are drawn. */
export function foundLine(verdict: Verdict, value: string): Line {
  const color = verdict === 'bad' ? 'attention' : 'default';
  return { ...PLAIN, kind: 'finding', label: ICONS[verdict], value, color };
}

/** Creates a line that a person has to act on; the service's own text, or text that is already literal. */
export function warningLine(value: string): Line {
  return { ...PLAIN, kind: 'finding', label: '⚠\ufe0e', value, color: 'attention' };
}

/** Creates a line of the service's own text that a person has to read first and need not act on. */
export function noticeLine(value: string): Line {
  return { ...warningLine(value), color: 'default' };
}

/** Creates a line with outside text to be copied: on one line, and never cut. */
export function copiedLine(label: string, value: string): Line {
  return { ...plainLine(verbatim(value, MAX_COPIED), label), isWhole: true };
}

export function codeLine(value: string): Line {
  return { ...PLAIN, kind: 'code', value: verbatim(value, MAX_CODE) };
}

/** Creates a line of the service's own Markdown. */
export function markdownLine(value: string): Line {
  return { ...PLAIN, kind: 'markdown', value };
}

export function timeLine(label: string, ms: number): Line {
  return { ...PLAIN, kind: 'markdown', value: `**${label}:** ${cardTime(ms)}` };
}

/** Creates a line with a link; no line when the address is not a web address. */
export function linkLine(text: string, address: string | null): readonly Line[] {
  const value = markdownLink(text, address);
  return value === null ? [] : [{ ...PLAIN, kind: 'markdown', value }];
}

/** Cuts the outside texts of lines. Commands and the service's own Markdown are never cut. */
export function shortenedLines(lines: readonly Line[], longest: number): readonly Line[] {
  const fitting = lines.filter(({ isWhole = false, value }) => !isWhole || value.length <= longest);
  return fitting.map((line) => {
    const isText = line.kind === 'text' || line.kind === 'finding';
    return isText ? { ...line, value: clipSentence(line.value, longest), raw: clip(line.raw, longest) } : line;
  });
}
