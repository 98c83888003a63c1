import type { drillsEnUs } from './drills-en-us.ts';

export const drillsJaJp: typeof drillsEnUs = {
  notice: '訓練: この制限は架空のものです。メール、Exchange、Defender に影響はありません。',
  ended: '訓練は終了しました。',
  started: (name) =>
    `訓練「${name}」を開始しました。まもなくカードが投稿されます。実際の制限と同じように対応してください。終了するには「訓練 終了」と送信します。`,
  running: (name) => `訓練「${name}」を実施中です。終了するには「訓練 終了」と送信してください。`,
  stopped: (name) => `訓練「${name}」を終了します。`,
  noneRunning: '実施中の訓練はありません。',
  notHere: '訓練は、カードが投稿される管理者チャネルで開始してください。',
  noChannel: '先に管理者チャネルを選んでください。そのチャネルで「@Connector Guard ここに通知」と投稿します。',
  notAllowed: '訓練を開始または終了できるのは、承認者グループのメンバーか、承認者ロールが有効な人だけです。',
  over: (steps) => `訓練が終わりました。${steps}`,
  acknowledged: (after) => `対応の表明まで ${after}。`,
  approved: (after) => `一次承認まで ${after}。`,
  confirmed: (after) => `最終承認まで ${after}。`,
  nobody: '操作した人はいませんでした。',
  proposalTitle: '訓練を行いませんか',
  start: { title: '訓練を開始', text: '訓練' },
  proposal: (days) =>
    `前回の訓練から ${days} 日が経過しました。「訓練」と送信すると、2 人で 5 分ほどの訓練を始められます。Exchange の設定は変わりません。`,
  firstProposal:
    'ブロック解除の訓練はまだ行われていません。「訓練」と送信すると、2 人で 5 分ほどの訓練を始められます。Exchange の設定は変わりません。',
};
