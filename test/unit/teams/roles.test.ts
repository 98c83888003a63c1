import assert from 'node:assert/strict';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import type { Role } from '../../../src/teams/cards/view.ts';
import type { Eligibility } from '../../../src/teams/turns/eligibility.ts';
import { createRoles } from '../../../src/teams/turns/roles.ts';
import type { CardJson } from '../../tenant/activity.ts';
import { actionsOf } from '../../tenant/card-reading.ts';
import { AOI, awaiting, BEN, restricted } from '../incident/history.ts';
import { everyState } from './card-states.ts';

const verbsOf = (card: CardJson) => new Set(actionsOf(card).map(({ verb }) => verb));
const draw = (name: string, role?: Role) => {
  const incident = everyState()[name];
  assert.ok(incident, name);
  return renderIncident(incident, {
    locale: 'en-US',
    unblockMode: 'exchange',
    cloud: 'public',
    breakGlass: { waitMs: 900_000 },
    role,
  });
};

describe('the card of one person', () => {
  it('has nothing on it that the shared card does not have', () => {
    for (const name of Object.keys(everyState())) {
      const shared = verbsOf(draw(name));
      for (const role of ['approver', 'eligible', 'reader'] as const)
        for (const verb of verbsOf(draw(name, role))) assert.ok(shared.has(verb), `${name}: ${verb}`);
    }
  });

  it('keeps break-glass for those who may not approve: it takes another group', () => {
    assert.deepEqual([...verbsOf(draw('restricted', 'reader'))].sort(), ['break_glass', 'refresh']);
  });
});

describe('whose card it is', () => {
  const sender = AOI;
  const rolesWith = (...answers: readonly Eligibility[]) => {
    let lookups = 0;
    let now = 0;
    const eligibility = async () => {
      const answer = answers[Math.min(lookups, answers.length - 1)];
      lookups += 1;
      assert.ok(answer);
      return answer;
    };
    const roleOf = createRoles({ eligibility, clock: () => now });
    return { roleOf, asked: () => lookups, pass: (ms: number) => (now += ms) };
  };
  const eligible = (person: typeof AOI): Eligibility => ({ kind: 'eligible', person });

  it('is the approver only while their approval waits', async () => {
    const { roleOf } = rolesWith(eligible({ ...AOI, objectId: AOI.objectId.toUpperCase() }));
    assert.equal(await roleOf(sender, awaiting()), 'approver');
    assert.equal(await roleOf(sender, restricted()), 'eligible');
    assert.equal(await rolesWith(eligible(BEN)).roleOf(sender, awaiting()), 'eligible');
  });

  it('is looked up again after the clock was set back', async () => {
    const { roleOf, asked, pass } = rolesWith(eligible(AOI));
    await roleOf(sender, awaiting());
    pass(-3_600_000);
    await roleOf(sender, awaiting());
    assert.equal(asked(), 2);
  });

  it('is unknown while the directory does not respond, and once the incident is over', async () => {
    const away = rolesWith({ kind: 'refused', refusal: { reason: 'directory_unreachable' } }, eligible(AOI));
    assert.equal(await away.roleOf(sender, awaiting()), undefined);
    assert.equal(await away.roleOf(sender, awaiting()), 'approver', 'an outage is not remembered');
    const { unblocked } = everyState();
    assert.ok(unblocked);
    assert.equal(await away.roleOf(sender, unblocked), undefined);
  });

  it('is read from the directory at most once a minute for each person', async () => {
    const { roleOf, asked: lookups, pass } = rolesWith({ kind: 'refused', refusal: { reason: 'not_member' } });
    for (let attempt = 0; attempt < 5; attempt += 1) assert.equal(await roleOf(sender, awaiting()), 'reader');
    assert.equal(lookups(), 1);
    pass(60_000);
    await roleOf(sender, awaiting());
    assert.equal(lookups(), 2);
  });
});
