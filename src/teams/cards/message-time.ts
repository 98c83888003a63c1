import type { Locale } from '../locales/locale.ts';

/** A time (ms) in a message, where Teams does not draw it in the reader's zone: with its zone named. */
export function messageTime(ms: number, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(ms)} UTC`;
}

/** A duration (ms) in the unit people would say it in. */
export function durationText(ms: number, locale: Locale): string {
  const [value, unit] = ms < 60_000 ? [ms / 1000, 'second'] : [ms / 60_000, 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    value,
  );
}
