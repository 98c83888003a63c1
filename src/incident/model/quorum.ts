import type { Incident, IncidentState } from './incident.ts';

/** The people in the tenant who may act, as far as the directory was read. */
export type EligibleReading = {
  readonly items: readonly { readonly objectId: string; readonly name: string }[];
  readonly complete: boolean;
};

/**
 * How many people can still act on an incident, read at `at` (ms since the epoch); `unread` when the directory or the roster did
 * not respond. It belongs to one approval, whose approver is not counted because they cannot confirm.
 */
export type Quorum = { readonly at: number; readonly approverId: string | null } & (
  | {
      readonly kind: 'read';
      /** The number of eligible people in the channel's roster, and the first of their names. */
      readonly here: number;
      readonly names: readonly string[];
      /** The number of eligible people who are not in the roster. */
      readonly elsewhere: number;
      /** The Teams ids of the eligible people in the roster, including the approver; absent in a count of an older version. */
      readonly memberIds?: readonly string[] | undefined;
      /** False when there may be more of them than were read. */
      readonly complete: boolean;
    }
  | { readonly kind: 'unread' }
);

const MAX_NAMES = 3;
/** Teams refreshes a card automatically for at most this many people (Universal Actions: refresh.userIds). */
const MAX_MEMBERS = 60;

/** The states that wait for a person. */
const WAITING_FOR_PEOPLE: ReadonlySet<IncidentState> = new Set([
  'restricted',
  'awaiting_confirmation',
  'unblock_failed',
]);

export function needsPeople({ state }: Pick<Incident, 'state'>): boolean {
  return WAITING_FOR_PEOPLE.has(state);
}

/**
 * Counts the people who can approve and confirm, or who can confirm the waiting approval. `roster` maps object ids in lower case
 * to Teams ids.
 */
export function countQuorum(
  incident: Incident,
  eligible: EligibleReading,
  roster: ReadonlyMap<string, string>,
  at: number,
): Quorum {
  const approverId = waitingApprover(incident);
  const others = eligible.items.filter(({ objectId }) => objectId.toLowerCase() !== approverId);
  const here = others.filter(({ objectId }) => roster.has(objectId.toLowerCase()));
  return {
    kind: 'read',
    at,
    approverId,
    here: here.length,
    names: here.slice(0, MAX_NAMES).map(({ name }) => name),
    memberIds: eligible.items.flatMap(({ objectId }) => roster.get(objectId.toLowerCase()) ?? []).slice(0, MAX_MEMBERS),
    elsewhere: others.length - here.length,
    complete: eligible.complete,
  };
}

export function unreadQuorum(incident: Incident, at: number): Quorum {
  return { kind: 'unread', at, approverId: waitingApprover(incident) };
}

/** Whether the count belongs to the incident's present decision: the waiting approval, or none. */
export function isAbout(quorum: Quorum, incident: Incident): boolean {
  return needsPeople(incident) && quorum.approverId === waitingApprover(incident);
}

/** Whether the people in the channel are certainly too few: two are needed, or one besides the approver. */
export function isShort(quorum: Quorum): boolean {
  if (quorum.kind === 'unread' || !quorum.complete) return false;
  return quorum.here < (quorum.approverId === null ? 2 : 1);
}

/**
 * Whether a card that shows one count must be redrawn for another, although that empties its form: when people became too few,
 * and when a person can confirm again after none could, because the form was then of no use.
 */
export function isWorthRedrawing(shown: Quorum | null, now: Quorum, incident: Incident): boolean {
  const wasShort = shown !== null && isAbout(shown, incident) && isShort(shown);
  if (isShort(now)) return !wasShort;
  return wasShort && now.kind === 'read' && incident.state === 'awaiting_confirmation';
}

function waitingApprover({ state, approval }: Incident): string | null {
  return state === 'awaiting_confirmation' ? (approval?.approver.objectId.toLowerCase() ?? null) : null;
}
