import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/audit/verify.ts';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows, type Headline, headlineOf, incidentCard, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { eventually } from '../demo/eventually.ts';
import { type Stage, setUpStage } from '../demo/stage.ts';
import { textOf } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import type { Kill } from './kills.ts';

const VERIFY_WITHIN_SECONDS = '6';

/** Kills the service at each of these calls, and checks in the tenant's own record that nothing was lost or done twice. */
export function describeKilled(kills: readonly Kill[]): void {
  describe('a service killed at its calls to others', function () {
    this.timeout(60_000);
    let stage: Stage;
    let connectors = 0;
    before(async () => {
      stage = await setUpStage('en-US', { VERIFY_WITHIN_SECONDS });
    });
    after(() => stage.stop());

    const removeCalls = () =>
      stage.tenant.record.filter(({ operation }) => operation === 'Remove-BlockedConnector').length;

    /** Presses until the service, which may be dead, has answered; as a person would. */
    async function pressUntilAnswered(name: string, person: Person, verb: string): Promise<void> {
      await eventually(
        `${verb} is answered`,
        async () => {
          const card = incidentCard(stage.tenant, name);
          if (card === undefined) return undefined;
          const inputs = verb === 'approve' ? attested(card, 'The queue is clean') : {};
          return press(stage.tenant, person, card, { verb, inputs }).catch(() => undefined);
        },
        { withinMs: 20_000 },
      );
    }

    async function oneOf(name: string, headlines: readonly Headline[]): Promise<string> {
      return Promise.any(headlines.map((headline) => cardShows(stage.tenant, name, headline, 30_000))).then(headlineOf);
    }

    /** Carries one restriction to its end, with as many confirmations as that takes; gives their number. */
    async function carryThrough(name: string): Promise<number> {
      const { people } = stage.tenant;
      for (let confirmations = 1; ; confirmations += 1) {
        await oneOf(name, ['Restricted', 'Unblock failed']);
        await pressUntilAnswered(name, people.erik, 'approve');
        await cardShows(stage.tenant, name, 'Waiting', 30_000);
        await pressUntilAnswered(name, people.aoi, 'confirm');
        const end = await oneOf(name, ['Unblocked', 'Unblock failed']);
        if (end.startsWith('Unblocked')) return confirmations;
        assert.ok(confirmations < 3, 'it does not come to an end');
      }
    }

    for (const { kind, ...point } of kills) {
      const when = kind === 'hang' ? 'before it is answered' : 'after it has acted';
      const nth = point.skip === undefined ? '' : ` (call ${point.skip + 1})`;
      it(`loses nothing and does nothing twice: ${point.service} ${point.match}${nth}, ${when}`, async () => {
        const { tenant, service } = stage;
        connectors += 1;
        const name = `Relay ${String.fromCharCode(64 + connectors)} of many`;
        const before = removeCalls();
        const fault = tenant.faults.add({ ...point, kind, times: 1 });
        const killed = fault.whenHit().then(async () => {
          await service.end('SIGKILL');
          fault.clear();
          tenant.faults.release();
          await service.start();
        });
        tenant.exchange.addConnector(name);
        const { alertId } = tenant.exchange.restrict(name);
        const confirmations = await carryThrough(name);
        await eventually('the kill', async () => fault.hits() > 0 || undefined, { withinMs: 20_000 });
        await killed;
        await holds(name, alertId, removeCalls() - before, confirmations);
      });
    }

    async function holds(
      name: string,
      alertId: string | undefined,
      calls: number,
      confirmations: number,
    ): Promise<void> {
      const { exchange, defender } = stage.tenant;
      assert.ok(calls <= confirmations, `${calls} calls for ${confirmations} confirmations`);
      assert.equal(exchange.isRestricted(name), false);
      for (const { reason } of exchange.removals)
        assert.match(reason ?? '', /Approved by Erik Sundqvist .* Confirmed by 佐藤 葵/);
      await eventually(
        'the alert is resolved',
        () => defender.find(alertId ?? '')?.status === 'resolved' || undefined,
        {
          withinMs: 20_000,
        },
      );
      assert.equal(defender.find(alertId ?? '')?.comments?.length, 1, 'one comment');
      const live = incidentCards(stage.tenant.teams).filter(({ card }) => textOf(card).includes(name));
      assert.ok(headlineOf(live.at(-1) ?? assert.fail('no card')).startsWith('Unblocked'));
    }

    it('leaves an audit trail without a gap', async () => {
      const { db, close } = openForReading(stage.databaseUrl);
      const verdict = await verifyAudit(db);
      await close();
      assert.equal(verdict.kind, 'intact', JSON.stringify(verdict));
    });
  });
}
