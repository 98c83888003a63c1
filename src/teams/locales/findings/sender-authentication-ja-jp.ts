import type { SenderAuthenticationStatements } from '../../../incident/model/statements/sender-authentication.ts';
import type { StatementSentences } from './finding-texts.ts';

const listed = ({ domains, count }: { readonly domains: readonly string[]; readonly count: number }) =>
  count > domains.length ? `${domains.join('、')} ほか ${count - domains.length} 件` : domains.join('、');

export const senderAuthenticationJaJp: StatementSentences<keyof SenderAuthenticationStatements> = {
  authenticated: (of) => `SPF、DKIM、DMARC が設定されています: ${listed(of)}`,
  authenticated_without_dkim: (of) =>
    `SPF と DMARC は設定されていますが、DKIM 署名は確認できませんでした: ${listed(of)}`,
  no_domains_known: () => '未調査: このコネクタから送信するドメインが分かりません。',
  only_foreign_domains: (of) => `未調査: このテナントのドメインのメールではありません: ${listed(of)}`,
  spf_missing: (of) => `SPF レコードがありません: ${listed(of)}`,
  spf_invalid: ({ domain, reason }) => `${domain} の SPF レコードに誤りがあり、受信側では無視されます (${reason})。`,
  spf_unread: (of) => `SPF は未調査です: ${listed(of)} (${of.reason})`,
  spf_without_server: ({ domain, address, result }) =>
    `${domain} の SPF レコードに送信元サーバー ${address} が含まれていません (${result})。`,
  spf_without_exchange: (of) =>
    `中継メールの送信元である Exchange Online が SPF に含まれていません: ${listed(of)}。include:${of.include} を追加してください。`,
  spf_sends_nothing: (of) =>
    `SPF では、メールを一切送信しないドメインとされています (v=spf1 -all): ${listed(of)}。なりすましか、レコードの誤りです。`,
  spf_allows_anyone: (of) => `SPF が任意のサーバーからの送信を許可しています: ${listed(of)}`,
  dkim_off: (of) => `Exchange Online の DKIM 署名が無効です: ${listed(of)}`,
  dkim_keys_missing: (of) =>
    `Exchange Online の DKIM 署名は有効ですが、キーの CNAME レコードが DNS にありません: ${listed(of)}`,
  dmarc_missing: (of) => `有効な DMARC レコードがありません: ${listed(of)}`,
  dmarc_only_monitors: (of) => `DMARC は監視のみです (ポリシー: none): ${listed(of)}`,
  dmarc_unread: (of) => `DMARC は未調査です: ${listed(of)} (${of.reason})`,
  dmarc_fails: (of) =>
    `SPF と DKIM のどちらもアラインメントが一致しないため、Exchange Online から送信されるメールは DMARC に失敗します (ポリシー: ${of.policy}): ${listed(of)}`,
};
