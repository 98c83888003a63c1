import assert from 'node:assert/strict';
import { type AccountFacts, createAccountsCheck, judgeAccounts } from '../../../../src/evidence/checks/accounts.ts';
import { finding } from '../../../../src/incident/model/finding.ts';
import { createAccounts } from '../../../../src/microsoft/graph/accounts.ts';
import { openGraph } from '../../microsoft/graph/open-graph.ts';
import { DAY, HOUR, NOW, RESTRICTED } from '../subjects.ts';

const NAME = 'person02@simulated.example';
const ENABLED = { id: '5a0c7702-3d1e-0b42-c0de-6f21d3e4a502', enabled: true, passwordAt: NOW - DAY };
const judged = (facts: Partial<AccountFacts>, subject = RESTRICTED) =>
  finding(
    'accounts',
    judgeAccounts({ name: NAME, searchedFrom: NOW - 90 * DAY, account: ENABLED, risk: null, ...facts }, subject),
    NOW,
  );

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

  const run = async (by: string) => {
    const check = createAccountsCheck({
      ...createAccounts(graph.client),
      readEdits: async () => ({
        items: [{ by, at: NOW, operation: 'Set-InboundConnector' }],
        wholeFrom: NOW - 90 * DAY,
        missing: [],
      }),
    });
    const statements = await check.run(RESTRICTED, { at: NOW, signal: AbortSignal.timeout(5_000) });
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
