import { isSamePerson } from '../../incident/model/approval.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Refusal } from '../../incident/model/refusal.ts';
import type { Role } from '../cards/view.ts';
import type { Sender } from '../transport/incoming.ts';
import type { Eligibility } from './eligibility.ts';

/** How long a card may be drawn with a cached role of its reader. Every click queries the directory itself. */
const REMEMBER_MS = 60_000;

/** Refusals that leave open whether a person may act. */
const UNDECIDED: ReadonlySet<Refusal['reason']> = new Set(['directory_unreachable', 'directory_refused']);

export type RoleOf = (sender: Sender, incident: Incident) => Promise<Role | undefined>;

type Dependencies = {
  readonly eligibility: (sender: Sender) => Promise<Eligibility>;
  readonly clock: () => number;
};

/** Returns a person's role for an incident; undefined when it is not known, or when the incident is over. */
export function createRoles({ eligibility, clock }: Dependencies): RoleOf {
  const known = new Map<string, { readonly answer: Eligibility; readonly until: number }>();
  return async (sender, incident) => {
    if (incident.endedAt !== null) return undefined;
    const now = clock();
    // A time further in the future was set before the clock was set back.
    for (const [who, { until }] of known) if (until <= now || until > now + REMEMBER_MS) known.delete(who);
    const who = `${sender.tenantId}/${sender.objectId}`;
    const answer = known.get(who)?.answer ?? (await eligibility(sender));
    if (answer.kind === 'refused' && UNDECIDED.has(answer.refusal.reason)) return undefined;
    known.set(who, { answer, until: known.get(who)?.until ?? now + REMEMBER_MS });
    return roleIn(incident, answer);
  };
}

function roleIn({ state, approval }: Incident, answer: Eligibility): Role {
  if (answer.kind === 'refused') return 'reader';
  const waits = state === 'awaiting_confirmation' && approval !== null;
  return waits && isSamePerson(approval.approver, answer.person) ? 'approver' : 'eligible';
}
