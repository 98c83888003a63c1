import assert from 'node:assert/strict';
import { readConfig } from '../../../src/config/config.ts';
import { judgeDisk } from '../../../src/doctor/checks/database.ts';
import { type Finding, failed } from '../../../src/doctor/finding.ts';
import { strings } from '../../../src/doctor/locales/strings.ts';
import { redact } from '../../../src/doctor/redact.ts';
import { table } from '../../../src/doctor/table.ts';
import { tokenFailureIn } from '../../../src/doctor/token-failure.ts';
import { columns, wrapped } from '../../../src/doctor/wrap.ts';
import { rolesIn } from '../../../src/microsoft/http/token-claims.ts';

const GUID = '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';

describe("the doctor's table", () => {
  it('fits 100 columns in both languages, whatever a finding says', () => {
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const texts = strings(locale);
      const long = 'https://guard.example/'.repeat(12);
      const findings: readonly Finding[] = [
        { id: 'alert_policy', ...failed(texts.alertPolicy.unknown) },
        { id: 'blocked_connectors', ...failed(texts.exchange.forbidden('Get-BlockedConnector', 'Security Reader')) },
        { id: 'approvers_in_channel', ...failed(texts.approversInChannel.missing(5, '佐藤 葵, '.repeat(30))) },
        { id: 'public_url', ...failed(texts.publicUrl.noHandshake(long)) },
      ];
      const text = table(findings, texts, (_, inked) => inked);
      const tooWide = text.split('\n').filter((line) => columns(line) > 100);
      assert.deepEqual(tooWide, []);
      assert.ok(text.replaceAll(/\s/g, '').includes('8bb9c6c8-dc12-40e1-5bb8-08da05b13393'));
      assert.ok(text.replaceAll(/\s/g, '').includes(long));
    }
  });

  it('counts two columns for a Japanese character, its long vowel mark and its brackets too', () => {
    for (const wide of ['ユーザー', '「監査」', '制限。：']) assert.equal(columns(wide), 8);
    assert.equal(columns('→ Get-*'), 7);
  });

  it('breaks English at spaces and Japanese between words, and begins no line with a closing mark', () => {
    assert.deepEqual(wrapped('Grant SecurityAlert.Read.All to the app.', 20), [
      'Grant',
      'SecurityAlert.Read.All'.slice(0, 20),
      'll to the app.',
    ]);
    const lines = wrapped('承認者グループの対象者は 1 名です。制限の解除には、異なる 2 名が必要です。', 24);
    assert.ok(lines.length > 2);
    for (const line of lines) {
      assert.ok(columns(line) <= 24, line);
      assert.doesNotMatch(line, /^[、。]/);
    }
    assert.equal(
      lines.join('').replaceAll(' ', ''),
      '承認者グループの対象者は1名です。制限の解除には、異なる2名が必要です。',
    );
  });
});

describe("the doctor's judgement", () => {
  const texts = strings('en-US');

  it('finds SQLite on a network disk, or on a full one, no place for it', () => {
    const gigabyte = 2 ** 30;
    assert.equal(judgeDisk({ type: 0xef53, free: gigabyte }, texts).status, 'ok');
    assert.equal(judgeDisk({ type: 0x6969, free: gigabyte }, texts).status, 'failed');
    assert.equal(judgeDisk({ type: 0xef53, free: 100 * 2 ** 20 }, texts).status, 'warning');
    assert.equal(judgeDisk({ type: 0xef53, free: 10 * 2 ** 20 }, texts).status, 'failed');
  });

  it('classifies why there is no token by the messages of Entra and of the identity endpoint', () => {
    const texts = {
      unknown_application: "AADSTS700016: Application with identifier '1' was not found in the directory 'Contoso'.",
      secret_expired: "AADSTS7000222: The provided client secret keys for app '1' are expired.",
      secret_wrong: 'AADSTS7000215: Invalid client secret provided.',
      unknown_tenant: "AADSTS90002: Tenant '1' not found.",
      unknown_resource: 'AADSTS500011: The resource principal named https://x was not found in the tenant.',
      certificate_unknown:
        'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered.',
      clock_wrong: 'AADSTS700024: Client assertion is not within its valid time range.',
      certificate_unreadable: "ENOENT: no such file or directory, open '/etc/guard.pem'",
      no_managed_identity: 'ManagedIdentityCredential: Authentication failed. connect EHOSTUNREACH 169.254.169.254:80',
      identity_not_assigned: 'No User Assigned or Delegated Managed Identity found for specified ClientId.',
      other: 'something new',
    };
    for (const [kind, text] of Object.entries(texts)) assert.equal(tokenFailureIn(text), kind);
    assert.equal(
      tokenFailureIn('The file at the specified path does not contain a PEM-encoded certificate.'),
      'certificate_unreadable',
    );
  });

  it('reads the permissions a token claims, and none from what is no token', () => {
    const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    assert.deepEqual(rolesIn(token({ roles: ['User.Read.All'] })), new Set(['User.Read.All']));
    assert.deepEqual(rolesIn(token({})), new Set());
    for (const strange of ['', 'opaque', 'a.b.c', token({ roles: 'User.Read.All' })])
      assert.equal(rolesIn(strange), null);
  });

  it('hides every secret of the settings, in whatever form it is repeated', () => {
    const read = readConfig({
      ...{ CLIENT_ID: GUID, TENANT_ID: GUID, APPROVER_GROUP_ID: GUID, CLIENT_SECRET: 'one~secret' },
      ...{ PUBLIC_URL: 'https://guard.example', NOTIFICATION_SECRET: 'two.secret-of-thirty-two-characters' },
      DATABASE_URL: 'postgres://guard:three%21secret@db.example/guard',
    });
    assert.ok(read.ok);
    const says = 'one~secret, two.secret-of-thirty-two-characters, three%21secret and three!secret';
    const [finding] = redact([{ id: 'identity', ...failed({ says, todo: says }) }], read.config);
    assert.equal(finding?.says, '[secret], [secret], [secret] and [secret]');
    assert.equal(finding?.todo, finding?.says);
  });
});
