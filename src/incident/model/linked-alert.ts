import type { Alert } from './observation.ts';

/** An alert as stored with its incident. */
export type LinkedAlert = Omit<Alert, 'updatedAt' | 'text'> & {
  /** `named`: the alert's text names the connector. `nearness`: only the time matches. `unlinked`: its connector is unknown. */
  readonly link: 'named' | 'nearness' | 'unlinked';
  /** The connector's id, name, address or domain as found in the alert; absent unless `named`. */
  readonly namedBy?: string | undefined;
  /** The alert's text, kept while it names no connector, because one may be recognized later. */
  readonly said?: string | undefined;
};
