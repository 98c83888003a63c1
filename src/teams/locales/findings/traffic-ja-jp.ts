import type { TrafficStatements } from '../../../incident/model/statements/traffic.ts';
import type { TrafficSource } from '../../../incident/model/traffic.ts';
import type { StatementSentences } from './finding-words.ts';

const sources: { readonly [source in TrafficSource]: string } = {
  hunting: '高度な追求による',
  trace: '送信元アドレス別のメッセージ追跡による',
};

type Counted = { readonly source: TrafficSource; readonly atLeast: boolean };

const by = ({ source }: Counted) => `(${sources[source]})`;
const least = ({ atLeast }: Counted) => (atLeast ? '少なくとも ' : ' ');

export const trafficJaJp: StatementSentences<keyof TrafficStatements> = {
  volume_jump: (its, { number, time }) =>
    `1 時間に${least(its)}${number(its.messages)} 通 (通常は ${number(its.usual)} 通、${number(its.high)} 通を超えるのはまれ)。${time(its.hour)} からの 1 時間です ${by(its)}。`,
  judged_mail: (its, { number, time }) =>
    `${number(its.messages)} 通のうち${least(its)}${number(its.judged)} 通がスパム、フィッシング、またはマルウェアと判定されました (${time(its.since)} 以降、1 時間あたり最大 ${its.percent} %) ${by(its)}。`,
  steady_traffic: (its, { number, time }) =>
    `${time(its.since)} 以降に${least(its)}${number(its.messages)} 通、通常は 1 時間に ${number(its.usual)} 通。変わった点はありません ${by(its)}。`,
  past_too_short: ({ days }) => `記録が ${days} 日分しかないため、通常の通数は不明です。`,
  no_mail_seen: ({ source, since }, { time }) => `${time(since)} 以降、メールは見つかりません (${sources[source]})。`,
  warming_up: ({ days, today }, { number }) =>
    `送信開始から ${days} 日の新しいコネクタです。本日は ${number(today)} 通までにしてください。`,
  growth_too_fast: (its, { number }) =>
    `送信開始から ${its.days} 日の新しいコネクタで、前日の ${number(its.before)} 通から 1 日に${least(its)}${number(its.messages)} 通へ増えました ${by(its)}。次の通数を目安に徐々に増やしてください: 1 日 ${its.schedule.map(number).join('、')} 通。`,
  trace_needs_addresses: () =>
    '未調査: メッセージ追跡は送信元サーバーのアドレスで検索しますが、このコネクタにはアドレスが登録されていません。',
};
