import type { SendersStatements } from '../../../incident/model/statements/senders.ts';
import type { StatementSentences } from './finding-texts.ts';

const list = (domains: readonly string[], count: number) =>
  `${domains.join('、')}${count > domains.length ? ` ほか ${count - domains.length} 件` : ''}`;

/** Formats a percentage that was rounded down. */
export const share = (percent: number) => (percent === 0 ? '1% 未満' : `${percent}%`);

export const sendersJaJp: StatementSentences<keyof SendersStatements> = {
  unregistered_domains: ({ domains, count, messages, percent }, { number }) =>
    `${number(messages)} 通 (${share(percent)}) が、このテナントの承認済みドメインではないドメインのメールです: ${list(domains, count)}`,
  mismatched_senders: ({ pairs, messages, percent }, { number }) =>
    `${number(messages)} 通 (${share(percent)}) で、エンベロープと From のドメインが一致しません: ${pairs.join('、')}`,
  new_sender_domains: ({ domains, count, messages, days }, { number }) =>
    `${number(messages)} 通が、過去 ${days} 日間に送信実績のないドメインのメールです: ${list(domains, count)}`,
  registered_senders: ({ domains, count }) =>
    `確認できたメールは、すべて承認済みドメインのものです: ${list(domains, count)}`,
  senders_not_compared: ({ domains, count }) =>
    `次のドメインのメールがありますが、承認済みドメインとは照合できませんでした: ${list(domains, count)}`,
  no_senders_seen: ({ since }, { time }) => `${time(since)} 以降、送信者は見つかりません。`,
  from_not_in_trace: () => 'From ヘッダーは未調査: メッセージ追跡にはエンベロープの送信者しか含まれません。',
};
