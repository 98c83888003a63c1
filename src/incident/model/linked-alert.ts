import type { Alert } from './observation.ts';

/** What is kept of an alert with the incident it belongs to. */
export type LinkedAlert = Omit<Alert, 'updatedAt' | 'text'> & {
  /** `named`: the alert's text names the connector. `nearness`: only the time fits. `unlinked`: no connector is known for it. */
  readonly link: 'named' | 'nearness' | 'unlinked';
  /** The connector's id, name, address or domain that the alert has in it; absent unless `named`. */
  readonly namedBy?: string | undefined;
  /** What the alert says, while no connector is named in it: one may be recognised later. */
  readonly said?: string | undefined;
};
