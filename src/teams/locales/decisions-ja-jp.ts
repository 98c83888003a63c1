import type { decisionsEnUs } from './decisions-en-us.ts';

export const decisionsJaJp: typeof decisionsEnUs = {
  offerTitle: (name) => `${name} のブロック解除を承認する前に、次の項目を確認してください。`,
  offer: (code, reason) =>
    `すべて完了したものとして承認するには、次のように送信してください: **承認 ${code}** ${reason}`,
  reasonMissing: (code) => `理由も入力してください: **承認 ${code}** *理由*。まだ何も行っていません。`,
  reasonHere: '*理由*',
  offerEnds: 'このコードはあなた専用です。インシデントの内容が変わると無効になります。',
  notNow: (name, state) => `${name} の現在の状態は「${state}」のため、承認できません。`,
  stale: (code) =>
    `コード ${code} で承認できるものはありません。インシデントの内容が変わったか、別の人に表示されたコードです。「承認 <コネクタ名>」と送信して、現在の内容を確認してください。`,
  none: '制限されているコネクタはないため、承認するものはありません。',
  notRestricted: (name) => `制限中のコネクタに「${name}」はありません。`,
  which: '次のコネクタが制限されています。カードを使うか、「承認 <コネクタ名>」と送信してください。',
  restricted: (name, state) => `${name}: ${state}`,
  unknown: (code) => `コード ${code} の承認待ちはありません。`,
  ambiguous: (code) => `コード ${code} の承認待ちが複数あります。カードのボタンを使ってください。`,
  nothingWaits: '最終承認を待っている承認はありません。',
  waiting: '次の承認が最終承認を待っています。カードを使うか、次のように送信してください。',
  send: { confirm: '最終承認', reject: '却下', withdraw: '取り下げ', ask: '質問' },
  waitingOne: (command, name, approver) => `**${command}** (${name}、一次承認: ${approver})`,
  gotWorse: (found) => `(一次承認後に判明: ${found})`,
  byHand: (code) =>
    `ボタンを使えない場合は、**最終承認 ${code}**、**却下 ${code} 理由**、**質問 ${code} 内容** のいずれかを送信してください。`,
  evidence: '調査結果とリンクはチャネルのカードにあります。',
  thanks: 'どういたしまして。「ヘルプ」と送信すると、できることを表示します。',
};
