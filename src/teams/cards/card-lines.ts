import { cardTime, literal, markdownLink } from './card-text.ts';

/** One line of a card's section. Only what we wrote ourselves may be `markdown`. */
export type Line = {
  readonly kind: 'text' | 'warning' | 'code' | 'markdown';
  readonly label: string;
  readonly value: string;
  /** A time as the card draws it, shown small beneath; empty when there is none to show. */
  readonly when: string;
};

export type Section = { readonly title: string; readonly lines: readonly Line[] };

/** As long as the command with the longest reason, every character of it a quote. */
const MAX_CODE = 1_300;

export function textLine(label: string, value: string, longest: number): Line {
  return { kind: 'text', label, value: literal(value, longest), when: '' };
}

/** What somebody did or said, and when. */
export function eventLine(value: string, longest: number, at: number): Line {
  return { ...textLine('', value, longest), when: cardTime(at) };
}

export function warningLine(value: string): Line {
  return { kind: 'warning', label: '', value, when: '' };
}

export function codeLine(value: string): Line {
  return { kind: 'code', label: '', value: literal(value, MAX_CODE), when: '' };
}

export function timeLine(label: string, ms: number): Line {
  return { kind: 'markdown', label: '', value: `**${label}:** ${cardTime(ms)}`, when: '' };
}

/** No line at all when the address is not one of the web. */
export function linkLine(text: string, address: string | null): readonly Line[] {
  const value = markdownLink(text, address);
  return value === null ? [] : [{ kind: 'markdown', label: '', value, when: '' }];
}
