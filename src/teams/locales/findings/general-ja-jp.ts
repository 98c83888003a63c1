import type { EvidenceSource, GeneralStatements } from '../../../incident/model/statements/general.ts';
import type { StatementSentences } from './finding-texts.ts';

const sources: { readonly [source in EvidenceSource]: string } = {
  exchange: 'Exchange Online',
  graph: 'Microsoft Graph',
  audit_log: '監査ログ',
  hunting: '高度な追求',
  message_trace: 'メッセージ追跡',
  dns: 'DNS',
  identity_protection: 'Identity Protection',
  block_list: 'ブロック リスト',
};

export const generalJaJp: StatementSentences<keyof GeneralStatements> = {
  not_licensed: ({ source, feature }) => `未調査: ${sources[source]}に必要な ${feature} がテナントにありません。`,
  not_permitted: ({ source, permission }) =>
    `未調査: ${sources[source]}へのアクセスが拒否されました (アプリに ${permission} がありません)。`,
  no_answer_in_time: ({ source }) => `未調査: ${sources[source]}から時間内に応答がありませんでした。`,
  no_answer: ({ source, reason }) => `未調査: ${sources[source]}の取得に失敗しました (${reason})。`,
  incomplete: ({ source, reason }) => `${sources[source]}は一部のみ取得できました (${reason})。`,
  not_configured: ({ setting }) => `未調査: ${setting} が設定されていません。`,
  configuration_unread: () => '未調査: コネクタの設定を Exchange から取得できませんでした。',
  check_failed: () => '未調査: ボットの不具合により調査に失敗しました。詳細はボットのログを参照してください。',
  of_another_version: ({ kind }) => `このボットの別のバージョンによる調査結果: ${kind}`,
};
