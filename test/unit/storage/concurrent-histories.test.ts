import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { verifyAudit } from '../../../src/audit/verify.ts';
import { type Decision, decide as decideAs } from '../../../src/incident/decide/decide.ts';
import type { IncidentEvent } from '../../../src/incident/model/events.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { createLog } from '../../../src/shared/log.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { readIncident } from '../../../src/storage/incidents.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { T0 } from '../incident/history.ts';
import { moves } from '../incident/properties/arbitrary-move.ts';
import { begin, nextEvent, play } from '../incident/properties/follow.ts';
import { settings } from '../incident/properties/settings.ts';

/** The resulting incident, and the outcome of each event by its place in its own queue. */
type Result = { readonly incident: unknown; readonly outcomes: readonly (readonly string[])[] };

/** The events that lead to a call to Exchange: the second person's, or the end of one person's wait. */
const ASKING = ['confirm', 'break_glass_due'];

/** All readings in these histories have larger numbers than the few audit entries in the database. */
const decide = (incident: Incident, event: IncidentEvent): Decision => decideAs(incident, event, 0);

/** Leaves out the lock counter and the numbers of audit entries, which the pure core does not advance. */
const comparable = (incident: Incident | null): unknown =>
  incident && {
    ...incident,
    revision: 0,
    changedSeq: Math.max(incident.changedSeq, T0),
    configurations: incident.configurations.map((shown) => ({ ...shown, fromRevision: 0 })),
  };

const outcomeText = (
  it: Exclude<Decision, { kind: 'applied' | 'repeated' }> | { kind: 'applied' | 'repeated' },
): string => (it.kind === 'refused' ? `refused: ${it.refusal.reason}` : it.kind);

/** Returns every order in which two queues can be processed. */
function orders(first: number, second: number): readonly (readonly (0 | 1)[])[] {
  if (first === 0 && second === 0) return [[]];
  const one = first === 0 ? [] : orders(first - 1, second).map((rest) => [0, ...rest] as const);
  const other = second === 0 ? [] : orders(first, second - 1).map((rest) => [1, ...rest] as const);
  return [...one, ...other];
}

type Beginning = { readonly incident: Incident; readonly events: readonly IncidentEvent[] };

/** Returns the result of deciding the events one after another in this order. Each is one more write. */
function inOrder(story: Beginning, queues: readonly (readonly IncidentEvent[])[], order: readonly number[]): Result {
  const outcomes: string[][] = queues.map(() => []);
  let { incident } = story;
  let revision = story.events.length;
  for (const queue of order) {
    const event = queues[queue]?.[outcomes[queue]?.length ?? 0];
    assert.ok(event);
    revision += 1;
    const decision = decide({ ...incident, revision }, event);
    if (decision.kind === 'applied') incident = decision.incident;
    outcomes[queue]?.push(outcomeText(decision));
  }
  return { incident: comparable(incident), outcomes };
}

/** Applies one queue in order, and yields to others for some turns of the event loop before each event. */
async function serve(workflow: Workflow, id: string, queue: readonly IncidentEvent[], pauses: readonly number[]) {
  const outcomes: string[] = [];
  for (const [index, event] of queue.entries()) {
    for (let left = pauses[index] ?? 0; left > 0; left -= 1) await turn();
    outcomes.push(outcomeText(await workflow.apply(id, event)));
  }
  return outcomes;
}

/**
 * No read of these is older than the last change: the properties' model compares times, and the store the numbers of its few
 * audit entries.
 */
const beginnings = moves(6).map((all) => all.map((move) => ({ ...move, readAge: 0 })));

const course = fc.record({
  before: beginnings,
  queues: fc.tuple(moves(3), moves(3)),
  pauses: fc.tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.array(fc.nat(4), { maxLength: 3 })),
});

/**
 * For replays and longer searches see test/unit/incident/properties/settings.ts. A replay repeats the events, not PostgreSQL's
 * timing.
 */
describeOnBothDatabases('two concurrent workflows', (fresh) => {
  let database: Database;
  let workflow: Workflow;

  before(async () => {
    database = await openDatabase(await fresh());
    const log = createLog('silent');
    workflow = createTestWorkflow({ db: database.db, clock: () => T0, newId: randomUUID, log });
  });
  after(() => database.close());

  const unblockJobs = async (incidentId: string) => {
    const rows = await database.db
      .selectFrom('jobs')
      .select('payload')
      .where('task', '=', 'unblock_connector')
      .execute();
    return rows.filter(({ payload }) => payload.includes(incidentId)).length;
  };

  it('have the same result as one after the other', async () => {
    const property = fc.asyncProperty(course, async ({ before: prefix, queues, pauses }) => {
      const id = randomUUID();
      const beginning = begin(true, id, randomUUID());
      const story = play(decide, beginning, prefix);
      const events = queues.map((queue, of) => queue.map((move, place) => nextEvent(story, move, `-${of}-${place}`)));
      await workflow.open({ kind: 'applied', incident: beginning.incident, effects: [] });
      for (const event of story.events) await workflow.apply(id, event);

      const outcomes = await Promise.all(events.map((queue, index) => serve(workflow, id, queue, pauses[index] ?? [])));

      const result: Result = { incident: comparable(await readIncident(database.db, id)), outcomes };
      const [first = [], second = []] = events;
      const serial = orders(first.length, second.length).map((order) => inOrder(story, events, order));
      assert.ok(
        serial.some((it) => isDeepStrictEqual(it, result)),
        `no order of the events leads to ${JSON.stringify(result)}`,
      );
      const asking = outcomes.flatMap((of, queue) =>
        of.filter((it, index) => it === 'applied' && ASKING.includes(events[queue]?.[index]?.kind ?? '')),
      );
      assert.equal(await unblockJobs(id), story.unblocks.length + asking.length);
      assert.ok(asking.length <= 1, 'Exchange is asked twice');
    });
    await fc.assert(property, settings(30));
    assert.equal((await verifyAudit(database.db)).kind, 'intact');
  });
});
