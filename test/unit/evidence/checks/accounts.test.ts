import assert from 'node:assert/strict';
import { type AccountFacts, createAccountsCheck, judgeAccounts } from '../../../../src/evidence/checks/accounts.ts';
import type { ReadEdits } from '../../../../src/evidence/checks/edits.ts';
import type { Subject } from '../../../../src/evidence/subject.ts';
import { finding } from '../../../../src/incident/model/finding.ts';
import { changedByAccount } from '../../../../src/incident/model/recommendations.ts';
import { createAccounts } from '../../../../src/microsoft/graph/accounts.ts';
import { openGraph } from '../../microsoft/graph/open-graph.ts';
import { DAY, HOUR, NOW, RESTRICTED } from '../subjects.ts';

const NAME = 'person02@simulated.example';
const ENABLED = { id: '5a0c7702-3d1e-0b42-c0de-6f21d3e4a502', enabled: true, passwordAt: NOW - DAY };
const FACTS = { name: NAME, editedAt: NOW, searchedFrom: NOW - 90 * DAY, account: ENABLED, risk: null };
const judged = (facts: Partial<AccountFacts>, subject = RESTRICTED) =>
  finding('accounts', judgeAccounts({ ...FACTS, ...facts }, subject), NOW);

describe('the verdict on the account that changed the connector', () => {
  it('is good for an enabled account without risk', () => {
    assert.deepEqual([judged({}).verdict, judged({}).statements[0].kind], ['good', 'account_in_order']);
  });

  it('is bad for a compromised account or a high risk, and a concern for a lower risk', () => {
    assert.equal(judged({ risk: { level: 'high', state: 'atRisk' } }).verdict, 'bad');
    assert.equal(judged({ risk: { level: 'low', state: 'confirmedCompromised' } }).verdict, 'bad');
    assert.equal(judged({ risk: { level: 'medium', state: 'atRisk' } }).verdict, 'concern');
    assert.equal(judged({ risk: { level: 'high', state: 'dismissed' } }).verdict, 'good');
  });

  it('is a concern for a disabled account and for one that is not in the directory', () => {
    assert.equal(judged({ account: { ...ENABLED, enabled: false } }).verdict, 'concern');
    assert.equal(judged({ account: null }).statements[0].kind, 'account_not_found');
  });

  it('reports an old password only after a change shortly before the restriction', () => {
    const account = { ...ENABLED, passwordAt: NOW - 300 * DAY };
    assert.equal(
      judged({ account }, { ...RESTRICTED, changedAt: NOW - HOUR }).statements[0].kind,
      'password_older_than_change',
    );
    assert.equal(judged({ account }).verdict, 'good');
  });

  it('is a concern for a state of risk that this version does not know', () => {
    assert.equal(judged({ risk: { level: 'low', state: 'unknownFutureValue' } }).verdict, 'concern');
  });

  it('is never good for the author of an earlier change than the last one in Exchange', () => {
    const changedAt = NOW - HOUR;
    const account = { ...ENABLED, passwordAt: NOW - 300 * DAY };
    const { verdict, statements } = judged({ editedAt: NOW - 30 * DAY, account }, { ...RESTRICTED, changedAt });
    assert.deepEqual(
      [verdict, statements.map(({ kind, values }) => [kind, values])],
      [
        'unknown',
        [
          ['later_change_unrecorded', { changedAt }],
          ['account_in_order', { account: NAME, riskRead: true }],
        ],
      ],
    );
    const found = judged({ editedAt: NOW - 30 * DAY, account: null }, { ...RESTRICTED, changedAt });
    assert.deepEqual(
      found.statements.map(({ kind }) => kind),
      ['account_not_found', 'later_change_unrecorded'],
    );
  });

  it('is that of nobody whom the approver could vouch for when a later change is not recorded', () => {
    const subject = { ...RESTRICTED, changedAt: NOW - HOUR };
    assert.equal(changedByAccount([judged({ editedAt: NOW - HOUR }, subject)]), NAME);
    assert.equal(changedByAccount([judged({ editedAt: NOW - 30 * DAY }, subject)]), null);
  });

  it('is unknown when the author of the change is unknown', () => {
    const lately = { ...RESTRICTED, changedAt: NOW - HOUR };
    assert.equal(judged({ name: null }, lately).verdict, 'unknown');
    assert.equal(judged({ name: null, searchedFrom: null }).verdict, 'unknown');
  });

  it('is good when the connector was not changed in the period the audit log was searched for', () => {
    assert.deepEqual(judged({ name: null }).statements[0].values, { since: NOW - 90 * DAY });
    assert.equal(judged({ name: null }).verdict, 'good');
  });
});

describe('reading the account that changed the connector', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  beforeEach(async () => {
    graph = await openGraph(() => NOW);
  });
  afterEach(() => graph.tenant.stop());

  const run = async (
    by: string,
    subject: Subject = RESTRICTED,
    edits: Partial<Awaited<ReturnType<ReadEdits>>> = {},
  ) => {
    const check = createAccountsCheck({
      ...createAccounts(graph.client),
      readEdits: async () => ({
        items: [{ by, at: NOW, operation: 'Set-InboundConnector' }],
        wholeFrom: NOW - 90 * DAY,
        missing: [],
        ...edits,
      }),
    });
    const statements = await check.run(subject, { at: NOW, signal: AbortSignal.timeout(5_000) });
    return finding('accounts', statements, NOW).statements;
  };

  it('reads the account from the directory by the name in the audit log', async () => {
    graph.tenant.permissions.grant('IdentityRiskyUser.Read.All');
    const { erik } = graph.tenant.people;
    assert.equal((await run(erik.userPrincipalName))[0].kind, 'account_in_order');
    graph.tenant.directory.disable(erik);
    graph.tenant.risks.users.set(erik.aadObjectId, { riskLevel: 'high', riskState: 'atRisk' });
    assert.deepEqual(
      (await run(erik.userPrincipalName)).map(({ kind }) => kind),
      ['account_at_risk', 'account_disabled'],
    );
  });

  it('takes the later of the change in the audit log and the one in the activity feed', async () => {
    graph.tenant.permissions.grant('IdentityRiskyUser.Read.All');
    const { erik } = graph.tenant.people;
    const fed = {
      id: 'record',
      operation: 'Set-InboundConnector',
      by: 'late@simulated.example',
      subjects: [],
    } as const;
    const [earlier, later] = [
      { ...fed, at: NOW - HOUR },
      { ...fed, at: NOW + HOUR },
    ];
    const accountOf = async (changedBy: Subject['changedBy']) => {
      const [{ values }] = await run(erik.userPrincipalName, { ...RESTRICTED, changedBy });
      return 'account' in values ? values.account : null;
    };
    assert.equal(await accountOf(earlier), erik.userPrincipalName);
    assert.equal(await accountOf(later), 'late@simulated.example');
  });

  it('is unknown when the audit log was not read and a later change than the fed one may exist', async () => {
    const { erik } = graph.tenant.people;
    graph.tenant.permissions.grant('IdentityRiskyUser.Read.All');
    const refused = { kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'audit_log' } } as const;
    const fed = { id: 'r', operation: 'Set-InboundConnector', by: erik.userPrincipalName, subjects: [] } as const;
    const subject = { ...RESTRICTED, changedAt: null, changedBy: { ...fed, at: NOW - HOUR } };
    const kinds = await run('', subject, { items: null, wholeFrom: null, missing: [refused] });
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['no_answer_in_time', 'account_in_order'],
    );
  });

  it('does not treat a risk that Graph hides without a licence as no risk', async () => {
    graph.tenant.permissions.grant('IdentityRiskyUser.Read.All');
    const { erik } = graph.tenant.people;
    graph.tenant.risks.users.set(erik.aadObjectId, { riskLevel: 'hidden', riskState: 'none' });
    const statements = await run(erik.userPrincipalName);
    assert.deepEqual(
      statements.map(({ kind }) => kind),
      ['not_licensed', 'account_in_order'],
    );
  });

  it('names the permission, or the licence, without which risk is not read', async () => {
    const { userPrincipalName } = graph.tenant.people.erik;
    const refused = (await run(userPrincipalName)).find(({ verdict }) => verdict === 'unknown');
    assert.deepEqual(refused?.values, { source: 'identity_protection', permission: 'IdentityRiskyUser.Read.All' });
    graph.tenant.permissions.grant('IdentityRiskyUser.Read.All');
    graph.tenant.risks.licensed = false;
    const unlicensed = (await run(userPrincipalName)).find(({ verdict }) => verdict === 'unknown');
    assert.equal(unlicensed?.kind, 'not_licensed');
  });

  it('requests a single user from the directory, whatever the name contains', async () => {
    for (const name of [
      'a@b/../../organization',
      "a@b' or 1 eq 1",
      '../groups',
      'NT AUTHORITY\\SYSTEM (w3wp)',
      'x@y?$top=9',
    ]) {
      const [first] = await run(name);
      assert.equal(first.kind, 'account_not_found', name);
    }
    const paths = graph.tenant.record.map(({ path }) => path).filter((path) => !path.includes('token'));
    assert.ok(
      paths.every((path) => /^\/v1\.0\/users\/[^/]+$/.test(path)),
      paths.join('\n'),
    );
  });
});
