import type { StatementsInShort } from './finding-texts.ts';
import { share } from './senders-ja-jp.ts';

const change = (what: string, by: string | null) => (by === null ? what : `${what} (${by})`);
const list = (all: readonly string[], count = all.length) =>
  count > all.length ? `${all.join('、')} ほか ${count - all.length} 件` : all.join('、');

export const inShortJaJp: StatementsInShort = {
  volume_jump: ({ atLeast, messages, usual }, { number }) =>
    `1 時間に${atLeast ? '少なくとも ' : ' '}${number(messages)} 通 (通常は ${number(usual)} 通)`,
  latest_mail_may_follow: () => '直前のメールは未記録の可能性があります',
  judged_mail: ({ atLeast, judged, messages }, { number }) =>
    `スパム・フィッシング等: ${number(messages)} 通中${atLeast ? '少なくとも ' : ' '}${number(judged)} 通`,
  growth_too_fast: ({ messages, before }, { number }) =>
    `新しいコネクタ: 1 日 ${number(messages)} 通に急増 (前日 ${number(before)} 通)`,
  unregistered_domains: ({ domains, count, percent }) =>
    `承認済みドメイン以外のメールが ${share(percent)}: ${list(domains, count)}`,
  mismatched_senders: ({ pairs, percent }) => `エンベロープと From の不一致が ${share(percent)}: ${list(pairs)}`,
  new_sender_domains: ({ domains, count, messages }, { number }) =>
    `送信実績のないドメインから ${number(messages)} 通: ${list(domains, count)}`,
  unlisted_addresses: ({ addresses, count, messages }, { number }) =>
    `未登録のアドレスから ${number(messages)} 通: ${list(addresses, count)}`,
  new_addresses: ({ addresses, count, messages }, { number }) =>
    `送信実績のないアドレスから ${number(messages)} 通: ${list(addresses, count)}`,
  addresses_not_compared: ({ source }) =>
    source === 'trace' ? '登録されたアドレスのみを検索しました' : '比較できる登録や記録がありません',
  reverse_name_differs: ({ addresses, count, name }) => `逆引き名 ${name} が不一致: ${list(addresses, count)}`,
  changed_before_restriction: ({ beforeMs, by }, { duration }) =>
    change(`制限の ${duration(beforeMs)}前に設定変更`, by),
  changed_after_restriction: ({ by }) => change('制限開始後に設定変更', by),
  changed_lately: ({ at, by }, { time }) => change(`${time(at)} に設定変更`, by),
  created_before_restriction: ({ beforeMs, by }, { duration }) => change(`制限の ${duration(beforeMs)}前に作成`, by),
  creation_not_recorded: () => '作成者の記録が監査ログにありません',
  account_at_risk: ({ account }) => `最終変更者が危険と判定: ${account}`,
  account_not_found: ({ account }) => `最終変更者はユーザーではありません: ${account}`,
  later_change_unrecorded: () => '最終変更の記録が監査ログにありません',
  account_disabled: ({ account }) => `最終変更者のアカウントが無効: ${account}`,
  password_older_than_change: ({ account }) => `設定変更後もパスワード未変更: ${account}`,
  restricted_before: ({ count, days }) => `過去 ${days} 日間に ${count} 回制限`,
  any_server_with_certificate: ({ certificate }) => `${certificate} の証明書があればどこからでも送信可`,
  no_restriction: () => 'IP アドレスも証明書も不問で、誰でも送信可能',
  treated_as_internal: () => '内部メール扱いのため、検査を受けません',
  spf_without_exchange: ({ domains, count }) => `SPF に Exchange Online がありません: ${list(domains, count)}`,
  spf_without_server: ({ domain, address }) => `${domain} の SPF に ${address} がありません`,
  spf_invalid: ({ domain }) => `${domain} の SPF レコードに誤り`,
  dmarc_fails: ({ domains, count }) => `DMARC に失敗: ${list(domains, count)}`,
  generic_name: ({ address, name }) => `${address} の逆引き名が汎用的: ${name}`,
  certificate_elsewhere: ({ certificate }) => `${certificate} は DNS では別のサーバー`,
  not_licensed: ({ feature }) => `${feature} のライセンスがありません`,
  not_permitted: ({ permission }) => `アクセス許可 ${permission} がありません`,
};
