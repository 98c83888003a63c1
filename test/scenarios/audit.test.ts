import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/audit/verify.ts';
import { readAudit } from '../../src/storage/audit.ts';
import { openForReading } from '../../src/storage/database.ts';
import type { AuditRow } from '../../src/storage/schema.ts';
import { cardsJaJp } from '../../src/teams/locales/cards-ja-jp.ts';
import { cardShows, headlineOf, incidentCard } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Nagoya';
const REASON = 'The printer is off the network.';

/** An entry with parsed details, whose fields tests read freely. */
type Entry = Omit<AuditRow, 'details'> & { readonly details: Readonly<Record<string, never>> & { calls: Call[] } };
type Call = { readonly operation: string; readonly requestId: string; readonly outcome: string };

describe('the record of an incident', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
  });
  afterEach(() => world.stop());

  async function restricted() {
    world.tenant.exchange.restrict(NAME);
    return cardShows(world.tenant, NAME, 'Restricted');
  }

  async function approved() {
    const card = await restricted();
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, REASON) });
    return cardShows(world.tenant, NAME, 'Waiting');
  }

  async function trail(): Promise<readonly Entry[]> {
    const { db, close } = openForReading(world.databaseUrl);
    const entries: Entry[] = [];
    for await (const page of readAudit(db))
      entries.push(...page.map((row) => ({ ...row, details: JSON.parse(row.details) })));
    await close();
    return entries;
  }

  const entryOf = (action: string) =>
    until(async () => (await trail()).findLast((entry) => entry.action === action), { what: `an entry ${action}` });

  /** Returns the request ids that the simulated tenant assigned to calls of one operation. */
  const idsAtTenant = (operation: string) =>
    world.tenant.record.filter((request) => request.operation.startsWith(operation)).map(({ requestId }) => requestId);

  it('names Exchange and Graph by their own request ids, from the first click to the alert', async () => {
    const { people } = world.tenant;
    const card = await approved();
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');

    const approve = await entryOf('approve');
    const membership = approve.details.calls.find(({ operation }) => operation.endsWith('checkMemberGroups'));
    assert.ok(idsAtTenant(`POST /v1.0/users/${people.erik.aadObjectId}`).includes(membership?.requestId));

    const intended = await entryOf('unblock_intended');
    const checked = intended.details.calls.map(({ operation }) => operation);
    assert.ok(checked.includes('Get-BlockedConnector') && checked.includes('Get-InboundConnector'), String(checked));
    assert.equal(checked.filter((operation) => operation.endsWith('checkMemberGroups')).length, 2);

    const accepted = await entryOf('unblock_accepted');
    const remove = accepted.details.calls.find(({ operation }) => operation === 'Remove-BlockedConnector');
    assert.deepEqual(idsAtTenant('Remove-BlockedConnector'), [remove?.requestId]);

    const updated = await entryOf('alert_updated');
    for (const call of ['POST', 'PATCH']) {
      const made = updated.details.calls.find(({ operation }) => operation.startsWith(`${call} /security/alerts_v2`));
      assert.ok(idsAtTenant(`${call} /v1.0/security/alerts_v2`).includes(made?.requestId ?? 'none'), call);
    }
  });

  it('contains the actor, the card, the reason and the approved configuration', async () => {
    const { people } = world.tenant;
    const card = await approved();
    const shown = Number(actionOf(card.card, 'confirm')?.data?.shown);
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
    const { actor_name, actor_id, connector_id, details } = await entryOf('confirm');
    assert.equal(actor_name, people.aoi.displayName);
    assert.equal(actor_id, `${world.tenant.env.TENANT_ID}/${people.aoi.aadObjectId}`);
    assert.equal(connector_id, world.tenant.exchange.connector(NAME).Guid);
    const { cardRevision, reason, outcome, approval, fingerprint } = details;
    assert.deepEqual({ cardRevision, reason, outcome }, { cardRevision: shown, reason: REASON, outcome: 'applied' });
    const agreed: Record<string, unknown> = approval ?? {};
    assert.equal(agreed.fingerprint, fingerprint);
    assert.match(String(fingerprint), /^[0-9a-f]{64}$/);
  });

  it('names the call whose response was lost', async () => {
    world.tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-reset' });
    const card = await approved();
    await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
    const { details } = await entryOf('unblock_outcome_unknown');
    const { requestId }: { requestId?: string } = details.event ?? {};
    assert.deepEqual(idsAtTenant('Remove-BlockedConnector'), [requestId]);
  });

  it('records the settings at the start of the service, and where the card was posted', async () => {
    const card = await restricted();
    const started = await entryOf('service_started');
    const { unblockMode, approverGroupId, version }: Record<string, unknown> = started.details;
    assert.deepEqual([unblockMode, approverGroupId], ['exchange', world.tenant.directory.approverGroupId]);
    assert.match(String(version), /^\d+\.\d+\.\d+/);
    const posted = await entryOf('card_posted');
    assert.equal(posted.details.activityId, card.activityId);
  });

  it('has its head in the Defender comment and in the log, where it still proves the trail', async () => {
    const card = await approved();
    await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
    await entryOf('alert_updated');
    const [alert] = world.tenant.defender.all();
    const comments = JSON.stringify(alert?.comments);
    await world.restart();
    const logged = ['audit trail at start', 'incident ended', 'audit trail at stop'].map(
      (msg) => world.log.find((line) => line.msg === msg)?.audit,
    );
    const anchors = [/audit (\d+:[0-9a-f]{16})\)/.exec(comments)?.[1], ...logged].map((text) => {
      const [seq, hash = 'none'] = String(text).split(':');
      return { seq: Number(seq), hash };
    });
    const { db, close } = openForReading(world.databaseUrl);
    assert.equal((await verifyAudit(db, anchors)).kind, 'intact', JSON.stringify(anchors));
    for (const { seq } of anchors) {
      const forged = { seq, hash: '0'.repeat(16) };
      assert.equal((await verifyAudit(db, [forged])).kind, 'broken', String(seq));
    }
    await close();
  });
});

describe('what the second admin is shown', () => {
  it('is what the first admin ticked, in the same words and language, and the findings at that time', async () => {
    const world = await startWorld({ LOCALE: 'ja-JP' }, {}, ({ exchange }) => exchange.addConnector(NAME));
    try {
      world.tenant.exchange.restrict(NAME);
      const { people } = world.tenant;
      const shows = (words: string) =>
        until(
          () => {
            const card = incidentCard(world.tenant, NAME);
            return card !== undefined && headlineOf(card).includes(words) && card;
          },
          { what: words },
        );
      const card = await shows('制限中');
      await press(world.tenant, people.erik, card, { verb: 'approve', inputs: attested(card, REASON) });
      const text = textOf((await shows('2 人目')).card);
      const { recommendations, approval } = cardsJaJp;
      for (const words of Object.values(recommendations)) assert.ok(text.includes(words), words);
      assert.ok(text.includes(approval.lastChange.old), text);
      assert.ok(text.includes(approval.match(cardsJaJp.matches.guid)), text);
      const { db, close } = openForReading(world.databaseUrl);
      const row = await db.selectFrom('audit').selectAll().where('action', '=', 'approve').executeTakeFirstOrThrow();
      await close();
      const { attestation } = JSON.parse(row.details);
      assert.equal(attestation.language, 'ja');
      assert.deepEqual(attestation.words, recommendations);
      assert.equal(attestation.findings.changedRecently, false);
    } finally {
      await world.stop();
    }
  });
});
