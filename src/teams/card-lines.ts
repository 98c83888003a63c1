import { cardTime, literal, markdownLink } from './card-text.ts';

/** A reason of 500 quotes, each doubled, and the cmdlet around it. */
const LONGEST_COMMAND = 1_200;

/** One line of a card's section. Only what we wrote ourselves may be `markdown`. */
export type Line = {
  readonly kind: 'text' | 'warning' | 'code' | 'markdown';
  readonly label: string;
  readonly value: string;
};

export type Section = { readonly title: string; readonly lines: readonly Line[] };

export function textLine(label: string, value: string, longest: number): Line {
  return { kind: 'text', label, value: literal(value, longest) };
}

export function warningLine(value: string): Line {
  return { kind: 'warning', label: '', value };
}

export function codeLine(value: string): Line {
  return { kind: 'code', label: '', value: literal(value, LONGEST_COMMAND) };
}

export function timeLine(label: string, ms: number): Line {
  return { kind: 'markdown', label: '', value: `**${label}**: ${cardTime(ms)}` };
}

/** No line at all when the address is not one of the web. */
export function linkLine(text: string, address: string | null): readonly Line[] {
  const value = address === null ? null : markdownLink(text, address);
  return value === null ? [] : [{ kind: 'markdown', label: '', value }];
}
