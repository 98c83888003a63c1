import type { reportEnUs } from './report-en-us.ts';

export const reportJaJp: typeof reportEnUs = {
  action: 'レポート',
  coming: (name, command) =>
    `${name} のレポートを、このボットとの個人チャットに送ります。ファイルを受け取るかどうかを Teams が確認します。届かないときは、このサービスの実行環境で次のコマンドを実行してください: \`${command}\``,
  noFiles: (name, command) =>
    `このクラウドの Teams では、ボットからファイルを送れません。${name} のレポートは、このサービスの実行環境で次のコマンドを実行して作成します: \`${command}\``,
  description: (name) =>
    `${name} の制限に関するレポート: 確認結果、判断、経過、監査証跡のアンカー。ブラウザーで開くページです。`,
  uploaded: (name) =>
    `${name} のレポートを OneDrive に保存しました。人名が含まれます。ダウンロードしてブラウザーで開いてください。`,
  declined: (command) =>
    `レポートはアップロードされませんでした。このサービスの実行環境で次のコマンドを実行して作成することもできます: \`${command}\``,
  notAllowed:
    'レポートはアップロードされませんでした。承認できる人だけが受け取れますが、承認の権限を確認できませんでした。',
  failed: (reason, command) =>
    `OneDrive にレポートをアップロードできませんでした (${reason})。このサービスの実行環境で次のコマンドを実行して作成します: \`${command}\``,
  uncertain: (file, command) =>
    `OneDrive へのアップロードを確認できませんでした。${file} は保存されている可能性があります。レポートは、このサービスの実行環境で次のコマンドを実行して作成することもできます: \`${command}\``,
  noChat: (person, reason, command) =>
    `${person} さんがレポートを要求しましたが、このボットは個人チャットを開けませんでした (${reason})。本人がアプリを追加するか、このサービスの実行環境で次のコマンドを実行してください: \`${command}\``,
};
