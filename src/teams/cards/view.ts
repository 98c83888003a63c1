import type { Locale } from '../locales/locale.ts';
import type { Cloud } from '../transport/cloud.ts';

type UnblockMode = 'exchange' | 'powershell' | 'manual' | 'dry-run';

/** For whom a card is drawn, and how this service has Exchange asked. */
export type View = {
  readonly locale: Locale;
  /** Of times in messages; UTC when left out. Cards draw times in the reader's own zone. */
  readonly timeZone?: string | undefined;
  readonly unblockMode: UnblockMode;
  /** How long a break-glass unblock waits (ms); null or left out where break-glass is off. */
  readonly breakGlass?: { readonly waitMs: number } | null;
  /** Public when left out. */
  readonly cloud?: Cloud;
};
