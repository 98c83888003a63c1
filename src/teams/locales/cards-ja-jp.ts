import { callJaJp } from './call-ja-jp.ts';
import type { cardsEnUs } from './cards-en-us.ts';
import { stripJaJp } from './strip-ja-jp.ts';

export const cardsJaJp: typeof cardsEnUs = {
  lang: 'ja',
  headlines: {
    alerted: 'アラート: 不審なコネクタ アクティビティ',
    restricted: '制限中: メールが拒否されています',
    awaiting_confirmation: '最終承認待ち (2 人目の管理者)',
    unblocking: 'ブロック解除中: 管理者 2 人が承認しました',
    verifying: '解除の反映待ち: 要求済み',
    break_glass_waiting: '緊急解除の待機中: 単独で解除',
    break_glass_unblocking: '緊急解除中: 単独で解除しています',
    break_glass_verifying: '緊急解除の反映待ち: 要求済み',
    unblock_failed: 'ブロック解除に失敗: 要対応',
    unblocked: 'ブロック解除済み: 制限なし',
    closed: '終了',
  },
  dryRunOver: '制限中: ドライ ランは終了しました',
  endings: {
    two_admins:
      '管理者 2 人の承認により解除されました。すべてのメールが配信されるまで最大 1 時間かかることがあります。',
    break_glass:
      '単独での緊急解除により解除されました。すべてのメールが配信されるまで最大 1 時間かかることがあります。',
    earlier_call:
      'このボットによる以前の解除が遅れて反映されたか、ポータルまたは PowerShell で解除されたか、制限の有効期限が切れました。',
    elsewhere:
      'このボットによる解除ではありません。ポータルまたは PowerShell で解除されたか、制限の有効期限が切れました。',
    connector_removed: 'コネクタが削除されました。',
    alert_lapsed: '24 時間以内に、このアラートに対応する制限付きコネクタは Exchange で確認されませんでした。',
    alert_resolved: 'アラートが解決済みになりました。対応する制限付きコネクタは Exchange で確認されていません。',
    alert_moved: 'このアラートは、別のカードに表示されている制限付きコネクタのものです。',
  },
  recommendations: {
    traffic_reviewed: '経由したメールを調査し、送信元と原因を特定しました。',
    changes_reviewed: 'コネクタの変更内容を調査し、許可されていない変更を元に戻しました。',
    admins_secured: '最終変更者のアカウントの侵害有無を調査し、必要な対処を完了しました。',
  },
  /** `{account}` is replaced with the account. */
  accountSecured: '最終変更者 {account} の侵害有無を調査し、必要な対処を完了しました。',
  openHunting: {
    traffic_reviewed: 'このコネクタのメールを高度な追求で開く',
    changes_reviewed: 'このコネクタの変更履歴を高度な追求で開く',
    admins_secured: 'このアカウントの操作を高度な追求で開く',
  },
  recommendationLinks: {
    traffic_reviewed: 'メッセージ追跡を開く',
    changes_reviewed: 'コネクタを開く',
    admins_secured: '監査ログを開く',
  },
  filterBy: {
    changes_reviewed: '探すには、名前を貼り付けます',
    admins_secured: '絞り込むには、InboundConnector を含むアクティビティを選び、ユーザーとして貼り付けます',
  },
  traceBy: {
    eachDomain:
      'メッセージ追跡では、IP アドレスでの絞り込みに数時間かかります。1 行を送信者として貼り付け、期間を 2 日間、状態を「スパムとしてフィルター処理済み」にします:',
    anyDomain:
      'メッセージ追跡では、IP アドレスでの絞り込みに数時間かかります。送信者は「すべて」のまま、期間を 2 日間、状態を「スパムとしてフィルター処理済み」にします。',
  },
  steps: {
    traffic_reviewed: '1. 送信されたメール',
    changes_reviewed: '2. 変更内容',
    admins_secured: '3. 変更者',
  },
  summary: (name, headline) => `${name}: ${headline}`,
  spoken: (name, headline, next) => `${name}: ${headline}。${next}`,
  unknownConnector: 'コネクタ未特定',
  unnamedConnector: '名前のないコネクタ',
  withoutId: {
    name: '名前の分からない制限中のコネクタ',
    explanation:
      'Exchange の一覧に ID がないため、ここからは解除できません。制限付きエンティティのページで解除してください。',
    row: 'Exchange の表示内容',
  },
  meaning: {
    alerted:
      'Defender のアラートです。対応する制限付きコネクタは、まだ Exchange で確認されていません。確認され次第、このカードに表示します。',
    restricted: 'このコネクタを通るメールは 550 5.7.711 で拒否されます。',
    awaiting_confirmation: '別の管理者が最終承認するまで、メールは拒否されます。',
    unblocking:
      '管理者 2 人とコネクタをもう一度検査してから、Exchange にブロック解除を要求します。メールはまだ拒否されています。',
    verifying:
      'まだ制限付きエンティティから削除されていません。すべてのメールが配信されるまで最大 1 時間かかることがあります。',
    break_glass_waiting: 'それまでは、どの承認者でも中止できます。メールはまだ拒否されています。',
    break_glass_unblocking:
      '実行者とコネクタをもう一度検査してから、Exchange にブロック解除を要求します。メールはまだ拒否されています。',
    break_glass_verifying:
      'まだ制限付きエンティティから削除されていません。すべてのメールが配信されるまで最大 1 時間かかることがあります。',
    unblock_failed: 'コネクタはまだ制限されており、メールは拒否されています。',
  },
  next: {
    alerted: '次の操作: まだ判断は不要です。［アラートを開く］で内容を調査してください。',
    alertedWithoutLink: '次の操作: まだ判断は不要です。Defender でアラートを調査してください。',
    restricted: '次の操作: 管理者 1 人が内容を調べて承認し (一次承認)、別の管理者が最終承認します。',
    awaiting_confirmation: '次の操作: 別の管理者が内容を調べ、最終承認または却下します。',
    awaiting_yours: '次の操作: 一次承認はご自身が行いました。別の管理者の最終承認が必要です。',
    break_glass_waiting: '次の操作: Exchange に要求するまでは、どの承認者でも中止できます。',
    unblock_failed: '次の操作: もう一度承認するか、［手動で解除…］を押してください。',
    unblock_refused:
      '次の操作: 先に原因を取り除いて (npm run doctor で確認) から承認し直すか、［手動で解除…］を押してください。',
    dry_run_over: '次の操作: メールを流す必要があれば、［手動で解除…］を押してください。',
    review: '次の操作: 実行者以外の承認者がレビューします。',
    verifying: '次の操作: ありません。完了するとこのカードに表示されます。',
    statusOnly: '承認の権限がありません。承認者グループのメンバーまたは承認者ロールの保有者のみ承認できます。',
  },
  facts: {
    connectorId: 'コネクタ ID',
    type: '種類',
    since: '制限開始',
    lasted: (duration) => `制限されていた時間: ${duration}、終了`,
    firstSeen: '初回検出',
    until: '制限の有効期限',
    ended: '終了',
    exchangeSays: 'Exchange の説明',
    match: '受信コネクタ',
    senderIps: '送信元サーバー',
    senderDomains: '送信者ドメイン',
    certificate: '証明書',
    requireTls: 'TLS',
    created: '作成日時',
    changed: '最終変更',
    changedBy: '変更者',
    alert: 'Defender アラート',
  },
  matches: {
    guid: 'ID が一致',
    name: '名前が完全一致 (ID は異なります)',
    not_matched: '該当なし: この ID または名前の受信コネクタはありません',
    unreadable: '取得できませんでした: アプリに Get-InboundConnector のロールがない可能性があります',
  },
  yes: 'はい',
  no: 'いいえ',
  none: 'なし',
  more: (count) => `ほか ${count} 件`,
  values: {
    anyAddress: 'すべてのアドレス',
    anyServerWithCertificate: '下記の証明書を持つすべてのサーバー',
    anyDomain: 'すべてのドメイン',
    subdomains: (domain) => `${domain} のサブドメイン`,
    tlsRequired: '必須',
    tlsNotRequired: '必須ではない',
  },
  types: { OnPremises: '組織のメール サーバー', Partner: 'パートナー組織' },
  operations: {
    'New-InboundConnector': '作成',
    'Set-InboundConnector': '変更',
    'Remove-InboundConnector': '削除',
  },
  alertTexts: {
    titles: { 'Suspicious connector activity': '不審なコネクタ アクティビティ' },
    severities: { informational: '情報', low: '低', medium: '中', high: '高' },
    statuses: { new: '新規', inProgress: '対応中', resolved: '解決済み' },
    standing: (severity, status) => `重大度: ${severity}、${status}`,
    severity: (severity) => `重大度: ${severity}`,
  },
  findings: stripJaJp,
  details: '詳細: 設定、アラート、対応状況、ID',
  linkedByName: (what) => `アラートの記載: ${what}`,
  openAlert: 'アラートを開く',
  recommendationsTitle: '次の順に調査し、完了した項目にチェックを入れてください。',
  reasonLabel: '解除して問題ないと判断した理由',
  reasonPlaceholder: '何が起き、どう対処したか',
  reasonError: '2 人目の管理者が判断できるよう、理由を入力してください。',
  toggleError: '完了したらチェックを入れてください。',
  rejectTitle: '承認は終了し、コネクタは制限されたままになります。',
  rejectReasonLabel: '理由 (任意)',
  rejectReasonPlaceholder: '一次承認者に見直してほしい点',
  confirmTitle: '最終承認の前に、下の各ページを開いて、ご自身で根拠を調べてください。',
  evidenceReviewed: '自分で根拠を調べ、解除に問題がないと判断しました。',
  byHandTitle:
    'ポータルで解除するか、次のコマンドを Exchange Online PowerShell で手動で実行してください。解除はこのカードに反映されます。',
  approval: {
    by: (name) => `一次承認: ${name}`,
    reason: '理由',
    attested: '一次承認者が確認済みとした項目:',
    known: '一次承認時の表示内容:',
    match: (match) => `受信コネクタ: ${match}`,
    alertLink: (link) => `Defender アラート: ${link}`,
    thenNow: (then, now) => `${then} → 現在: ${now}`,
    changedSince: '一次承認後に変化がありました',
    same: '一次承認時より悪化した項目は確認されていません。承認後に再確認し、悪化した項目があればこのカードを更新します。',
    lastChange: {
      recent: 'コネクタの最終変更は、制限前の 7 日以内またはそれ以降です',
      old: 'コネクタの最終変更は、制限の 7 日より前です',
      unknown: 'コネクタの最終変更日時は不明でした',
    },
    alertLinks: {
      named: 'コネクタ名の記載あり',
      nearness: '発生時刻が近いため関連付け',
      unlinked: 'コネクタとの関連付けなし',
      none: 'なし',
    },
    expires: '最終承認の期限',
    confirmedBy: (name) => `最終承認: ${name}`,
  },
  quorum: {
    canAct: '承認できる人',
    canConfirm: '最終承認できる人',
    countedAt: '権限のある管理者の確認日時',
    names: (names, more, complete) =>
      `${names.join('、')}${more === 0 ? '' : `、ほか${complete ? '' : '少なくとも'} ${more} 人`}`,
    elsewhere: (count, complete) =>
      `このチャネルにいない、権限のある管理者が${complete ? '' : '少なくとも'} ${count} 人います。`,
    notAll: '全員の情報は取得できていません。ほかにもいる可能性があります。',
    unread: '承認できる人の情報を取得できませんでした。ボタンを押したときの権限の検査は、通常どおり行われます。',
    nobodyConfirms: (approver) => `このチャネルには、一次承認した ${approver} さん以外に最終承認できる人がいません。`,
    onlyOneActs: (name) => `このチャネルで承認できるのは ${name} さんだけです。異なる管理者が 2 人必要です。`,
    nobodyActs: 'このチャネルに承認できる人がいません。異なる管理者が 2 人必要です。',
    makeEligible: '別の管理者に権限 (承認者グループまたはロール) を付与し、このチームに追加してください。',
    addToTeam: (count) =>
      `このチャネルにいない、権限のある管理者 ${count} 人のうち 1 人をこのチームに追加してください。`,
  },
  ended: {
    rejected: (name) => `前回の承認は ${name} さんが却下しました`,
    withdrawn: (name) => `${name} さんが前回の承認を取り下げました`,
    expired: '前回の承認は期限切れになりました。時間内に最終承認されませんでした',
    overtaken: '前回の承認は不要になりました。最終承認の前に制限が終了しました',
    configurationChanged: '承認が無効になりました。承認後にコネクタが変更されました',
    configurationFound: '承認が無効になりました。承認時に不明だったコネクタの設定を取得できました',
    notEligible: (name) => `承認が無効になりました。${name} さんは承認の権限を失いました`,
    couldNotRecheck: '承認が無効になりました。管理者またはコネクタを時間内に再検査できませんでした',
    auditTrailBroken: (seq) => `承認が無効になりました: 監査証跡が ${seq} 件目から記録時の内容と一致しません`,
    changedBy: (by, operation) => `監査ログによると ${by} さんが${operation}しました`,
    change: (property, before, after) => `${property}: ${before} → ${after}`,
  },
  call: callJaJp,
  modes: {
    manual: {
      headline: '解除の反映待ち: 手動での解除を待っています',
      unblocking: '管理者 2 人とコネクタをもう一度検査しています。その後、手動で行う操作をこのカードに表示します。',
      verifying:
        '管理者 2 人のうち 1 人が、Exchange Online PowerShell で次のコマンドを手動で実行するか、ポータルで解除してください。それまでメールは拒否されます。',
      break_glass_unblocking:
        '実行者とコネクタをもう一度検査しています。その後、手動で行う操作をこのカードに表示します。',
      break_glass_verifying:
        '緊急解除の実行者が、Exchange Online PowerShell で次のコマンドを手動で実行するか、ポータルで解除してください。それまでメールは拒否されます。',
      unblock_failed:
        '監視時間内に手動で解除されませんでした。メールはまだ拒否されています。後から解除された場合も検出します。',
      notice: '',
      until: '監視の期限',
    },
    'dry-run': {
      headline: '解除の反映待ち: ドライ ランのため Exchange には要求していません',
      unblocking: '管理者 2 人とコネクタをもう一度検査しています。メールはまだ拒否されています。',
      verifying: '制限されたままです。メールを流す必要があれば、制限付きエンティティで解除してください。',
      break_glass_unblocking: '実行者とコネクタをもう一度検査しています。メールはまだ拒否されています。',
      break_glass_verifying: '制限されたままです。メールを流す必要があれば、制限付きエンティティで解除してください。',
      unblock_failed: 'ドライ ランのため Exchange には要求していません。コネクタはまだ制限されています。',
      notice: 'ドライ ラン: 制限は解除されません。',
      until: '監視の期限',
    },
  },
  portal: 'Defender の制限付きエンティティを開く',
  remarks: {
    acknowledge: (name) => `${name} さんが対応中です`,
    keep_restricted: (name) => `${name} さんは制限の維持を求めています`,
    ask: (name) => `${name} さんが一次承認者に質問しました`,
  },
  forms: {
    approve: 'ブロック解除を承認…',
    confirm: '最終承認…',
    reject: '却下…',
    keep: '制限を維持…',
    byHand: '手動で解除…',
  },
  actions: {
    approve: 'ブロック解除を承認',
    confirm: '最終承認して解除',
    reject: '却下',
    withdraw: '承認を取り下げる',
    acknowledge: '対応中にする',
    unlink: 'このアラートは無関係',
    refresh: '更新',
    restrictedEntities: '制限付きエンティティ',
  },
  retired: {
    title: 'このカードは置き換えられました',
    text: 'この制限については、このチャネルにある別のカードをご利用ください。',
  },
  keepReasons: ['調査中です', '侵害が解消していません', 'このコネクタはもう不要です'],
  keepTitle: '制限を維持する理由',
};
