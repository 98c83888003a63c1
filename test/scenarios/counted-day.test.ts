import assert from 'node:assert/strict';
import { type Call, HUNTING_CALL, mostWithin, TRACE_CALL } from '../bench/counted-calls.ts';
import { type CountedDay, countedDay } from '../bench/counted-day.ts';

const MINUTE_MS = 60_000;
const MANY = 100;

describe('a day of checks, counted at the simulated Microsoft services and DNS', () => {
  const count = ({ calls }: { readonly calls: readonly Call[] }, name: string) =>
    calls.filter((call) => call.name === name).length;

  for (const connectors of [10, MANY])
    describe(`of ${connectors} connectors`, () => {
      let hunted: CountedDay;
      before(async () => {
        hunted = await countedDay(connectors, 'hunting');
      });

      it('with advanced hunting takes one query for each check, and never more than 20 in a minute', () => {
        const day = hunted;
        assert.ok(day.checked >= connectors && day.checked <= 2 * connectors, `${day.checked} checks`);
        assert.equal(count(day, HUNTING_CALL), day.checked);
        assert.equal(count(day, TRACE_CALL), 0);
        assert.ok(mostWithin(day.calls, HUNTING_CALL, MINUTE_MS) <= 20);
      });

      it('with message trace makes at most 50 requests in 5 minutes, and requests refused hunting once an hour at most', async () => {
        const day = await countedDay(connectors, 'message trace');
        assert.ok(count(day, TRACE_CALL) >= 2 * connectors, `${count(day, TRACE_CALL)} traces`);
        assert.ok(mostWithin(day.calls, TRACE_CALL, 5 * MINUTE_MS) <= 50);
        assert.ok(count(day, HUNTING_CALL) <= 24, `${count(day, HUNTING_CALL)} refusals`);
      });

      it('reads tenant-wide data once for the checks that begin within a minute', () => {
        const day = hunted;
        for (const cmdlet of ['Get-AcceptedDomain', 'Get-DkimSigningConfig']) {
          assert.ok(count(day, cmdlet) > 0 && count(day, cmdlet) <= day.checked, cmdlet);
          assert.ok(mostWithin(day.calls, cmdlet, MINUTE_MS) <= 1, cmdlet);
        }
      });
    });
});
