import type { stripEnUs } from './strip-en-us.ts';

export const stripJaJp: typeof stripEnUs = {
  changedBefore: (duration) => `制限の ${duration}前に設定が変更されました`,
  changedSince: '制限開始後に設定が変更されました',
  unchanged: (duration) => `設定の最終変更は制限の ${duration}前です`,
  changeUnknown: '設定の最終変更日時は不明です',
  by: (change, by) => `${change} (変更者: ${by})`,
  linkedByTime: '発生時刻が近いアラートです。このコネクタのものか確認してください',
  restrictedBefore: '以前にも制限されています (「履歴」で表示)',
  notFound: 'この ID または名前の受信コネクタはありません',
  unreadable: 'コネクタの設定を取得できませんでした',
  pending: '結果はまだありません',
  notYet: '調査結果はまだありません',
  moreDangers: (count) => `ほか危険 ${count} 件`,
  moreProblems: (count) => `ほか要確認 ${count} 件`,
  moreUnknown: (count, names) => (names.length === 0 ? `未調査 ${count} 件` : `未調査: ${names.join('、')}`),
  moreGood: (count) => `問題なし ${count} 件`,
  onlyGood: (count) => `問題なし ${count} 件`,
  unreadMail: {
    checks: { traffic: 'メール量', senders: '送信者', sending_addresses: '送信元アドレス' },
    atLength: (names, cause) =>
      `${names}を調査できません${cause === null ? '' : ` (${cause})`}。このまま承認すると、不明なまま解除することになります。`,
    inShort: (names) => `${names}は未調査です。不明なまま解除することになります。`,
    comma: '、',
    noPermission: (permission) => `アクセス許可 ${permission} がありません`,
    noLicence: (feature) => `${feature} のライセンスがありません`,
  },
};
