import assert from 'node:assert/strict';
import { type CountedCalls, countedDay, HUNTING_CALL, mostWithin, TRACE_CALL } from '../bench/counted-day.ts';

const MINUTE_MS = 60_000;
const CONNECTORS = 40;

describe('a day of checks, counted at the ends of Microsoft and of DNS', () => {
  const count = ({ calls }: CountedCalls, name: string) => calls.filter((call) => call.name === name).length;

  let hunted: CountedCalls;
  before(async () => {
    hunted = await countedDay(CONNECTORS, 'hunting');
  });

  it('with advanced hunting takes one query for each check, and never more than 20 in a minute', () => {
    const day = hunted;
    assert.ok(day.checked >= CONNECTORS && day.checked <= 2 * CONNECTORS, `${day.checked} checks`);
    assert.equal(count(day, HUNTING_CALL), day.checked);
    assert.equal(count(day, TRACE_CALL), 0);
    assert.ok(mostWithin(day, HUNTING_CALL, MINUTE_MS) <= 20);
  });

  it('with message trace keeps to 50 requests in 5 minutes, and meets the refusal of hunting once an hour at most', async () => {
    const day = await countedDay(CONNECTORS, 'message trace');
    assert.ok(count(day, TRACE_CALL) >= 2 * CONNECTORS, `${count(day, TRACE_CALL)} traces`);
    assert.ok(mostWithin(day, TRACE_CALL, 5 * MINUTE_MS) <= 50);
    assert.ok(count(day, HUNTING_CALL) <= 24, `${count(day, HUNTING_CALL)} refusals`);
  });

  it('reads what is of the whole tenant once for the checks that begin within a minute', () => {
    const day = hunted;
    for (const cmdlet of ['Get-AcceptedDomain', 'Get-DkimSigningConfig']) {
      assert.ok(count(day, cmdlet) > 0 && count(day, cmdlet) <= day.checked, cmdlet);
      assert.ok(mostWithin(day, cmdlet, MINUTE_MS) <= 1, cmdlet);
    }
  });
});
