import type { breakGlassEnUs } from './break-glass-en-us.ts';

export const breakGlassJaJp: typeof breakGlassEnUs = {
  by: (name) => `緊急解除の実行者: ${name} さん`,
  reason: '理由',
  actsAt: 'Exchange への要求予定',
  stopped: (name) => `前回の緊急解除は ${name} さんが中止しました`,
  configurationChanged: '前回の緊急解除は無効になりました。開始後にコネクタが変更されました',
  configurationFound: '前回の緊急解除は無効になりました。開始時に不明だったコネクタの設定を取得できました',
  notEligible: (name) => `前回の緊急解除は無効になりました。${name} さんには緊急解除の権限がありません`,
  couldNotRecheck: '前回の緊急解除は無効になりました。実行者またはコネクタを時間内に再検査できませんでした',
  auditTrailBroken: (seq) => `前回の緊急解除が無効になりました: 監査証跡が ${seq} 件目から記録時の内容と一致しません`,
  overtaken: '前回の緊急解除は不要になりました。Exchange に要求する前に制限が終了しました',
  reviewDue: (name) => `レビューが必要です: ${name} さん以外の承認者が結果を記録してください。`,
  reviewed: (name) => `緊急解除のレビュー: ${name}`,
  finding: '結果',
  open: '緊急解除…',
  openReview: 'レビューを記録…',
  explanation: (wait) =>
    `2 人目の管理者に連絡がつかない緊急時のためのもので、緊急解除グループのメンバーだけが実行できます。すぐに全員へ通知され、${wait}以内であれば承認者が中止できます。その後 Exchange にブロック解除を要求し、完了後に別の承認者がレビューします。`,
  reasonLabel: '2 人の管理者を待てない理由',
  reasonPlaceholder: '何が止まっていて、誰に連絡を試みたか',
  reasonError: 'すべての記録に残るため、理由を入力してください。',
  actions: { break_glass: '単独で解除 (緊急解除)', stop: '緊急解除を中止', review: 'レビューを記録' },
  reviewLabel: 'レビューの結果',
  reviewPlaceholder: '妥当だったか、残っている対応はあるか',
  reviewError: 'レビューの結果を入力してください。',
  typed: {
    nothingWaits: '待機中の緊急解除はないため、中止するものはありません。緊急解除はカードから開始します。',
    waiting: '次の緊急解除が待機中です。中止するには、カードを使うか、次のように送信してください。',
    waitingOne: (code, name, by) => `**緊急解除を中止 ${code}** (${name}、実行者: ${by})`,
    unknown: (code) =>
      `コード ${code} で中止できる緊急解除はありません。待機時間が終わったか、すでに中止または無効になったか、コードが違います。`,
    ambiguous: (code) => `コード ${code} の緊急解除が複数あります。カードのボタンを使ってください。`,
  },
  replies: {
    started: (by, name, at, code) =>
      `緊急解除: ${by} さんが単独で ${name} を解除します。承認者がカードの「緊急解除を中止」を押すか **緊急解除を中止 ${code}** と送信しない限り、${at} に Exchange へブロック解除を要求します。`,
    told: (mentions) => `至急カードをご覧ください: ${mentions}`,
    stopped: (by, name) => `${by} さんが緊急解除を中止しました。${name} は制限されたままです。`,
    configurationFound: (name) =>
      `緊急解除が無効になりました: 開始の時点では不明だった ${name} の設定を取得できました。制限されたままです。設定はカードをご覧ください。`,
    configurationChanged: (name) =>
      `緊急解除が無効になりました: 開始後に ${name} が変更されました。制限されたままです。変更内容はカードをご覧ください。`,
    notEligible: (by, name) =>
      `緊急解除が無効になりました: ${by} さんには緊急解除の権限がありません。${name} は制限されたままです。`,
    couldNotRecheck: (name) =>
      `緊急解除が無効になりました: 時間内に再検査できませんでした。${name} は制限されたままです。`,
    auditTrailBroken: (name, seq) =>
      `緊急解除が無効になりました: 監査証跡が ${seq} 件目から記録時の内容と一致しません。サービスの管理者が判断を記録するまで (コマンドは運用手順書「監査証跡が壊れている」)、${name} は制限されたままです。`,
    unblocked: (name, by) =>
      `緊急解除: ${by} さん単独での解除の後、${name} は制限付きエンティティから削除されました。すべてのメールが配信されるまで最大 1 時間かかることがあります。別の承認者がカードでレビューしてください。`,
    canReview: (mentions) => `レビューできる人: ${mentions}`,
  },
};
