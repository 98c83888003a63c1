import type { channelMoveEnUs } from './channel-move-en-us.ts';

export const channelMoveJaJp: typeof channelMoveEnUs = {
  channel: (id) => `チャネル ${id}`,
  proposed: (by, where, code, until) =>
    `${by} さんが、カードの投稿先をこのチャネルから${where} に変更することを提案しました。${until} までに別の管理者がどちらかのチャネルで「チャネル変更を承認 ${code}」と送らない限り、変更されません。このチャネルのままにするには「チャネル変更を却下 ${code}」と送ってください。`,
  moved: (where, proposer, confirmer) =>
    `今後、カードはこのチャネルではなく${where} に投稿されます (提案: ${proposer} さん、承認: ${confirmer} さん)。`,
  kept: (proposer, by) => `${proposer} さんの提案は ${by} さんが却下しました。カードはこのチャネルには投稿されません。`,
  already: 'カードはすでにこのチャネルに投稿されています。',
  waits: (code, until) =>
    `現在カードは別のチャネルに投稿されており、そのチャネルに変更の提案を通知しました。${until} までに別の管理者がどちらかのチャネルで「チャネル変更を承認 ${code}」と送ると、投稿先がこのチャネルに変わります。`,
  done: {
    moved: '承認しました。今後、カードは新しいチャネルに投稿されます。',
    kept: '却下しました。カードの投稿先は変わりません。',
  },
  refused: {
    no_such_move:
      'このコードのチャネル変更はありません。すでに決定されたか、新しい提案に置き換えられた可能性があります。',
    move_expired: '期限までに承認されませんでした。新しいチャネルで「ここに通知」と送り、もう一度提案してください。',
    own_move: 'ご自身の提案です。別の管理者の承認が必要です。',
    not_in_either_channel: 'ほかの人にも見えるように、現在のチャネルか新しいチャネルで送ってください。',
    proposer_not_eligible:
      '提案した人にはチャネルを選ぶ権限がないか、権限を確認できませんでした。新しいチャネルで「ここに通知」と送り、改めて提案してください。',
  },
};
