import type { callEnUs } from './call-en-us.ts';

export const callJaJp: typeof callEnUs = {
  busyHeadlines: {
    verifying: '解除の反映待ち: Exchange が混み合っていました',
    break_glass_verifying: '緊急解除の反映待ち: Exchange が混み合っていました',
  },
  accepted: 'Exchange は要求を受け付けました。',
  unknown: 'Exchange から時間内に応答がありませんでした。実行された可能性があるため、再要求はしません。',
  busy: '要求時に Exchange が混み合っており、実行されていない可能性が高い状態です。再要求はせず、一覧で結果を確認します。',
  busyUntil: '確認の期限',
  refused: 'Exchange が拒否しました',
  notLifted: '待機の期限を過ぎても、制限付きエンティティから削除されていません',
  notLiftedBusy: '要求時に Exchange が混み合っており、まだ制限されています。もう一度承認すると再要求します。',
};
