import assert from 'node:assert/strict';
import { BREAKAGES } from './breakages.ts';
import { type Settings, startWellTenant, type WellTenant } from './well-tenant.ts';

describe('the doctor, with one thing broken, names that thing alone', () => {
  let well: WellTenant;
  beforeEach(async () => {
    well = await startWellTenant();
  });
  afterEach(() => well.stop());

  /** What only the running test knows: where the database is, and where the handshake is answered. */
  function settled({ SUFFIX, ...settings }: Settings): Settings {
    const DATABASE_URL = settings.DATABASE_URL ?? `${well.settings.DATABASE_URL}${SUFFIX ?? ''}`;
    const push = settings.PUBLIC_URL === 'handshake' ? { PUBLIC_URL: well.publicUrl } : {};
    return { ...settings, DATABASE_URL, ...push };
  }

  it('finds nothing where nothing is', async () => {
    const findings = await well.findings();
    assert.deepEqual(
      findings.filter(({ status }) => status !== 'ok'),
      [],
    );
    assert.deepEqual(
      findings.filter(({ todo }) => todo !== null),
      [],
    );
  });

  for (const { broken, id, status, says, todo, settings = {}, ahead = 0, breaks = () => {} } of BREAKAGES) {
    it(`${broken}: ${id}`, async () => {
      await breaks(well);
      const findings = await well.findings(settled(settings), { ahead });
      const found = findings.filter((finding) => finding.status === 'warning' || finding.status === 'failed');
      assert.deepEqual(
        found.map((finding) => `${finding.id} ${finding.status}`),
        [`${id} ${status}`],
        JSON.stringify(found),
      );
      assert.match(found[0]?.says ?? '', says);
      assert.match(found[0]?.todo ?? '', todo);
    });
  }
});
