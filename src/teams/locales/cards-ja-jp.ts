import type { cardsEnUs } from './cards-en-us.ts';

export const cardsJaJp: typeof cardsEnUs = {
  lang: 'ja',
  headlines: {
    alerted: 'アラート: 不審なコネクタ アクティビティ',
    restricted: '制限中: Exchange がこのコネクタをブロックしました',
    awaiting_confirmation: '2 人目の管理者の確認を待っています',
    unblocking: 'ブロック解除中: 2 人の管理者が同意しました',
    verifying: '検証中: Exchange に解除を依頼しました',
    break_glass_waiting: '緊急解除の待機中: 1 人で解除を実行します',
    break_glass_unblocking: '緊急解除中: 1 人で解除を実行しています',
    break_glass_verifying: '緊急解除の検証中: Exchange に解除を依頼しました',
    unblock_failed: 'ブロック解除に失敗しました: 対応が必要です',
    unblocked: 'ブロック解除済み: Exchange の一覧から消えました',
    closed: '終了',
  },
  endings: {
    two_admins:
      '2 人の管理者による解除の後、Exchange の一覧からこのコネクタが消えました。すべてのメールが流れるまで最大 1 時間かかることがあります。',
    break_glass:
      '1 人による緊急解除の後、Exchange の一覧からこのコネクタが消えました。すべてのメールが流れるまで最大 1 時間かかることがあります。',
    earlier_call:
      '制限は解除されています。このボットによる以前の解除が遅れて反映されたか、ポータルか PowerShell で解除されたか、制限の期限が切れました。',
    elsewhere:
      '制限は解除されていますが、このボットによるものではありません。ポータルか PowerShell で解除されたか、制限の期限が切れました。',
    connector_removed: 'コネクタが削除されました。',
    alert_lapsed: '24 時間以内に、このアラートに対応する制限付きコネクタは Exchange の一覧に現れませんでした。',
    alert_resolved: 'アラートは解決済みになり、対応する制限付きコネクタは Exchange の一覧にありませんでした。',
    alert_moved: 'このアラートは、別のカードがある制限付きコネクタのものでした。',
  },
  recommendations: {
    traffic_reviewed: 'このコネクタを通ったメールを確認し (メッセージ追跡、エクスプローラー)、送信元を把握しました。',
    changes_reviewed: 'コネクタの変更履歴を確認し、承認されていない変更を元に戻しました。',
    admins_secured: 'コネクタを変更できる管理者アカウントを確認し、侵害されたものは保護しました。',
  },
  recommendationLinks: {
    traffic_reviewed: 'メッセージ追跡を開く',
    changes_reviewed: 'コネクタを開く',
    admins_secured: '監査ログを開く',
  },
  summary: (headline, name) => `${headline} — ${name}`,
  unknownConnector: 'コネクタはまだ不明です',
  unnamedConnector: '名前のないコネクタ',
  withoutId: {
    name: '名前の分からない制限中のコネクタ',
    explanation:
      'Exchange の一覧に ID がないため、ここからは解除できません。制限付きエンティティのページで解除してください。',
    row: 'Exchange の表示内容',
  },
  meaning: {
    alerted:
      'Defender がこのアラートを発しましたが、対応する制限付きコネクタはまだ Exchange の一覧にありません。現れた時点でこのカードが変わります。',
    restricted:
      'このコネクタを経由するメールは 550 5.7.711 で拒否されます。解除には、異なる 2 人の管理者の同意が必要です。まず、コネクタが悪用されていないことを確認してください。',
    awaiting_confirmation:
      '1 人の管理者が解除を承認しました。別の管理者が確認するまで何も実行されません。メールはまだ拒否されています。',
    unblocking: '2 人の管理者とコネクタを再確認してから、Exchange に解除を依頼します。メールはまだ拒否されています。',
    verifying:
      'Exchange に解除を依頼しました。一覧から消えるのを確認しています。すべてのメールが流れるまで最大 1 時間かかることがあります。',
    break_glass_waiting:
      '待機時間が過ぎると、緊急グループの 1 人がこのコネクタを解除します。それまでは、どの承認者でも中止できます。メールはまだ拒否されています。',
    break_glass_unblocking:
      '実行者とコネクタを再確認してから、Exchange に解除を依頼します。メールはまだ拒否されています。',
    break_glass_verifying:
      '1 人の判断で Exchange に解除を依頼しました。一覧から消えるのを確認しています。すべてのメールが流れるまで最大 1 時間かかることがあります。',
    unblock_failed:
      'コネクタはまだ制限されています。Exchange の回答を読み、もう一度承認するか、ポータルを使ってください。',
  },
  facts: {
    connectorId: 'コネクタ ID',
    type: '種類',
    since: '制限開始',
    firstSeen: '初回検出',
    until: '制限終了予定',
    ended: '終了',
    exchangeSays: 'Exchange の説明',
    match: '受信コネクタ',
    senderIps: '送信元 IP アドレス',
    senderDomains: '送信者ドメイン',
    certificate: '証明書名',
    requireTls: 'TLS 必須',
    created: '作成日時',
    changed: '最終変更',
    changedBy: '変更者',
    alert: 'Defender アラート',
  },
  matches: {
    guid: 'ID で一致',
    name: '名前の完全一致 (ID は異なります)',
    not_matched: '一致なし: この ID または名前の受信コネクタはありません',
    unreadable: '読み取れませんでした: アプリに Get-InboundConnector のロールがない可能性があります',
  },
  yes: 'はい',
  no: 'いいえ',
  none: 'なし',
  more: (count) => `ほか ${count} 件`,
  changedRecently: '制限前の 7 日以内に変更されています。誰が変更したか確認してください',
  linkedByTime: '時刻のみで関連付け: 確認してください',
  linkedByName: (what) => `アラートの記載: ${what}`,
  openAlert: 'Defender で開く',
  previousIncident: 'このコネクタは以前にも制限されています。日時と対応は「履歴」で確認できます。',
  recommendationsTitle: '承認の前に、この順で確認してください',
  reasonLabel: '解除しても安全な理由',
  reasonPlaceholder: '何が起き、どう対処したか',
  reasonError: '2 人目の管理者が判断できるように、理由を書いてください。',
  toggleError: '完了したらチェックしてください。',
  rejectReasonLabel: '却下する場合の理由 (任意)',
  approval: {
    by: (name) => `承認: ${name}`,
    reason: '理由',
    attested: '承認者が実施済みとした項目:',
    known: '承認時にカードに表示されていた内容:',
    knownMatch: (match) => `受信コネクタ: ${match}`,
    lastChange: {
      recent: 'コネクタの最終変更は、制限前の 7 日以内またはそれ以降です',
      old: 'コネクタの最終変更は、制限の 7 日より前です',
      unknown: 'コネクタの最終変更日時は不明でした',
    },
    alertLinks: {
      named: 'Defender アラート: コネクタ名の記載あり',
      nearness: 'Defender アラート: 時刻のみで関連付け',
      unlinked: 'Defender アラート: コネクタとの関連付けなし',
      none: 'Defender アラート: なし',
    },
    expires: '2 人目の確認の期限',
    confirmedBy: (name) => `確認 (2 人目): ${name}`,
  },
  quorum: {
    canAct: 'このチャネルで承認・確認できる人',
    canConfirm: 'このチャネルで確認できる人',
    names: (names, more, complete) =>
      `${names.join('、')}${more === 0 ? '' : `、ほか${complete ? '' : '少なくとも'} ${more} 人`}`,
    elsewhere: (count, complete) =>
      `このチャネルにいない、権限のある管理者が${complete ? '' : '少なくとも'} ${count} 人います。`,
    notAll: '全員は読み取れていません。ほかにもいる可能性があります。',
    unread: '権限のある人を読み取れませんでした。ボタンを押したときの権限の確認は、通常どおり行われます。',
    nobodyConfirms: (approver) => `このチャネルには、承認した ${approver} さん以外に確認できる人がいません。`,
    onlyOneActs: (name) => `このチャネルで操作できるのは ${name} さんだけです。異なる 2 人の管理者が必要です。`,
    nobodyActs: 'このチャネルに操作できる人がいません。異なる 2 人の管理者が必要です。',
    makeEligible: '別の管理者に権限 (承認者グループまたはロール) を付与し、このチームに追加してください。',
    addToTeam: (count) =>
      `このチャネルにいない、権限のある管理者 ${count} 人のうち 1 人をこのチームに追加してください。`,
  },
  ended: {
    rejected: (name) => `前回の承認は ${name} さんが却下しました`,
    withdrawn: (name) => `${name} さんが前回の承認を取り下げました`,
    expired: '前回の承認は期限切れです: 時間内に確認されませんでした',
    overtaken: '前回の承認は不要になりました: 確認の前に制限が解除されました',
    configuration_changed: '承認は無効です: 承認の後にコネクタが変更されました',
    configurationFound: '承認は無効です: 承認の時点では不明だったコネクタの設定が、確認できるようになりました',
    not_eligible: (name) => `承認は無効です: ${name} さんは承認・確認の権限を失いました`,
    could_not_recheck: '承認は無効です: 管理者またはコネクタを時間内に再確認できませんでした',
    audit_trail_broken: (seq) => `承認が無効になりました: 監査証跡が ${seq} 件目から記録時の内容と一致しません`,
    changedBy: (by, operation) => `変更者: ${by} (${operation}、監査ログより)`,
    change: (property, before, after) => `${property}: ${before} → ${after}`,
  },
  call: {
    accepted: 'Exchange は依頼を受け付けました。検証中です',
    unknown: 'Exchange から時間内に回答がありません。実行された可能性があるため、再依頼はしません。検証中です',
    refused: 'Exchange が拒否しました',
    notLifted: '検証の制限時間を過ぎても、コネクタは Exchange の一覧に残っています',
    next: 'もう一度承認するか、ポータル (制限付きエンティティ) または次のコマンドで手動で解除してください:',
  },
  modes: {
    manual: {
      headline: '検証中: 手動でのブロック解除を待っています',
      unblocking:
        '2 人の管理者とコネクタを再確認しています。その後、手動で行う操作をこのカードに表示します。メールはまだ拒否されています。',
      verifying:
        '2 人のうち 1 人が Exchange Online PowerShell で次のコマンドを実行するか、ポータルで解除してください。結果はこのボットが監視します。それまでメールは拒否されます。',
      break_glass_unblocking:
        '実行者とコネクタを再確認しています。その後、手動で行う操作をこのカードに表示します。メールはまだ拒否されています。',
      break_glass_verifying:
        '緊急解除の実行者が Exchange Online PowerShell で次のコマンドを実行するか、ポータルで解除してください。結果はこのボットが監視します。それまでメールは拒否されます。',
      unblock_failed:
        '監視した時間内に手動で解除されず、コネクタはまだ Exchange の一覧にあります。もう一度承認するか、コマンドまたはポータルで解除してください。解除されれば検出します。',
      notice: '',
      until: '監視の期限',
    },
    'dry-run': {
      headline: '検証中: ドライ ランのため Exchange には依頼していません',
      unblocking:
        '2 人の管理者とコネクタを再確認しています。ドライ ランのため Exchange には依頼しません。メールはまだ拒否されています。',
      verifying:
        'ドライ ランのため Exchange には依頼していません。ほかの方法で解除されない限り、コネクタは制限されたままです。',
      break_glass_unblocking:
        '実行者とコネクタを再確認しています。ドライ ランのため Exchange には依頼しません。メールはまだ拒否されています。',
      break_glass_verifying:
        'ドライ ランのため Exchange には依頼していません。ほかの方法で解除されない限り、コネクタは制限されたままです。',
      unblock_failed: 'ドライ ランのため Exchange には依頼していません。コネクタはまだ制限されています。',
      notice: 'このボットはドライ ランです: ここで何を押しても Exchange には依頼せず、制限は解除されません。',
      until: '監視の期限',
    },
  },
  portal: 'ポータルの制限付きエンティティ',
  remarks: {
    acknowledge: (name) => `${name} さんが対応中です`,
    keep_restricted: (name) => `${name} さんは制限の維持を求めています`,
  },
  actions: {
    approve: '解除を承認',
    confirm: '確認して解除',
    reject: '却下',
    withdraw: '承認を取り下げる',
    acknowledge: '対応中にする',
    keep: '制限を維持…',
    unlink: 'アラートの関連付けを解除',
    refresh: '更新',
  },
  retired: {
    title: 'このカードは置き換えられました',
    text: 'この制限については、このチャネルにある別のカードをご利用ください。',
  },
  keepReasons: ['調査中です', '侵害が解消していません', 'このコネクタはもう不要です'],
  keepTitle: '制限を維持する理由',
};
