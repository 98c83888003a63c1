import type { ClickKind } from '../../incident/model/events.ts';
import type { Verdict } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Posture } from '../../incident/model/posture.ts';
import type { Refusal } from '../../incident/model/refusal.ts';
import type { UntrustedTrail } from '../../incident/model/trail.ts';
import type { MicrosoftService } from '../../shared/errors.ts';
import type { SignalHealth } from '../../storage/signal-health.ts';

/** What became of a click, to be told to the person who clicked. */
export type ClickOutcome =
  | { readonly kind: 'applied' | 'repeated'; readonly click: ClickKind; readonly incident: Incident }
  /** A task after an unblock was ticked off, now or before. */
  | { readonly kind: 'task'; readonly outcome: 'applied' | 'repeated' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One inbound connector in the answer to "status connectors", with the open incident or the last one, if any. */
export type ConnectorStatus = {
  /** GUID; the id of the restriction when the inbound connector itself is not matched. */
  readonly id: string;
  readonly name: string | null;
  readonly restricted: boolean;
  /** Exchange's ConnectorType and Enabled; null when the inbound connector is not matched. */
  readonly type: string | null;
  readonly enabled: boolean | null;
  readonly incident: Incident | null;
  /** The worst verdict of its last check; null or left out when it has not been checked. */
  readonly verdict?: Verdict | null;
};

/** Opens the card of an incident in its channel, by the incident's id; nothing for one whose card is not known. */
export type CardLinks = ReadonlyMap<string, string>;

/** Which connectors of a list are shown: those of a mark, those restricted, those turned off, or all but the restricted. */
export type ListFilter = Verdict | 'restricted' | 'off';

/** A part of the list of connectors; `page` counts from 1. */
export type Listing = { readonly filter: ListFilter | null; readonly page: number };

/** What is known of one connector besides its state. */
export type ConnectorDetails = {
  /** Null when it has not been checked. */
  readonly posture: Posture | null;
  /** Its messages in the last days and in as many days before; null when they are not known. */
  readonly lastDays: { readonly days: number; readonly messages: number; readonly before: number } | null;
  /** A check has begun whose result is not there yet. */
  readonly isChecking: boolean;
};

/** `checkedAt` is when the run ended, ms since the epoch; the rest are counts of checks. */
export type SelfCheckSummary = { readonly checkedAt: number; readonly failed: number; readonly warnings: number };

/** The last reading of Exchange, as chat shows it. */
export type ConnectorsStatus = {
  /** Restricted ones first, then by name. */
  readonly connectors: readonly ConnectorStatus[];
  /** When the last complete read began, ms since the epoch; null when there has been none. */
  readonly readAt: number | null;
  /** Why the latest read was not complete; null when it was. */
  readonly incompleteReason: string | null;
  /** Why cards cannot be posted to the admin channel; null when they can, as far as is known. */
  readonly channelFailure: string | null;
  /** Whether Graph tells us of changes, and how often we look ourselves. */
  readonly watch: {
    readonly push: 'off' | 'active' | 'refused' | 'pending';
    readonly pollMs: number;
    /** How each signal fares. */
    readonly signals?: readonly SignalHealth[];
    /** Services that do not answer, and since when (ms). */
    readonly unreachable?: readonly { readonly service: MicrosoftService; readonly since: number }[];
    /** What is wrong with the audit trail, while nothing is unblocked for it. */
    readonly broken?: UntrustedTrail | null;
    /** What the last self-check found; null before the first, absent where it is off. */
    readonly selfCheck?: SelfCheckSummary | null | undefined;
  };
  /** Open `alerted` incidents: alerts whose connector is not known yet. */
  readonly alerted: readonly Incident[];
};
