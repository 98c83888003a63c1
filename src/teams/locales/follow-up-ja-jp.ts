import type { followUpEnUs } from './follow-up-en-us.ts';

export const followUpJaJp: typeof followUpEnUs = {
  title: '残りのタスク',
  tasks: {
    accounts: 'コネクタを変更したアカウントを調査する (サインイン、パスワード、権限)。',
    server: '送信元サーバーのマルウェアを駆除し、更新プログラムを適用して、使用している資格情報を変更する。',
    sender_authentication: '送信ドメインの SPF、DKIM、DMARC を修正する。',
    warm_up: '送信量を徐々に増やす (このボットの目安: 前日の 2 倍まで。Microsoft の公表値はありません)。',
  },
  buttons: {
    accounts: 'アカウント調査済み',
    server: 'サーバー対処済み',
    sender_authentication: 'SPF・DKIM・DMARC 修正済み',
    warm_up: '送信量を調整済み',
  },
  done: (task, by) => `${task}: ${by} さん`,
  since: (messages, judged) => `ブロック解除後: ${messages} 通、うち ${judged} 通がスパムまたはフィッシングと判定。`,
  watchedUntil: '監視期限',
  spam: (name, messages, judged) =>
    `${name} が再びスパムを送信しています。ブロック解除後の ${messages} 通のうち ${judged} 通がスパムまたはフィッシングと判定されました。Exchange に再び制限される前に、送信元サーバーを停止してください。`,
  again: (duration) => `前回のブロック解除から ${duration}後に再び制限されました。`,
  agreedBy: (approver, confirmer) => `前回の一次承認: ${approver} さん、最終承認: ${confirmer} さん。`,
  reasonThen: (reason) => `前回の理由: ${reason}`,
  doneThen: (tasks) => `その後に完了: ${tasks}`,
  openThen: (tasks) => `前回から未完了: ${tasks}`,
  answered: { applied: '完了として記録しました。', repeated: 'すでに完了しています。' },
};
