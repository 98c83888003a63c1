import type { chatEnUs } from './chat-en-us.ts';

export const chatJaJp: typeof chatEnUs = {
  statusTitle: '受信コネクタ',
  noReading: 'Exchange をまだ完全に読み取れていません。1 分ほど後にもう一度お試しください。',
  readAt: 'Exchange の読み取り日時',
  problem: (why) => `最新の読み取りは不完全でした: ${why}`,
  channelProblem: (why) => `管理者チャネルにカードを投稿できません: ${why}`,
  watch: {
    off: (seconds) => `Exchange と Defender を ${seconds} 秒ごとに確認しています。`,
    active: (seconds) =>
      `Graph からアラートの通知を受け取り、Exchange と Defender も ${seconds} 秒ごとに確認しています。`,
    refused: (seconds) =>
      `このテナントではプッシュ通知を利用できません。Exchange と Defender を ${seconds} 秒ごとに確認しています。`,
    pending: (seconds) =>
      `プッシュ通知はまだ許可されていません。Exchange と Defender を ${seconds} 秒ごとに確認しています。`,
  },
  noConnectors: 'このテナントに受信コネクタはありません。',
  allClear: '制限されているコネクタはありません。',
  restrictedCount: (count) => `${count} 個のコネクタが制限されています。`,
  alertedCount: (count) => `制限付きコネクタが見つかっていないアラートが ${count} 件あります。`,
  notRestricted: '制限なし',
  notKnown: '未確認',
  disabled: '無効',
  moreConnectors: (count) => `ほか ${count} 個:「コネクタの状態 <名前>」で確認できます`,
  notFound: (name) => `「${name}」という受信コネクタはありません。`,
  didYouMean: (names) => `もしかして: ${names}`,
  moreIncidents: (count) => `ほか ${count} 件:「履歴 <名前>」で絞り込めます`,
  historyTitle: 'インシデント (新しい順)',
  lastIncident: '前回のインシデント',
  endings: {
    two_admins: '2 人の管理者の同意により解除されました。',
    elsewhere: '制限は解除されましたが、このボットによるものではありません。',
    connector_removed: 'コネクタが削除されました。',
    alert_lapsed: 'アラートに対応する制限付きコネクタは、Exchange の一覧に現れませんでした。',
    alert_resolved: 'アラートは、制限付きコネクタがないまま解決済みになりました。',
  },
  noHistory: 'このボットが監視を始めてから、制限されたコネクタはありません。',
  noHistoryOf: (name) => `「${name}」のインシデントはありません。`,
  approvedBy: (approver, confirmer) => `承認: ${approver}、確認: ${confirmer}`,
  approvalOf: (approver) => `承認: ${approver}`,
  helpTitle: 'できること',
  helpAbout:
    'Exchange Online が制限した受信コネクタを監視し、管理者チャネルにカードを投稿します。異なる 2 人の管理者が同意すると、制限を解除します。',
  helpCommands: [
    ['コネクタの状態', 'すべての受信コネクタ (制限中のものが先頭)'],
    ['コネクタの状態 <名前>', '1 つのコネクタの詳細'],
    ['履歴', '過去のインシデント (「履歴 <名前>」で 1 つのコネクタのみ)'],
    ['ここに通知', 'このチャネルにカードを投稿'],
    ['ヘルプ', 'この説明'],
  ],
  helpUnknown: 'ご依頼を理解できませんでした。できることは次のとおりです。',
  welcomeTitle: 'Connector Guard です',
  welcomeNext: '管理者チャネルで私をメンションして「ここに通知」と送ると、そのチャネルにカードを投稿します。',
  mayNotRead:
    'ここではコネクタの情報を表示できません。管理者チャネルで確認してください。ほかの場所で表示できるのは権限のある管理者だけです。',
  cannotCheck: 'Microsoft Graph が応答せず、閲覧の権限を確認できませんでした。1 分ほど後にもう一度お試しください。',
  cannotCheckRefused:
    '閲覧の権限を確認する許可が Microsoft Graph から得られません。このサービスの管理者に、不足しているアクセス許可の付与を依頼してください。',
  watching: '今後、カードはこのチャネルに投稿されます。',
  watchConfigured: 'チャネルは ADMIN_CHANNEL_ID で設定されているため、ここからは変更できません。',
  watchNotHere: 'チームのチャネルで送ってください。カードはチャネルに投稿されます。',
  service_failed: '問題が発生しました。記録は失われていません。1 分ほど後にもう一度お試しください。',
  stillWorking: '処理に時間がかかっています。結果はカードに表示されます。',
  watchNotAllowed: 'チャネルを選べるのは、承認者グループのメンバーか、承認者ロールが有効な人だけです。',
};
