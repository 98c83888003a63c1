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

/** Returns the name for a particle to follow: a space separates it from Latin letters. */
const nameOf = (source: EvidenceSource) => sources[source].replace(/[A-Za-z]$/, '$& ');

export const generalJaJp: StatementSentences<keyof GeneralStatements> = {
  not_licensed: ({ source, feature }) => `未調査: ${nameOf(source)}に必要な ${feature} がテナントにありません。`,
  not_permitted: ({ source, permission }) =>
    `未調査: ${nameOf(source)}へのアクセスが拒否されました (アプリに ${permission} が付与されていません)。`,
  no_answer_in_time: ({ source }) => `未調査: ${nameOf(source)}から時間内に応答がありませんでした。`,
  no_answer: ({ source, reason }) => `未調査: ${nameOf(source)}の取得に失敗しました (${reason})。`,
  incomplete: ({ source, reason }) => `${nameOf(source)}は一部のみ取得できました (${reason})。`,
  looked_up_in_part: ({ what, read, count }) =>
    `DNS で調査したのは、${count} 件中 ${read} 件の${what === 'domains' ? 'ドメイン' : 'アドレス'}のみです。`,
  not_configured: ({ setting }) => `未調査: ${setting} が設定されていません。`,
  configuration_unread: () => '未調査: コネクタの設定を Exchange から取得できませんでした。',
  check_failed: () => '未調査: ボットの不具合により調査に失敗しました。詳細はボットのログを参照してください。',
  of_another_version: ({ kind }) => `このボットの別のバージョンによる調査結果: ${kind}`,
};
