import type { Invariant } from '../evidence.ts';

const OVER: ReadonlySet<string | null> = new Set(['two_admins', 'earlier_call', 'elsewhere', 'connector_removed']);

/** Every alert of an incident that is over has one comment of that incident, and is resolved after our own unblock. */
export const alertsTold: Invariant = ({ tenant, database }) =>
  database.incidents
    .filter(({ ending }) => OVER.has(ending))
    .flatMap(({ id, ending, alerts }) =>
      alerts.flatMap((linked) => {
        const alert = tenant.alerts.find((one) => one.id === linked.id);
        const comments = alert?.comments.filter((comment) => comment.includes(id)).length ?? 0;
        const counted = comments === 1 ? [] : [`alert ${linked.id} has ${comments} comments of incident ${id}`];
        const open = ending === 'two_admins' && alert?.status !== 'resolved';
        return open
          ? [...counted, `alert ${linked.id} is ${alert?.status} after incident ${id} was unblocked`]
          : counted;
      }),
    );
