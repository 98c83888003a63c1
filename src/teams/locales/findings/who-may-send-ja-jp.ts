import type { WhoMaySendStatements } from '../../../incident/model/statements/who-may-send.ts';
import type { StatementSentences } from './finding-texts.ts';

const domains = (any: boolean) => (any ? '、任意のドメインから' : '');
const guarded = (certificate: string | null) => (certificate === null ? 'TLS 必須' : `${certificate} の証明書が必須`);

export const whoMaySendJaJp: StatementSentences<keyof WhoMaySendStatements> = {
  limited_to_addresses: ({ addresses, count, certificate }, { number }) =>
    `送信できるのは ${count === 1 ? addresses.join('、') : `登録された ${number(count)} 個のアドレス`} のみです (${guarded(certificate)})。`,
  addresses_without_tls: ({ addresses, count }, { number }) =>
    `${count === 1 ? addresses.join('、') : `登録された ${number(count)} 個のアドレス`} から TLS なしで送信できます。`,
  any_server_with_certificate: ({ certificate, anyDomain }) =>
    `${certificate} の証明書があれば、どのサーバーでも${domains(anyDomain)}送信できます (IP アドレスの登録なし)。`,
  wildcard_certificate: ({ certificate }) =>
    `${certificate} は 1 台のサーバーではなく、ドメイン内のすべてのホストに該当します。`,
  wide_range: ({ range, count }, { number }) => `${range} により ${number(count)} 個のアドレスから送信できます。`,
  unusable_addresses: ({ addresses }) =>
    `インターネット上のサーバーのアドレスではない値が登録されています: ${addresses.join('、')}`,
  no_restriction: ({ anyDomain }) =>
    `IP アドレスも証明書も条件になっておらず、どのサーバーでも${domains(anyDomain)}送信できます。`,
  treated_as_internal: () => 'このコネクタを経由したメールは内部メールとして扱われ、外部メール向けの検査を受けません。',
};
