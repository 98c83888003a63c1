import type { Config } from '../config/config.ts';
import type { Finding } from './finding.ts';

const HIDDEN = '[secret]';

/** Replaces the service's secrets in findings, because an error message from another system may repeat what was sent to it. */
export function redact(findings: readonly Finding[], config: Config): readonly Finding[] {
  const secrets = secretsIn(config);
  const hide = (text: string) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text);
  return findings.map((finding) => ({
    ...finding,
    says: hide(finding.says),
    todo: finding.todo === null ? null : hide(finding.todo),
  }));
}

function secretsIn({ credential, push, databaseUrl }: Config): readonly string[] {
  const password = URL.canParse(databaseUrl) ? new URL(databaseUrl).password : '';
  const all = [
    credential.kind === 'secret' ? credential.secret : '',
    push?.notificationSecret ?? '',
    password,
    decodeURIComponent(password),
  ];
  return all.filter((secret) => secret !== '');
}
