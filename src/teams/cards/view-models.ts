import type { ClickKind } from '../../incident/model/events.ts';
import type { Verdict } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Posture } from '../../incident/model/posture.ts';
import type { Refusal } from '../../incident/model/refusal.ts';
import type { UntrustedTrail } from '../../incident/model/trail.ts';
import type { MicrosoftService } from '../../shared/errors.ts';
import type { SignalHealth } from '../../storage/signals.ts';

/** The outcome of a click, for the answer to the person who clicked. */
export type ClickOutcome =
  | { readonly kind: 'applied' | 'repeated'; readonly click: ClickKind; readonly incident: Incident }
  /** A task after an unblock was ticked off, now or earlier. */
  | { readonly kind: 'task'; readonly outcome: 'applied' | 'repeated' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One inbound connector in the answer to "status connectors", with its open or latest incident, if any. */
export type ConnectorStatus = {
  /** GUID; the id of the restriction when no inbound connector matches it. */
  readonly id: string;
  readonly name: string | null;
  readonly restricted: boolean;
  /** Exchange's ConnectorType and Enabled; null when no inbound connector matches. */
  readonly type: string | null;
  readonly enabled: boolean | null;
  readonly incident: Incident | null;
  /** The worst verdict of its last check; null or omitted when it has not been checked. */
  readonly verdict?: Verdict | null;
};

/** Links to the cards of incidents by incident id; an incident whose card is not known has none. */
export type CardLinks = ReadonlyMap<string, string>;

/** Which connectors of a list are shown: those with a verdict, the restricted, those that are turned off, or all but the restricted. */
export type ListFilter = Verdict | 'restricted' | 'off';

/** A part of the list of connectors; `page` counts from 1. */
export type Listing = { readonly filter: ListFilter | null; readonly page: number };

/** What is known of one connector besides its state. */
export type ConnectorDetails = {
  /** Null when it has not been checked. */
  readonly posture: Posture | null;
  /** Its messages in the last days and in as many days before; null when they are not known. */
  readonly lastDays: { readonly days: number; readonly messages: number; readonly before: number } | null;
  /** Whether a check is running that has no result yet. */
  readonly isChecking: boolean;
};

/** `checkedAt` is the end of the run, ms since the epoch; the others are numbers of checks. */
export type SelfCheckSummary = { readonly checkedAt: number; readonly failed: number; readonly warnings: number };

/** The last reading of Exchange, as the chat shows it. */
export type ConnectorsStatus = {
  /** Restricted ones first, then by name. */
  readonly connectors: readonly ConnectorStatus[];
  /** The start of the last complete reading, ms since the epoch; null when there was none. */
  readonly readAt: number | null;
  /** Why the latest reading was not complete; null when it was. */
  readonly incompleteReason: string | null;
  /** Why cards cannot be posted to the admin channel; null when no failure is known. */
  readonly channelFailure: string | null;
  /** Whether Graph sends notifications of changes, and the polling interval. */
  readonly watch: {
    readonly push: 'off' | 'active' | 'refused' | 'pending';
    readonly pollMs: number;
    /** The health of each signal. */
    readonly signals?: readonly SignalHealth[];
    /** Services that do not respond, and since when (ms). */
    readonly unreachable?: readonly { readonly service: MicrosoftService; readonly since: number }[];
    /** The break of the audit trail, while it prevents unblocking. */
    readonly broken?: UntrustedTrail | null;
    /** The result of the last self-check; null before the first, undefined where it is off. */
    readonly selfCheck?: SelfCheckSummary | null | undefined;
  };
  /** Open `alerted` incidents: alerts whose connector is not known yet. */
  readonly alerted: readonly Incident[];
};
