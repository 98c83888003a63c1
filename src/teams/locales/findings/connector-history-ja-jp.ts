import type { Ending } from '../../../incident/model/ending.ts';
import type { AccountStatements } from '../../../incident/model/statements/accounts.ts';
import type { ConfigurationChangeStatements } from '../../../incident/model/statements/configuration-change.ts';
import type { EarlierRestrictionStatements } from '../../../incident/model/statements/earlier-restrictions.ts';
import type { StatementSentences } from './finding-texts.ts';

type Author = { readonly by: string | null; readonly address: string | null };

const by = ({ by: who, address }: Author) => {
  if (who === null) return ' (実行者は不明)';
  return address === null ? ` (${who})` : ` (${who}、接続元 ${address})`;
};

/** Values of riskyUser (Microsoft Graph); another value is shown as it is. */
const levels: Readonly<Record<string, string>> = { low: '低', medium: '中', high: '高' };
const states: Readonly<Record<string, string>> = { atRisk: 'リスクあり', confirmedCompromised: '侵害を確認済み' };

const changes = (all: readonly { readonly property: string; readonly before: string; readonly after: string }[]) =>
  all.map(({ property, before, after }) => `${property}: ${before} → ${after}`).join('、');

const endings: { readonly [ending in Ending]: string } = {
  two_admins: '管理者 2 人の承認によりブロックを解除しました',
  break_glass: '緊急解除により単独でブロックを解除しました',
  earlier_call: '以前のブロック解除が遅れて反映されました',
  elsewhere: 'このボット以外で制限が解除されました',
  connector_removed: 'コネクタが削除されました',
  alert_lapsed: 'アラートが期限切れになりました',
  alert_resolved: 'アラートが解決されました',
  alert_moved: 'アラートは別のコネクタのものでした',
};

export const connectorHistoryJaJp: StatementSentences<
  keyof (ConfigurationChangeStatements & AccountStatements & EarlierRestrictionStatements)
> = {
  changed_before_restriction: (of, { duration }) =>
    `制限の ${duration(of.beforeMs)}前に設定が変更されました${by(of)}。`,
  changed_after_restriction: (of, { time }) => `制限の後、${time(of.at)} に設定が変更されました${by(of)}。`,
  changed_lately: (of, { time }) => `${time(of.at)} に設定が変更されました${by(of)}。`,
  created_before_restriction: (of, { duration }) => `制限の ${duration(of.beforeMs)}前に作成されました${by(of)}。`,
  creation_not_recorded: ({ createdAt }, { time }) =>
    `${time(createdAt)} に作成されましたが、作成者の記録が監査ログにありません。`,
  settings_differ: ({ changes: differing, count, knownAt }, { time }) =>
    `${time(knownAt)} 時点の設定との相違: ${changes(differing)}${count > differing.length ? ` (ほか ${count - differing.length} 件)` : ''}`,
  unchanged_since: ({ at }, { time }) => `${time(at)} から変更されていません。`,
  change_time_unknown: () => '未調査: 最終変更日時を Exchange から取得できませんでした。',
  account_unknown: () => '未調査: 最終変更者のアカウントが分かりません。',
  no_account_to_check: ({ since }, { time }) => `監査ログを検索した ${time(since)} 以降、変更した人はいません。`,
  account_not_found: ({ account }) =>
    `最終変更者 ${account} はディレクトリのユーザーではありません (アプリケーション、Microsoft の処理、パートナーの管理者、または削除済み)。`,
  later_change_unrecorded: ({ changedAt }, { time }) =>
    `${time(changedAt)} の変更者は不明です。監査ログにその変更の記録がありません (未反映の可能性があります)。`,
  account_disabled: ({ account }) => `最終変更者 ${account} のアカウントは無効になっています。`,
  account_at_risk: ({ account, level, state }) =>
    `最終変更者 ${account} は Identity Protection で危険と判定されています (リスク レベル: ${levels[level] ?? level}、リスクの状態: ${states[state] ?? state})。`,
  password_older_than_change: ({ account, passwordAt }, { time }) =>
    `制限の直前に変更した ${account} のパスワードは、その後変更されていません (前回の設定: ${time(passwordAt)})。`,
  account_in_order: ({ account, riskRead }) =>
    riskRead
      ? `監査ログ上の最終変更者 ${account} のアカウントは有効で、リスクは検出されていません。`
      : `監査ログ上の最終変更者 ${account} のアカウントは有効です (リスクは未調査)。`,
  restricted_before: ({ count, days, lastAt }, { time }) =>
    `過去 ${days} 日間に ${count} 回制限されています (前回: ${time(lastAt)})。`,
  ended_before: ({ ending, reason, heldMs }, { duration }) =>
    `前回は${endings[ending]}${reason === null ? '' : ` (理由: ${reason})`}。その ${duration(heldMs)}後に再び制限されました。`,
  none_on_record: ({ since }, { time }) =>
    since === null ? '過去の制限の記録はありません。' : `${time(since)} 以降、過去の制限の記録はありません。`,
};
