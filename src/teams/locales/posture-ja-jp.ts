import type { postureEnUs } from './posture-en-us.ts';

export const postureJaJp: typeof postureEnUs = {
  turnedBad: (name) => `**${name}**: 点検で危険な状態が見つかりました。`,
  whatToDo: 'この時点では制限されていません。Exchange に制限される前に、コネクタを確認してください:',
  moreConnectors: (count) => `ほか ${count} 件: 「コネクタの状態」ですべて表示できます。`,
  ask: (name) => `「コネクタの状態 ${name}」で詳細を表示できます。`,
  digestTitle: (from, until) => `${from} から ${until} までの 1 週間`,
  digestIncidents: (restricted, unblocked, open) =>
    `制限: ${restricted} 件、ブロック解除: ${unblocked} 件、対応中: ${open} 件`,
  digestMarks: (bad, concern, good, unknown) =>
    `コネクタ: 危険 ${bad} 件、要確認 ${concern} 件、問題なし ${good} 件、不明 ${unknown} 件`,
  digestTasks: (count) => `ブロック解除後の未完了タスク: ${count} 件`,
  section: '前回の点検',
  notChecked: '未点検',
  checking: (count) =>
    count === 1
      ? 'コネクタを点検しています。1 分ほどで「コネクタの状態 <名前>」に結果が表示されます。'
      : `${count} 件のコネクタを順に点検しています。結果は「コネクタの状態」に順次表示されます。`,
  lastDays: (messages, days, usual) => `直近 ${days} 日間に ${messages} 通、その前の ${days} 日間に ${usual} 通。`,
};
