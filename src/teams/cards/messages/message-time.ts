import type { Locale } from '../../locales/locale.ts';

/** The reader of a message. Teams draws times in the reader's zone only on cards. */
export type Reader = {
  readonly locale: Locale;
  /** IANA name of a time zone; UTC when omitted. */
  readonly timeZone?: string | undefined;
  /** When the message is written, ms since the epoch; without it, no message says how much time is left. */
  readonly now?: number | undefined;
};

/** Formats a time (ms) for a message, including its zone. */
export function messageTime(ms: number, { locale, timeZone = 'UTC' }: Reader): string {
  const date = { month: locale === 'ja-JP' ? 'numeric' : 'short', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  const parts = new Intl.DateTimeFormat(locale, { ...date, ...time, timeZone }).formatToParts(ms);
  return parts.map(({ type, value }) => (type === 'timeZoneName' ? zoneName(ms, timeZone) : value)).join('');
}

/** Unicode CLDR abbreviates a zone only in the locales where its people live: JST in Japan, and PST in the United States. */
const NAMING_LOCALES: readonly Locale[] = ['ja-JP', 'en-US'];
/** A zone that a locale does not abbreviate, as Intl writes it: GMT+9. */
const OFFSET = /^GMT[+-]/;

/** Returns the same short name in every language: an abbreviation where there is one, otherwise the difference from GMT. */
function zoneName(ms: number, timeZone: string): string {
  const names = NAMING_LOCALES.map((locale) => {
    const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(ms);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  });
  return names.find((name) => !OFFSET.test(name)) ?? names[0] ?? timeZone;
}

/** Formats the time left until a time (ms); null when it has passed, or when `now` is omitted. */
export function timeLeft(ms: number, { locale, now }: Reader): string | null {
  return now === undefined || ms <= now ? null : durationText(ms - now, locale);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** From this length on, durations are given in days. */
const DAYS_FROM_MS = 3 * 86_400_000;

/** Formats a duration (ms) in one unit or two: "26 hours 24 minutes", "15 minutes", "37 days". */
export function durationText(ms: number, locale: Locale): string {
  const usable = ms < DAYS_FROM_MS ? UNITS.slice(1) : UNITS.slice(0, 1);
  const first = usable.findIndex(([, size]) => ms >= size);
  const [large = ['second', 1_000] as const, small] = first < 0 ? [] : usable.slice(first, first + 2);
  const [unit, size] = large;
  const count = Math.floor(ms / size);
  const rest = small === undefined || small[0] === 'second' ? 0 : Math.floor((ms - count * size) / small[1]);
  const parts = [
    inUnit(count, unit, locale),
    ...(rest === 0 || small === undefined ? [] : [inUnit(rest, small[0], locale)]),
  ];
  return parts.join(' ');
}

function inUnit(count: number, unit: string, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
