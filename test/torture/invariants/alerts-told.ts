import type { Invariant } from '../evidence.ts';

const OVER: ReadonlySet<string | null> = new Set(['two_admins', 'earlier_call', 'elsewhere', 'connector_removed']);

/**
 * Every alert of an incident that is over has one comment of that incident. It is resolved when the last restriction it is
 * about went after our own unblock.
 */
export const alertsTold: Invariant = ({ tenant, database }) => {
  const over = database.incidents.filter(({ ending }) => OVER.has(ending));
  return tenant.alerts.flatMap(({ id, status, comments }) => {
    const incidents = over.filter(({ alerts }) => alerts.some((linked) => linked.id === id));
    const counted = incidents.flatMap((incident) => {
      const count = comments.filter((comment) => comment.includes(incident.id)).length;
      return count === 1 ? [] : [`alert ${id} has ${count} comments of incident ${incident.id}`];
    });
    const latest = Math.max(...incidents.map(({ endedAt }) => endedAt ?? 0));
    const last = incidents.filter(({ endedAt }) => endedAt === latest);
    const isOurs = last.length > 0 && last.every(({ ending }) => ending === 'two_admins');
    return isOurs && status !== 'resolved' ? [...counted, `alert ${id} is ${status} after our unblock`] : counted;
  });
};
