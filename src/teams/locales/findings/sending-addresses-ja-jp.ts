import type { SendingAddressesStatements } from '../../../incident/model/statements/sending-addresses.ts';
import type { StatementSentences } from './finding-texts.ts';

const list = (addresses: readonly string[], count: number) =>
  `${addresses.join('、')}${count > addresses.length ? ` ほか ${count - addresses.length} 件` : ''}`;

export const sendingAddressesJaJp: StatementSentences<keyof SendingAddressesStatements> = {
  unlisted_addresses: ({ addresses, count, messages }, { number }) =>
    `${number(messages)} 通が、コネクタに登録されていないアドレスから送信されました: ${list(addresses, count)}`,
  new_addresses: ({ addresses, count, days, messages }, { number }) =>
    `${number(messages)} 通が、過去 ${days} 日間に送信実績のないアドレスから送信されました: ${list(addresses, count)}`,
  no_reverse_name: ({ addresses, count }) => `逆引き DNS に名前がありません: ${list(addresses, count)}`,
  reverse_name_differs: ({ addresses, count, name }) =>
    `逆引き DNS の名前 (${name}) が元のアドレスを指していません: ${list(addresses, count)}`,
  expected_addresses: ({ addresses, count }) =>
    `確認できたメールは、すべて想定どおりのアドレスから送信されています: ${list(addresses, count)}`,
  addresses_not_compared: ({ addresses, count, source }) =>
    source === 'trace'
      ? `ほかのアドレスからのメールは不明です (メッセージ追跡では、コネクタに登録されたアドレスのみを検索)。確認できたアドレス: ${list(addresses, count)}`
      : `想定どおりのアドレスかどうかは不明です (コネクタにアドレスの登録がなく、送信の記録も 1 週間未満): ${list(addresses, count)}`,
  no_addresses_seen: ({ since }, { time }) => `${time(since)} 以降、送信元アドレスは見つかりません。`,
};
