import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config/config.ts';
import { examineCredentialExpiry } from '../../../src/doctor/checks/identity.ts';
import { createConnections } from '../../../src/doctor/connections.ts';
import type { Found } from '../../../src/doctor/finding.ts';
import { strings } from '../../../src/doctor/locales/strings.ts';
import { createMicrosoft365 as createClients } from '../../../src/service/microsoft-365.ts';
import { startWellTenant, type WellTenant } from '../../scenarios/doctor/well-tenant.ts';

const DAY_MS = 24 * 3_600_000;
const SECRET = 'abc-a-made-up-secret';

describe('the check of when the credential expires', () => {
  let well: WellTenant;
  let folder: string;
  before(async () => {
    well = await startWellTenant();
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  });
  after(async () => {
    await well.stop();
    await rm(folder, { recursive: true });
  });

  type Credential = Parameters<typeof examineCredentialExpiry>[0]['config']['credential'];
  /** The simulated tenant gives tokens to a managed identity alone, so the credential is another's for the check only. */
  async function examine(credential: Credential, aheadDays = 0): Promise<Found | readonly Found[]> {
    const read = readConfig(well.settings);
    assert.ok(read.ok);
    const clock = () => Date.now() + aheadDays * DAY_MS;
    const connections = createConnections(read.config, { fetch: globalThis.fetch, clock, createClients });
    const context = { config: { ...read.config, credential }, connections, clock, strings: strings('en-US') };
    return examineCredentialExpiry(context).finally(connections.close);
  }
  const statusOf = (found: Found | readonly Found[]) =>
    [found].flat().map(({ status, says }) => `${status}: ${says}`)[0];

  it('has nothing to expire with a managed identity', async () => {
    assert.match(statusOf(await examine({ kind: 'managed_identity' })) ?? '', /^ok: A managed identity has no secret/);
  });

  it("reads a certificate's own date, which requires no permission, and warns 30 days ahead", async () => {
    const path = join(folder, 'app.pem');
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '40'];
    const made = spawnSync('openssl', [...args, '-subj', '/CN=app', '-keyout', path, '-out', join(folder, 'app.crt')]);
    assert.equal(made.status, 0, String(made.stderr));
    spawnSync('sh', ['-c', `cat ${join(folder, 'app.crt')} >> ${path}`]);
    const certificate = { kind: 'certificate', path } as const;
    assert.match(statusOf(await examine(certificate)) ?? '', /^ok: The certificate is valid until \d{4}-/);
    assert.match(statusOf(await examine(certificate, 11)) ?? '', /^warning: The certificate expires in (28|29) days/);
    assert.match(statusOf(await examine(certificate, 41)) ?? '', /^failed: The certificate expired on/);
  });

  it("reads a secret's expiry from Graph, and names the missing permission", async () => {
    const secret = { kind: 'secret', secret: SECRET } as const;
    const { clientId } = { clientId: well.settings.CLIENT_ID };
    const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
    well.tenant.graph.answer(`GET /v1.0/applications(appId='${clientId}')`, () => ({
      passwordCredentials: [
        { hint: 'abc', endDateTime: inDays(3) },
        { hint: 'abc', endDateTime: inDays(20.5) },
        { hint: 'xyz', endDateTime: inDays(300) },
      ],
    }));
    assert.match(statusOf(await examine(secret)) ?? '', /^ok: Application\.Read\.All is not granted; it is optional/);
    well.tenant.permissions.grant('Application.Read.All');
    assert.match(statusOf(await examine(secret)) ?? '', /^warning: The secret expires in 20 days/);
    const other = { kind: 'secret', secret: '123-another' } as const;
    assert.match(statusOf(await examine(other)) ?? '', /^ok: No secret that Entra lists for this application/);
  });
});
