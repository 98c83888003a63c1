import type { Locale } from '../locales/locale.ts';
import type { Cloud } from '../transport/cloud.ts';
import type { Mentioned } from './mention.ts';

type UnblockMode = 'exchange' | 'powershell' | 'manual' | 'dry-run';

/**
 * Whom a card is drawn for in person: who approved what waits, who else may act, or who may not. A personal card only leaves
 * out what its reader cannot do; the shared card has everything, because Teams refreshes for few people and not everywhere.
 */
export type Role = 'approver' | 'eligible' | 'reader';

/** For whom a card is drawn, and how this service has Exchange asked. */
export type View = {
  readonly locale: Locale;
  /** Of times in messages; UTC when left out. Cards draw times in the reader's own zone. */
  readonly timeZone?: string | undefined;
  readonly unblockMode: UnblockMode;
  /** How long a break-glass unblock waits (ms); null or left out where break-glass is off. */
  readonly breakGlass?: { readonly waitMs: number } | null;
  /** Who is mentioned on a card that is new; nobody when left out. */
  readonly mentions?: readonly Mentioned[] | undefined;
  /** Left out for the card that everybody shares. */
  readonly role?: Role | undefined;
  /** Public when left out. */
  readonly cloud?: Cloud;
};
