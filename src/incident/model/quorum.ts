import type { Incident, IncidentState } from './incident.ts';

/** Who may act in the tenant, as far as the directory was read. */
export type EligibleReading = {
  readonly items: readonly { readonly objectId: string; readonly name: string }[];
  readonly complete: boolean;
};

/**
 * How many people can still act on an incident, as read at `at` (ms since the epoch); `unread` when directory or roster
 * did not answer. It is about one approval: its approver is not counted, since they cannot confirm.
 */
export type Quorum = { readonly at: number; readonly approverId: string | null } & (
  | {
      readonly kind: 'read';
      /** Eligible people in the channel's roster, and the first of their names. */
      readonly here: number;
      readonly names: readonly string[];
      /** Eligible people who are not in the roster. */
      readonly elsewhere: number;
      /** What Teams calls the eligible people who are here, the approver too; absent on a count of an older version. */
      readonly memberIds?: readonly string[] | undefined;
      /** False when there may be more of them than were read. */
      readonly complete: boolean;
    }
  | { readonly kind: 'unread' }
);

const MAX_NAMES = 3;
/** Teams draws a card anew by itself for at most so many people (Universal Actions: refresh.userIds). */
const MAX_MEMBERS = 60;

/** In these states nothing goes on without people. */
const WAITING_FOR_PEOPLE: ReadonlySet<IncidentState> = new Set([
  'restricted',
  'awaiting_confirmation',
  'unblock_failed',
]);

export function needsPeople({ state }: Pick<Incident, 'state'>): boolean {
  return WAITING_FOR_PEOPLE.has(state);
}

/**
 * Counts who can approve and confirm, or who can confirm the approval that waits. `roster` has what Teams calls the people who
 * are here by their object ids in lower case.
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

/** Whether it still is about what people are asked: the approval that waits, or none. */
export function isAbout(quorum: Quorum, incident: Incident): boolean {
  return needsPeople(incident) && quorum.approverId === waitingApprover(incident);
}

/** Whether the people in the channel are certainly too few: two are needed, or one besides the approver. */
export function isShort(quorum: Quorum): boolean {
  if (quorum.kind === 'unread' || !quorum.complete) return false;
  return quorum.here < (quorum.approverId === null ? 2 : 1);
}

/**
 * Whether a card that shows one count must be redrawn for another, although that wipes what somebody is typing: when
 * people became too few, and when somebody can confirm again where nobody could, since then nobody was typing.
 */
export function isWorthRedrawing(shown: Quorum | null, now: Quorum, incident: Incident): boolean {
  const wasShort = shown !== null && isAbout(shown, incident) && isShort(shown);
  if (isShort(now)) return !wasShort;
  return wasShort && now.kind === 'read' && incident.state === 'awaiting_confirmation';
}

function waitingApprover({ state, approval }: Incident): string | null {
  return state === 'awaiting_confirmation' ? (approval?.approver.objectId.toLowerCase() ?? null) : null;
}
