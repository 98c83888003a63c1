import type { trailEnUs } from './trail-en-us.ts';

const reasons: Readonly<Record<string, string>> = {
  'an entry is missing': 'エントリが欠落しています',
  'it does not follow from the entry before it': '直前のエントリと連続していません',
  'it was changed after it was written': '記録後に変更されています',
  'an entry was added past the end of the trail': '末尾より後にエントリが追加されています',
  'the end of the trail is missing': '末尾のエントリが欠落しています',
  'it is not the entry the head of the trail names': '末尾として記録されたエントリと一致しません',
  'one of the entries up to it was changed after they were accepted':
    '承認済みのエントリのいずれかが、その後変更されています',
  'the database file was deleted or replaced while the service was running':
    'サービスの稼働中にデータベース ファイルが削除または置換されました',
  'another service has opened the same database': '別のサービスが同じデータベースを開きました',
  'the record of the last check cannot be read': '前回の確認結果の記録を読み取れません',
};

export const trailJaJp: typeof trailEnUs = {
  reason: (words) => reasons[words] ?? words,
  fault: (seq, reason, since) => `監査証跡が ${seq} 件目で壊れています (${reason})。検知日時: ${since}`,
  contradicted: (seq, author, alert) =>
    `${seq} 件目が、Defender アラート ${alert} のコメントに ${author} が記録した内容と一致しません。`,
  remembered: (seq) => `${seq} 件目が、サービスが保持している内容と一致しません。`,
  anchorsKnownSince: (since) =>
    `監査証跡が、データベースの外に記録された内容と一致しません。検知日時: ${since}。データベースの変更、古いデータベースの復元、または偽のコメントの可能性があります。`,
  more: (count) => `ほか ${count} 件`,
  decide:
    '担当者が判断を記録するまで、ブロック解除は行いません。アラートの通知は続けます。データベースの複製を保存し、npm run audit -- verify で変更箇所を確認してから、npm run audit -- accept で判断を記録してください。',
  accepted: (by, at) =>
    `${by} さんが ${at} に、コマンドラインから現状の監査証跡を承認しました。ブロック解除を再開できます。`,
  because: (reason) => `理由: ${reason}`,
  guardsRestored: (guards) =>
    `データベースの保護設定が削除または変更されていたため、復元しました: ${guards}。サービスがこれらを削除することはありません。データベースを変更した人を確認してください。`,
  lost: {
    file_replaced:
      'サービスの稼働中にデータベース ファイルが削除されたか、別のファイルに置き換えられました。以後の記録は、サービスを停止すると失われます。',
    taken_over:
      '別のサービスが同じデータベースを開きました。1 つの SQLite ファイルを 2 つのサービスで使うことはできません。',
  },
  afterLoss:
    'ブロック解除は行いません。アラートの通知は続けます。サービスを停止し、正しいデータベースがあること、使うサービスが 1 つだけであることを確認してから、再び起動してください。',
  status: (seq, since) =>
    `監査証跡が ${seq} 件目で壊れています (検知日時: ${since})。担当者が判断を記録するまで (npm run audit -- accept)、ブロック解除は行いません。`,
};
