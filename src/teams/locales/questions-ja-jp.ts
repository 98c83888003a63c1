import type { questionsEnUs } from './questions-en-us.ts';

export const questionsJaJp: typeof questionsEnUs = {
  open: '質問する…',
  title: '質問は一次承認者へのメンション付きでスレッドに投稿されます。承認の状態は変わりません。',
  label: '質問の内容',
  placeholder: '最終承認の前に知りたいこと',
  error: '質問を入力してください。',
  send: '一次承認者に質問',
  posted: (by, approver, name, question) =>
    `${name}: ${by} さんから、一次承認した ${approver} さんへの質問: ${question}`,
};
