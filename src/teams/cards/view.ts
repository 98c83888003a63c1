import type { Locale } from '../locales/locale.ts';
import type { Mentioned } from '../ports.ts';
import type { Cloud } from '../transport/cloud.ts';

type UnblockMode = 'exchange' | 'powershell' | 'manual' | 'dry-run';

/**
 * The reader of a personal card: the approver, another eligible person, or a person who may not act. A personal card only
 * omits what its reader cannot do; the shared card has everything, because Teams refreshes cards only for a few people and not
 * in every client.
 */
export type Role = 'approver' | 'eligible' | 'reader';

/** The reader of a card, and the unblock mode of the service. */
export type View = {
  readonly locale: Locale;
  /** The zone of times in messages; UTC when omitted. Cards draw times in the reader's own zone. */
  readonly timeZone?: string | undefined;
  readonly unblockMode: UnblockMode;
  /** The wait of a break-glass unblock (ms); null or omitted where break-glass is off. */
  readonly breakGlass?: { readonly waitMs: number } | null;
  /** The people mentioned on a new card; nobody when omitted. */
  readonly mentions?: readonly Mentioned[] | undefined;
  /** Omitted for the card that everyone shares. */
  readonly role?: Role | undefined;
  readonly cloud: Cloud;
};
