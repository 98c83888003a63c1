import type { CheckId, Said } from '../finding.ts';
import type { TokenFailure } from '../token-failure.ts';
import type { doctorEnUs } from './doctor-en-us.ts';

const say = (says: string, todo: string | null = null): Said => ({ says, todo });

const NAMES: Readonly<Record<CheckId, string>> = {
  settings: '設定',
  database: 'データベース',
  database_disk: 'ディスク',
  database_clock: 'データベースの時計',
  jobs: 'ジョブ',
  reading: '最新の読み取り',
  audit_trail: '監査証跡',
  identity: 'ID',
  graph_token: 'Graph トークン',
  exchange_token: 'Exchange トークン',
  teams_token: 'ボットのトークン',
  alerts_permission: 'アラート',
  groups_permission: 'グループ',
  users_permission: 'ユーザー',
  organization_permission: '組織',
  exchange_permission: 'Exchange の利用',
  powershell: 'PowerShell',
  blocked_connectors: '制限',
  inbound_connectors: 'コネクタ',
  unblock: '制限解除',
  alert_policy: 'アラートポリシー',
  audit_log: '監査ログ',
  approvers: '承認者',
  break_glass_group: '緊急解除グループ',
  escalation_group: '次の連絡先グループ',
  bot_keys: 'ボットの鍵',
  channel: '管理者チャネル',
  approvers_in_channel: 'チャネルの承認者',
  channel_messages: 'チャネルの投稿',
  public_url: '公開アドレス',
  subscription: 'サブスクリプション',
  clock: '時計',
  test_card: 'テストカード',
};

const CONSENT = 'Entra の「API のアクセス許可」で付与し、管理者の同意を与えてください';
const NEW_TOKEN = '新しいトークンに反映されるまで待ちます (マネージド ID では最大 24 時間)';

const TOKEN_FAILURES: Readonly<Record<TokenFailure, readonly [says: string, todo: string]>> = {
  unknown_application: [
    'このテナントに、このアプリケーションはありません。',
    'CLIENT_ID (アプリケーション ID) と TENANT_ID (登録先のテナント) を確認してください。',
  ],
  secret_expired: [
    'クライアントシークレットの有効期限が切れています。',
    'Entra で新しいシークレットを作成し、その値を CLIENT_SECRET に設定してください。',
  ],
  secret_wrong: [
    'クライアントシークレットが正しくありません。',
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

export const doctorJaJp: typeof doctorEnUs = {
  title: 'Connector Guard: 動作の確認と、必要な対応',
  statuses: { ok: '正常', warning: '注意', failed: '異常', skipped: '未確認' },
  names: NAMES,
  verdict: (failed, warnings) => {
    if (failed > 0) return `このままではサービスは働けません。異常 ${failed} 件、注意 ${warnings} 件です。`;
    return warnings === 0 ? 'すべて正常です。' : `サービスは働けます。注意が ${warnings} 件あります。`;
  },
  usage: [
    'npm run doctor -- [--json] [--locale en-US|ja-JP] [--send-test-card]',
    'サービスと同じ設定を読み、何も変更しません。--send-test-card を付けると管理者チャネルにテストカードを 1 枚投稿します。',
  ].join('\n'),
  skipped: (need) => say(`「${NAMES[need]}」が前提のため、確認していません。`),
  late: (ms) =>
    say(`${Math.round(ms / 1000)} 秒以内に応答がありません。`, 'ネットワークを確認し、もう一度実行してください。'),
  unexamined: (why) =>
    say(`確認できませんでした。${why}`, '数分後にもう一度実行し、続く場合は表示された内容に対応してください。'),
  settings: {
    ok: say('すべての設定を読み取れます。'),
    problem: (problem) => say(problem, 'サービスの環境変数を直してください (説明は env/.env.example にあります)。'),
  },
  database: {
    ok: (kind) => say(`${kind}: 接続でき、このバージョンの形式です。`),
    absent: say(
      'データベースファイルがまだありません。',
      '一度も起動していなければ対応は不要です。起動済みなら、DATABASE_URL をサービスが使うファイルに合わせてください。',
    ),
    empty: say('データベースにまだテーブルがありません。', 'サービスを一度起動してください。自動で作成します。'),
    older: say(
      'データベースは古いバージョンの形式です。',
      'バックアップを取り、このバージョンのサービスを起動してください。自動で更新します。',
    ),
    newer: say(
      'データベースは新しいバージョンの形式のため、このバージョンのサービスは起動できません。',
      '新しいバージョンに戻すか、更新前のバックアップを復元してください。',
    ),
    unreachable: (why) =>
      say(
        `データベースを開けません。${why}`,
        'DATABASE_URL と、サーバーが動作してこのマシンからの接続を許していること、またはこのユーザーが読めるデータベースファイルであることを確認してください。',
      ),
  },
  databaseDisk: {
    ok: (megabytes) => say(`ローカルディスクにあり、空きは ${megabytes} MB です。`),
    server: say('ディスクはデータベースサーバー側にあります。'),
    network: say(
      'データベースファイルがネットワークディスクにあります。SQLite ではデータを失うおそれがあります。',
      'ローカルディスクに置くか、DATABASE_URL に PostgreSQL サーバーを設定してください。',
    ),
    notWritable: (path) =>
      say(
        `このユーザーは ${path} に書き込めません。`,
        'サービスのユーザーで実行してください。そのユーザーであれば、書き込み権限を与えてください。',
      ),
    low: (megabytes) =>
      say(
        `データベースのディスクの空きが ${megabytes} MB しかありません。`,
        '空きを増やしてください。一杯になると、記録も通知もできません。',
      ),
  },
  databaseClock: {
    ok: say('データベースサーバーの時計は、こちらの時計と合っています。'),
    own: say('SQLite には独自の時計がありません。'),
    skewed: (seconds) =>
      say(`データベースサーバーの時計と ${seconds} 秒ずれています。`, '両方のマシンで NTP を有効にしてください。'),
  },
  jobs: {
    ok: say('保留されたジョブはありません。'),
    dead: (count, tasks) =>
      say(
        `失敗を繰り返して保留されたジョブが ${count} 件あります (${tasks})。`,
        'サービスのログで理由を確認してください。その処理は行われていません。',
      ),
  },
  reading: {
    none: say('このデータベースでは、まだ Exchange が読み取られていません。', 'サービスを起動してください。'),
    ok: (minutes) => say(`Exchange の最後の完全な読み取りは ${minutes} 分前です。`),
    old: (minutes) =>
      say(
        `Exchange の最後の完全な読み取りは ${minutes} 分前です。`,
        'サービスが停止していれば起動し、動作中ならログと /readyz を確認してください。',
      ),
    incomplete: (why) =>
      say(
        `Exchange の最新の読み取りは不完全でした。${why}`,
        'Exchange が示す問題を直してください。完全に読み取れるまで、解除済みとは判断しません。',
      ),
  },
  auditTrail: {
    ok: (seq) => say(`末尾まで正しく、全 ${seq} 件です。`),
    broken: (seq) =>
      say(
        `監査証跡が ${seq} 件目で壊れています。データベースが変更されています。`,
        'データベースの複製を保存し、npm run audit -- verify で詳しく確認してください。',
      ),
  },
  identity: {
    ok: (kind) => {
      const names = { managed_identity: 'マネージド ID', secret: 'クライアントシークレット', certificate: '証明書' };
      return say(`${names[kind]}で本人確認ができています。`);
    },
  },
  token: {
    ok: say('取得できます。'),
    failed: (failure, why) => {
      const [says, todo] = TOKEN_FAILURES[failure];
      return say(`${says}${why}`, todo);
    },
  },
  permission: {
    ok: (role) => say(`${role} は付与されており、有効です。`),
    unseen: (role) => say(`トークンに ${role} の記載はありませんが、必要な操作はできます。`),
    notNeeded: say('この設定では不要です。'),
    missing: (role) =>
      say(`アプリケーションの許可 ${role} が付与されていません。`, `${role} を ${CONSENT}。${NEW_TOKEN}。`),
    ineffective: (role, why) =>
      say(
        `${role} は付与されていますが、Microsoft に拒否されました。${why}`,
        `このテナントで管理者の同意が済んでいること、ライセンスがあることを確認してください。${NEW_TOKEN}。`,
      ),
    readOnly: (role) =>
      say(
        `${role} が付与されていません。アラートは読めますが、コメントや解決はできません。`,
        `${role} を ${CONSENT}。${NEW_TOKEN}。`,
      ),
    noAlertsHere: say(
      'このクラウドの Graph に Defender のアラートはありません。制限は Exchange の読み取りだけで検知します。',
    ),
  },
  powershell: {
    ok: say('PowerShell と ExchangeOnlineManagement モジュールがあります。'),
    notUsed: say('このモードでは使いません。'),
    problem: (problem) => say(problem, 'モード powershell に必要なものは docs/powershell.md をご覧ください。'),
  },
  exchange: {
    readable: (cmdlet, rows) => say(`${cmdlet} が応答します (${rows} 件)。`),
    forbidden: (cmdlet, role) =>
      say(
        `Exchange がこのアプリの ${cmdlet} を拒否しました。ロールがないか、Exchange がこのコマンドレットを認識していません (どちらも本文のない HTTP 403 になります)。`,
        `アプリのサービスプリンシパルに Entra ロール ${role} を割り当てるか、${cmdlet} を含む Exchange の役割グループに追加してください (確認: Get-ManagementRoleEntry "*\\${cmdlet}")。反映に 1 時間ほどかかることがあります。`,
      ),
    incomplete: (why) =>
      say(
        `応答が完全ではありません。${why}`,
        'しばらく待ってもう一度実行してください。完全に読み取れるまで、制限なしとは判断しません。',
      ),
  },
  unblock: {
    ok: say('このアプリは Remove-BlockedConnector を利用できます。'),
    manual: say('モード manual: カードに表示されるコマンドを人が実行します。'),
    dryRun: say('モード dry-run: 制限は解除されません。すべてのカードにそう表示します。'),
    notOffered: say(
      'Exchange はこのアプリに Remove-BlockedConnector を提供していません。解除は拒否される見込みです。',
      'アプリのサービスプリンシパルに Entra ロール Security Administrator を割り当てるか、このコマンドレットを含む Exchange の役割グループに追加してください。この応答は Exchange の公開仕様ではありません。',
    ),
    unknown: (why) =>
      say(
        `このアプリが Remove-BlockedConnector を実行できるかは、実行せずには分かりません。${why}`,
        'アプリのサービスプリンシパルに、Entra ロール Security Administrator か、このコマンドレットを含む Exchange の役割グループがあることを確認してください。',
      ),
  },
  alertPolicy: {
    seen: (count) =>
      say(`ポリシー「Suspicious connector activity」は過去 30 日間に ${count} 件のアラートを発しました。`),
    unknown: say(
      'ポリシー「Suspicious connector activity」が有効かどうか、アプリからは読み取れません。過去 30 日間のアラートはありません。',
      'セキュリティ/コンプライアンス PowerShell で確認してください: Connect-IPPSSession; Get-ProtectionAlert | Where-Object ImmutableId -eq 8bb9c6c8-dc12-40e1-5bb8-08da05b13393 | Format-List Name,Disabled — Disabled が False なら有効です。無効でも制限は検知します。',
    ),
  },
  auditLog: {
    ok: say('監査は有効です。'),
    off: say(
      'この組織では監査が無効なため、Defender はアラートを発しません。制限は Exchange の読み取りで検知します。',
      'Exchange Online PowerShell で実行してください: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
    ),
    unknown: (why) =>
      say(
        `監査が有効かどうかを読み取れません。${why}`,
        'Exchange Online PowerShell で確認してください: Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled — True なら有効です。',
      ),
  },
  group: {
    ok: (count) => say(`対象者は ${count} 名です。`),
    none: say('設定されていません。'),
    absent: (variable) =>
      say(
        'Entra にこのグループはありません。',
        `${variable} に、このテナントのグループのオブジェクト ID を設定してください。`,
      ),
    unreadable: (why) =>
      say(`グループを読み取れません。${why}`, 'もう一度実行してください。読み取れない間は、誰も承認できません。'),
    tooFew: (count) =>
      say(
        `承認者グループの対象者は ${count} 名です。制限の解除には異なる 2 名が必要です。`,
        'APPROVER_GROUP_ID のグループに人を追加してください。ゲストと無効なアカウントは数えません。',
      ),
    empty: (variable) =>
      say(
        'グループに対象者がいません。',
        `${variable} のグループに人を追加してください。ゲストと無効なアカウントは数えません。`,
      ),
    incomplete: (why) =>
      say(
        `グループを最後まで読み取れませんでした。${why}`,
        'もう一度実行してください。確認できない人の操作は受け付けません。',
      ),
  },
  channel: {
    ok: (count) => say(`ボットはチームに入っています。チームは ${count} 名です。`),
    none: say(
      '通知先のチャネルがないため、誰にも知らせられません。',
      'ADMIN_CHANNEL_ID を設定するか、管理者チャネルでボットに「ここに通知」と送ってください。',
    ),
    notInTeam: (why) =>
      say(
        `ボットから管理者チャネルが見えません。${why}`,
        'Teams アプリ (npm run package で作成) をチームに追加し、ADMIN_CHANNEL_ID を確認してください。',
      ),
    postFailed: (why) =>
      say(
        `サービスは前回チャネルに投稿できませんでした。${why}`,
        '--send-test-card を試し、チャネルがあること、ボットが投稿できることを確認してください。',
      ),
  },
  approversInChannel: {
    ok: say('承認者は全員チームに入っています。'),
    missing: (count, names) =>
      say(
        `承認者のうち ${count} 名 (${names}) はチームに入っていないため、カードが見えません。`,
        'チームに追加するか、承認者グループから外してください。',
      ),
    tooFew: (count, names) =>
      say(
        `チームに入っている承認者は ${count} 名のため、2 名の合意ができません。入っていない人: ${names}。`,
        '承認者をチームに追加してください。',
      ),
  },
  channelMessages: {
    ok: say('チャネルの投稿を読み取れます。'),
    refused: say(
      'チャネルの投稿を読み取れません。投稿への応答が失われるとカードを見つけられず、2 枚目を投稿することがあります。',
      'チームの Teams アプリを更新し、ChannelMessage.Read.Group に同意してください。',
    ),
    noTeam: say(
      'チャネルのチームが分からないため、投稿を読み取れません。',
      'ADMIN_TEAM_ID にチームのオブジェクト ID を設定するか、チャネルでボットに話しかけてください。',
    ),
  },
  botKeys: {
    ok: say('Bot Framework の鍵を取得できます。'),
    unreachable: (why) =>
      say(
        `Bot Framework の鍵を取得できないため、ボタンの操作を受け付けられません。${why}`,
        'BOT_OPENID_METADATA_URL への通信を許可し、CLOUD を確認してください。',
      ),
  },
  publicUrl: {
    polling: (seconds) => say(`設定されていません。Exchange と Defender を ${seconds} 秒ごとに確認します。`),
    ok: say('Graph のハンドシェイクに応答します。'),
    noHandshake: (why) =>
      say(
        `ここからは PUBLIC_URL がハンドシェイクに応答しません。${why}`,
        'サービスを起動し、https で /api/notifications が届くことを確認してください。それまでは定期的な確認だけを行います。',
      ),
  },
  subscription: {
    active: (hours) => say(`Graph にサブスクリプションがあり、残り ${hours} 時間です。`),
    refused: say('このテナントの Graph はアラートのサブスクリプションを許可しません。定期的な確認だけで働きます。'),
    absent: say(
      'Graph にサブスクリプションがなく、拒否された記録もありません。',
      'サービスを起動してください。自動で要求します。それまでは定期的な確認だけを行います。',
    ),
  },
  clock: {
    ok: say('時計は Microsoft の時計と合っています。'),
    unknown: say('Microsoft のどのサービスからも時刻が得られませんでした。'),
    skewed: (service, seconds) =>
      say(
        `${service} の時計と ${seconds} 秒ずれています。`,
        'NTP を有効にしてください。5 分以上ずれるとトークンが拒否されます。',
      ),
  },
  testCard: {
    title: 'これはテストです',
    text: (at) =>
      `${at} に Connector Guard の doctor が --send-test-card 付きで実行されました。このために制限されたコネクタはなく、対応は不要です。`,
    sent: say(
      '管理者チャネルにテストカードを投稿しました。',
      'カードが届いているか確認してください。不要になったら削除してかまいません。',
    ),
    refused: (why) =>
      say(
        `テストカードを投稿できません。${why}`,
        'Teams アプリをチームに追加し、ボットがチャネルに投稿できることを確認してください。',
      ),
  },
};
