import type { TrafficStatements } from '../../../incident/model/statements/traffic.ts';
import type { TrafficSource } from '../../../incident/model/traffic.ts';
import type { StatementSentences } from './finding-texts.ts';

const sources: { readonly [source in TrafficSource]: string } = {
  hunting: '高度な追求による',
  trace: '送信元アドレス別のメッセージ追跡による',
};

type Counted = { readonly source: TrafficSource; readonly atLeast: boolean };

const by = ({ source }: Counted) => `(${sources[source]})`;
const least = ({ atLeast }: Counted) => (atLeast ? '少なくとも ' : ' ');

export const trafficJaJp: StatementSentences<keyof TrafficStatements> = {
  volume_jump: (traffic, { number, time }) =>
    `1 時間に${least(traffic)}${number(traffic.messages)} 通 (通常は ${number(traffic.usual)} 通、${number(traffic.high)} 通を超えるのはまれ)。${time(traffic.hour)} からの 1 時間です ${by(traffic)}。`,
  judged_mail: (traffic, { number, time }) =>
    `${number(traffic.messages)} 通のうち${least(traffic)}${number(traffic.judged)} 通がスパム、フィッシング、またはマルウェアと判定されました (${time(traffic.since)} 以降、1 時間あたり最大 ${traffic.percent}%) ${by(traffic)}。`,
  steady_traffic: (traffic, { number, time }) =>
    `${time(traffic.since)} 以降に${least(traffic)}${number(traffic.messages)} 通、通常は 1 時間に ${number(traffic.usual)} 通。変わった点はありません ${by(traffic)}。`,
  latest_mail_may_follow: ({ source }) =>
    `制限直前の数分間のメールは、まだ記録されていない可能性があります (${sources[source]})。承認の前に再度確認してください。`,
  past_too_short: ({ days }) => `記録が ${days} 日分しかないため、通常の通数は不明です。`,
  no_mail_seen: ({ source, since }, { time }) => `${time(since)} 以降、メールは見つかりません (${sources[source]})。`,
  warming_up: ({ days, today }, { number }) =>
    `送信開始から ${days} 日の新しいコネクタです。このボットの目安では、本日は ${number(today)} 通までです。`,
  growth_too_fast: (traffic, { number }) =>
    `送信開始から ${traffic.days} 日の新しいコネクタで、前日の ${number(traffic.before)} 通から 1 日に${least(traffic)}${number(traffic.messages)} 通へ増えました ${by(traffic)}。徐々に増やしてください。このボットの目安: 1 日 ${traffic.schedule.map(number).join('、')} 通。`,
  trace_needs_addresses: () =>
    '未調査: メッセージ追跡は送信元サーバーのアドレスで検索しますが、このコネクタにはアドレスが登録されていません。',
};
