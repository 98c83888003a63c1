import type { CheckId } from '../finding.ts';
import type { TokenFailure } from '../token-failure.ts';

/** The name of each check. */
export const namesJaJp: Readonly<Record<CheckId, string>> = {
  settings: '設定',
  database: 'データベース',
  database_disk: 'ディスク',
  database_clock: 'データベースの時計',
  jobs: 'ジョブ',
  reading: 'Exchange 情報の取得',
  audit_trail: '監査証跡',
  identity: 'ID',
  graph_token: 'Graph トークン',
  exchange_token: 'Exchange トークン',
  teams_token: 'ボットのトークン',
  credential_expiry: '資格情報の期限',
  alerts_permission: 'アラート',
  groups_permission: 'グループ',
  users_permission: 'ユーザー',
  organization_permission: '組織',
  exchange_permission: 'Exchange の利用',
  exchange_host: 'Exchange のアドレス',
  powershell: 'PowerShell',
  blocked_connectors: '制限',
  inbound_connectors: 'コネクタ',
  unblock: 'ブロック解除',
  alert_policy: 'アラート ポリシー',
  audit_log: '監査ログ',
  audit_search: '監査ログの検索',
  hunting: '高度な追求',
  message_trace: 'メッセージ追跡',
  identity_risk: 'ID のリスク',
  approvers: '承認者',
  approver_roles: '承認者のロール',
  break_glass_group: '緊急解除グループ',
  escalation_group: 'エスカレーション先グループ',
  bot_keys: 'ボットの鍵',
  channel: '管理者チャネル',
  approvers_in_channel: 'チャネルの承認者',
  channel_messages: 'チャネルの投稿',
  public_url: '公開アドレス',
  subscription: 'サブスクリプション',
  clock: '時計',
  shapes: '応答の形式',
  test_card: 'テスト カード',
};

/** Why Entra issued no token, and what to do. */
export const tokenFailuresJaJp: Readonly<Record<TokenFailure, readonly [says: string, todo: string]>> = {
  unknown_application: [
    'このテナントに、このアプリケーションはありません。',
    'CLIENT_ID (アプリケーション ID) と TENANT_ID (登録先のテナント) を確認してください。',
  ],
  secret_expired: [
    'クライアント シークレットの有効期限が切れています。',
    'Entra で新しいシークレットを作成し、その値を CLIENT_SECRET に設定してください。',
  ],
  secret_wrong: [
    'クライアント シークレットが正しくありません。',
    'CLIENT_SECRET には、CLIENT_ID のアプリケーションのシークレットの ID ではなく値を設定してください。',
  ],
  certificate_unreadable: [
    '証明書を読み取れません。',
    'CLIENT_CERTIFICATE_PATH に、証明書と秘密鍵を含み、このユーザーが読める PEM ファイルを設定してください。',
  ],
  certificate_unknown: [
    'Entra がこの証明書を受け付けません。',
    'CLIENT_ID のアプリケーションに証明書を登録し、有効期限を確認してください。',
  ],
  unknown_tenant: [
    'Entra にこのテナントはありません。',
    'TENANT_ID を、各国クラウドの場合は CLOUD も確認してください。',
  ],
  unknown_resource: [
    'このテナントに、その名前のサービスはありません。',
    'CLOUD と、テナントに Exchange Online があることを確認してください。',
  ],
  no_managed_identity: [
    'ここにはマネージド ID がありません。',
    'ID を割り当てた環境 (Azure) で実行するか、CLIENT_SECRET または CLIENT_CERTIFICATE_PATH を設定してください。',
  ],
  identity_not_assigned: [
    'このクライアント ID のマネージド ID は、このマシンに割り当てられていません。',
    'CLIENT_ID を確認し、ボットのユーザー割り当てマネージド ID を実行環境に割り当ててください。',
  ],
  clock_wrong: ['Entra によると、このマシンの時計が正しくありません。', 'NTP を有効にして時計を合わせてください。'],
  other: [
    'トークンを取得できません。',
    '表示された内容、CLIENT_ID、TENANT_ID、Entra までのネットワークを確認してください。',
  ],
};
