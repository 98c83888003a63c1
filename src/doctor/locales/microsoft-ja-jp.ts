import type { Config } from '../../config/config.ts';
import { text } from '../finding.ts';
import type { microsoftEnUs } from './microsoft-en-us.ts';
import { tokenFailuresJaJp } from './names-ja-jp.ts';

const grant = (roles: string, credential: Config['credential']['kind']) =>
  credential === 'managed_identity'
    ? `install/permissions/permissions.sh でマネージド ID に ${roles} を付与してください (マネージド ID は［アプリの登録］に表示されません)`
    : `Entra の［アプリの登録］→［API のアクセス許可］→［アプリケーションの許可］で ${roles} を追加し、管理者の同意を与えてください`;
const NEW_TOKEN = '新しいトークンに反映されるまで待ちます (マネージド ID では最大 24 時間)';

const CREDENTIALS = { secret: 'クライアント シークレット', certificate: '証明書' } as const;

/** Texts of the checks of Microsoft's services. */
export const microsoftJaJp: typeof microsoftEnUs = {
  token: {
    ok: text('取得できます。'),
    failed: (failure, reason) => {
      const [says, todo] = tokenFailuresJaJp[failure];
      return text(`${says}${reason}`, todo);
    },
  },
  credentialExpiry: {
    never: text('マネージド ID には、期限のあるシークレットも証明書もありません。'),
    fine: (what, date) => text(`${CREDENTIALS[what]}は ${date} まで有効です。`),
    soon: (what, days, date) =>
      text(
        `${CREDENTIALS[what]}はあと ${days} 日で期限切れになります (${date})。それ以降は監視も通知もできません。`,
        `その日までに Entra でアプリケーションの新しい${CREDENTIALS[what]}を作成し、設定してください。マネージド ID なら不要です。`,
      ),
    expired: (what, date) =>
      text(
        `${CREDENTIALS[what]}は ${date} に期限切れになりました。`,
        `Entra でアプリケーションの新しい${CREDENTIALS[what]}を作成し、設定してください。`,
      ),
    noSuchSecret: text(
      'このアプリケーションに、先頭の文字が一致するシークレットが Entra に見当たらないため、期限は不明です。',
    ),
    notGranted: (role) =>
      text(`${role} は付与されていません (任意)。シークレットの期限は不明です。予定表に控えておいてください。`),
    refused: (role, reason) =>
      text(
        `${role} は付与されていますが、Microsoft に拒否されたため、シークレットの期限は不明です。${reason}`,
        `このテナントで管理者の同意が済んでいることを確認してください。${NEW_TOKEN}。`,
      ),
  },
  permission: {
    ok: (role) => text(`${role} は付与されており、有効です。`),
    unseen: (role) => text(`トークンに ${role} の記載はありませんが、必要な操作はできます。`),
    notNeeded: text('この設定では不要です。'),
    missing: (role, credential) =>
      text(`アプリケーションの許可 ${role} が付与されていません。`, `${grant(role, credential)}。${NEW_TOKEN}。`),
    ineffective: (role, reason) =>
      text(
        `${role} は付与されていますが、Microsoft に拒否されました。${reason}`,
        `このテナントで管理者の同意が済んでいること、ライセンスがあることを確認してください。${NEW_TOKEN}。`,
      ),
    readOnly: (role, credential) =>
      text(
        `${role} が付与されていません。アラートは読み取れますが、コメントや解決はできません。`,
        `${grant(role, credential)}。${NEW_TOKEN}。`,
      ),
    noAlertsHere: text(
      'このクラウドの Graph に Defender のアラートはありません。制限は Exchange の定期確認 (ポーリング) のみで検知します。',
    ),
  },
  powershell: {
    ok: text('PowerShell と ExchangeOnlineManagement モジュールがあります。'),
    notUsed: text('このモードでは使いません。'),
    problem: (problem) => text(problem, 'モード powershell に必要なものは docs/powershell.md をご覧ください。'),
  },
  exchange: {
    readable: (cmdlet, rows) => text(`${cmdlet} が応答します (${rows} 件)。`),
    forbidden: (cmdlet, role) =>
      text(
        `Exchange がこのアプリの ${cmdlet} を拒否しました。ロールがないか、Exchange がこのコマンドレットを認識していません (どちらも本文のない HTTP 403 になります)。`,
        `アプリのサービス プリンシパルに Entra ロール ${role} を割り当てるか、${cmdlet} を含む Exchange の役割グループに追加してください (確認: Get-ManagementRoleEntry "*\\${cmdlet}")。反映に 1 時間ほどかかることがあります。`,
      ),
    incomplete: (reason) =>
      text(
        `応答が完全ではありません。${reason}`,
        'しばらく待ってもう一度実行してください。完全に取得できるまで、制限なしとは判断しません。',
      ),
  },
  exchangeHost: {
    one: text('このクラウドの Exchange のアドレスは 1 つです。'),
    answers: (host) => text(`Exchange は ${host} で応答します。`),
    other: (host, other) =>
      text(
        `Exchange は ${host} では応答せず、${other} で応答します。`,
        `EXCHANGE_ENDPOINT=https://${other} を設定してください。`,
      ),
    none: (hosts, reason) =>
      text(
        `Exchange は ${hosts} のいずれでもこのアプリに応答しません。${reason}`,
        '表示された内容と、以下の Exchange の確認結果を見てください。',
      ),
  },
  unblock: {
    ok: text('このアプリは Remove-BlockedConnector を利用できます。'),
    manual: text('モード manual: カードに表示されるコマンドを人が実行します。'),
    dryRun: text('モード dry-run: ブロックは解除されません。すべてのカードにそう表示します。'),
    notOffered: text(
      'Exchange はこのアプリに Remove-BlockedConnector を提供していません。ブロック解除は拒否される見込みです。',
      'アプリのサービス プリンシパルに Entra ロール Security Administrator を割り当てるか、このコマンドレットを含む Exchange の役割グループに追加してください。この応答は Exchange の公開仕様ではありません。',
    ),
    unknown: (reason) =>
      text(
        `このアプリが Remove-BlockedConnector を実行できるかは、実行せずには分かりません。${reason}`,
        'アプリのサービス プリンシパルに、Entra ロール Security Administrator か、このコマンドレットを含む Exchange の役割グループがあることを確認してください。',
      ),
  },
  alertPolicy: {
    seen: (count) =>
      text(`ポリシー「Suspicious connector activity」は過去 30 日間に ${count} 件のアラートを発しました。`),
    unknown: text(
      'ポリシー「Suspicious connector activity」が有効かどうか、アプリからは読み取れません。過去 30 日間のアラートはありません。',
      'セキュリティ/コンプライアンス PowerShell で確認してください: Connect-IPPSSession; Get-ProtectionAlert | Where-Object ImmutableId -eq 8bb9c6c8-dc12-40e1-5bb8-08da05b13393 | Format-List Name,Disabled — Disabled が False なら有効です。無効でも制限は検知します。',
    ),
  },
  auditLog: {
    ok: text('監査は有効です。'),
    off: text(
      'この組織では監査が無効なため、Defender はアラートを発しません。制限は Exchange の定期確認 (ポーリング) で検知します。',
      'Exchange Online PowerShell で実行してください: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
    ),
    unknown: (reason) =>
      text(
        `監査が有効かどうかを読み取れません。${reason}`,
        'Exchange Online PowerShell で確認してください: Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled — True なら有効です。',
      ),
  },
  auditSearch: {
    ok: text('監査ログを検索できます。コネクタを変更した人をカードに表示します。'),
    refused: (reason) =>
      text(
        `監査ログを検索できないため、コネクタを変更した人をカードに表示できません。ほかの動作には影響しません。${reason}`,
        'アプリのサービス プリンシパルに Exchange の役割 View-Only Audit Logs を割り当ててください。既定では役割グループ Compliance Management と Organization Management に含まれ、Security Administrator と Global Reader には含まれません。',
      ),
  },
  identityRisk: {
    notGranted: (role) =>
      text(`${role} は付与されていません (任意)。コネクタを変更したアカウントのリスクは不明のままです。`),
    unlicensed: text(
      'テナントに Identity Protection (Microsoft Entra ID P2) がありません。コネクタを変更したアカウントのリスクは不明のままです。',
    ),
    refused: (role, reason) =>
      text(
        `${role} は付与されていますが、Identity Protection に拒否されました。${reason}`,
        `このテナントで管理者の同意が済んでいることを確認してください。${NEW_TOKEN}。`,
      ),
  },
  trafficSources: {
    notGranted: {
      hunting: (role) =>
        text(
          `${role} は付与されていません (任意)。付与されるまで、メール量、送信者、送信元アドレスはメッセージ追跡で調査します。`,
        ),
      message_trace: (role) =>
        text(
          `${role} は付与されていません (任意)。高度な追求も使えない場合、メール量、送信者、送信元アドレスは不明のままです。`,
        ),
    },
    unlicensed: text(
      'テナントに EmailEvents テーブル (Microsoft Defender for Office 365 Plan 2) がありません。メールはメッセージ追跡で調査します。',
    ),
    refused: {
      hunting: (role, reason) =>
        text(
          `${role} は付与されていますが、高度な追求に拒否されました。${reason}`,
          `このテナントで管理者の同意が済んでいることを確認してください。${NEW_TOKEN}。`,
        ),
      message_trace: (role, reason) =>
        text(
          `${role} は付与されていますが、メッセージ追跡に拒否されました。${reason}`,
          `このテナントに Microsoft のアプリケーションのサービス プリンシパルが必要です: az ad sp create --id 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373。${NEW_TOKEN}。`,
        ),
    },
  },
  approverRoles: {
    ok: text('有効なロールを読み取れます。Privileged Identity Management でのアクティブ化も対象です。'),
    permanentOnly: text(
      'テナントに Entra ID P2 がないため、ロールをアクティブ化できません。ロールを直接またはグループを通じて永続的に持つ人が承認できます。',
      '問題なければ対応は不要です。そうでなければ APPROVER_GROUP_ID にグループを指定してください。',
    ),
    forbidden: (reason, credential) =>
      text(
        `承認者のロールを持つ人を読み取れないため、ロールによる承認はできません。${reason}`,
        `${grant('RoleAssignmentSchedule.Read.Directory (Entra ID P2 がないテナントでは RoleManagement.Read.Directory)', credential)}。${NEW_TOKEN}。`,
      ),
  },
  shapes: {
    ok: text('Microsoft からの応答は、すべて既知の形式でした。'),
    unexpected: (shape, detail) =>
      text(
        `Microsoft から未知の形式の応答がありました (${shape}): ${detail}`,
        'それぞれの意味は docs/first-tenant.md をご覧ください。--report FILE でレポートを作成し、このサービスの保守担当者に送ってください。',
      ),
  },
  botKeys: {
    ok: text('Bot Framework の鍵を取得できます。'),
    unreachable: (reason) =>
      text(
        `Bot Framework の鍵を取得できないため、ボタンの操作を受け付けられません。${reason}`,
        'BOT_OPENID_METADATA_URL への通信を許可し、CLOUD を確認してください。',
      ),
  },
  publicUrl: {
    polling: (seconds) => text(`設定されていません。Exchange と Defender を ${seconds} 秒ごとに確認します。`),
    ok: text('Graph のハンドシェイクに応答します。'),
    noHandshake: (reason) =>
      text(
        `ここからは PUBLIC_URL がハンドシェイクに応答しません。${reason}`,
        'サービスを起動し、https で /api/notifications が届くことを確認してください。それまでは定期確認 (ポーリング) のみを行います。',
      ),
  },
  subscription: {
    active: (hours) => text(`Graph にサブスクリプションがあり、残り ${hours} 時間です。`),
    refused: text(
      'このテナントの Graph はアラートのサブスクリプションを許可しません。定期確認 (ポーリング) のみで動作します。',
    ),
    lost: text(
      'Graph が、以前は許可していたアラートのサブスクリプションを拒否しています。許可されるまで、定期確認 (ポーリング) のみで動作します。',
      'ログの subscription_refused で理由を確認し、PUBLIC_URL に到達できることと SecurityAlert.ReadWrite.All が付与されていることを確認してください。',
    ),
    absent: text(
      'Graph にサブスクリプションがなく、拒否された記録もありません。',
      'サービスを起動してください。自動で要求します。それまでは定期確認 (ポーリング) のみを行います。',
    ),
  },
  clock: {
    ok: text('時計は Microsoft の時計と合っています。'),
    unknown: text('Microsoft のどのサービスからも時刻が得られませんでした。'),
    skewed: (service, seconds) =>
      text(
        `${service} の時計と ${seconds} 秒ずれています。`,
        'NTP を有効にしてください。5 分以上ずれるとトークンが拒否されます。',
      ),
  },
};
