import { text } from '../finding.ts';
import type { doctorEnUs } from './doctor-en-us.ts';
import { headingsJaJp, helpJaJp } from './help.ts';
import { microsoftJaJp } from './microsoft-ja-jp.ts';
import { namesJaJp } from './names-ja-jp.ts';

export const doctorJaJp: typeof doctorEnUs = {
  ...microsoftJaJp,
  title: 'Connector Guard: 動作の確認と、必要な対応',
  statuses: { ok: '正常', warning: '注意', failed: '異常', skipped: '未確認' },
  names: namesJaJp,
  verdict: (failed, warnings) => {
    if (failed > 0) return `このままではサービスは正常に動作しません。異常 ${failed} 件、注意 ${warnings} 件です。`;
    return warnings === 0 ? 'すべて正常です。' : `サービスは動作します。注意が ${warnings} 件あります。`;
  },
  help: helpJaJp,
  headings: headingsJaJp,
  examining: '確認中',
  report: {
    written: (file) => `${file} にレポートを書き出しました。送る前に内容を確認してください。`,
    exists: (file) => `${file} は既にあるため、レポートを書き出していません。新しいファイル名を指定してください。`,
    settings: (file) => `この設定では問い合わせできないため、${file} にレポートを書き出していません。`,
  },
  skipped: (need) => text(`「${namesJaJp[need]}」が前提のため、確認していません。`),
  late: (ms) =>
    text(`${Math.round(ms / 1000)} 秒以内に応答がありません。`, 'ネットワークを確認し、もう一度実行してください。'),
  unexamined: (reason) =>
    text(`確認できませんでした。${reason}`, '数分後にもう一度実行し、続く場合は表示された内容に対応してください。'),
  settings: {
    ok: text('すべての設定を読み取れます。'),
    problem: (problem) => text(problem, 'サービスの環境変数を修正してください (説明は env/.env.example にあります)。'),
  },
  database: {
    ok: (kind) => text(`${kind}: 接続でき、このバージョンの形式です。`),
    absent: text(
      'データベース ファイルがまだありません。',
      '一度も起動していなければ対応は不要です。起動済みなら、DATABASE_URL をサービスが使うファイルに合わせてください。',
    ),
    empty: text('データベースにまだテーブルがありません。', 'サービスを一度起動してください。自動で作成します。'),
    too_old: text(
      'データベースは最初のリリースより前の形式のため、更新できません。',
      'そのバージョンで監査証跡をエクスポートし、コピーを保管して、DATABASE_URL に新しいデータベースを指定してください。',
    ),
    older: text(
      'データベースは古いバージョンの形式です。',
      'バックアップを取り、このバージョンのサービスを起動してください。自動で更新します。',
    ),
    newer: text(
      'データベースは新しいバージョンの形式のため、このバージョンのサービスは起動できません。',
      '新しいバージョンに戻すか、更新前のバックアップを復元してください。',
    ),
    unreachable: (reason) =>
      text(
        `データベースを開けません。${reason}`,
        'DATABASE_URL と、サーバーが動作してこのマシンからの接続を許可していること、またはこのユーザーが読めるデータベース ファイルであることを確認してください。',
      ),
  },
  databaseDisk: {
    ok: (megabytes) => text(`ローカル ディスクにあり、空きは ${megabytes} MB です。`),
    server: text('ディスクはデータベース サーバー側にあります。'),
    network: text(
      'データベース ファイルがネットワーク ディスクにあります。SQLite ではデータを失うおそれがあります。',
      'ローカル ディスクに置くか、DATABASE_URL に PostgreSQL サーバーを設定してください。',
    ),
    notWritable: (path) =>
      text(
        `このユーザーは ${path} に書き込めません。`,
        'サービスのユーザーで実行してください。そのユーザーであれば、書き込み権限を与えてください。',
      ),
    low: (megabytes) =>
      text(
        `データベースのディスクの空きが ${megabytes} MB しかありません。`,
        '空きを増やしてください。一杯になると、記録も通知もできません。',
      ),
  },
  databaseClock: {
    ok: text('データベース サーバーの時計は、こちらの時計と合っています。'),
    own: text('SQLite には独自の時計がありません。'),
    skewed: (seconds) =>
      text(`データベース サーバーの時計と ${seconds} 秒ずれています。`, '両方のマシンで NTP を有効にしてください。'),
  },
  jobs: {
    ok: text('保留されたジョブはありません。'),
    dead: (count, tasks) =>
      text(
        `失敗を繰り返して保留されたジョブが ${count} 件あります (${tasks})。`,
        'サービスのログで理由を確認してください。その処理は行われていません。',
      ),
  },
  reading: {
    none: text('このデータベースでは、まだ Exchange 情報を取得していません。', 'サービスを起動してください。'),
    ok: (minutes) => text(`Exchange 情報を最後に完全に取得したのは ${minutes} 分前です。`),
    old: (minutes) =>
      text(
        `Exchange 情報を最後に完全に取得したのは ${minutes} 分前です。`,
        'サービスが停止していれば起動し、動作中ならログと /healthz/watching を確認してください。',
      ),
    incomplete: (reason) =>
      text(
        `Exchange 情報の直近の取得は一部のみ成功しました。${reason}`,
        'Exchange が示す問題を修正してください。完全に取得できるまで、制限が解除されたとは判断しません。',
      ),
  },
  auditTrail: {
    ok: (seq) => text(`末尾まで正しく、全 ${seq} 件です。`),
    broken: (seq) =>
      text(
        `監査証跡が ${seq} 件目で壊れています。データベースが変更されています。`,
        'データベースの複製を保存し、npm run audit -- verify で詳しく確認してください。',
      ),
    known: (seq, since) =>
      text(
        `監査証跡が ${seq} 件目で壊れていることをサービスが検知しました (${since})。担当者が判断を記録するまで、ブロック解除は行いません。`,
        'データベースの複製を保存し、変更箇所を確認してから、npm run audit -- accept --by "<名前>" --because "<理由>" で判断を記録してください。',
      ),
  },
  identity: {
    ok: (kind) => {
      const names = {
        managed_identity: 'マネージド ID ',
        secret: 'クライアント シークレット',
        certificate: '証明書',
        federated: 'フェデレーション資格情報のマネージド ID ',
      };
      return text(`${names[kind]}で認証できています。`);
    },
  },
  group: {
    ok: (count) => text(`対象者は ${count} 人です。`),
    none: text('設定されていません。'),
    absent: (variable) =>
      text(
        'Entra にこのグループはありません。',
        `${variable} に、このテナントのグループのオブジェクト ID を設定してください。`,
      ),
    unreadable: (reason) =>
      text(`グループを読み取れません。${reason}`, 'もう一度実行してください。読み取れない間は、誰も承認できません。'),
    tooFew: (count) =>
      text(
        `承認者グループの対象者は ${count} 人です。ブロック解除には異なる 2 人が必要です。`,
        'APPROVER_GROUP_ID のグループに人を追加してください。ゲストと無効なアカウントは数えません。',
      ),
    empty: (variable) =>
      text(
        'グループに対象者がいません。',
        `${variable} のグループに人を追加してください。ゲストと無効なアカウントは数えません。`,
      ),
    incomplete: (reason) =>
      text(
        `グループを最後まで読み取れませんでした。${reason}`,
        'もう一度実行してください。確認できない人の操作は受け付けません。',
      ),
  },
  channel: {
    ok: (count) => text(`ボットはチームに入っています。チームのメンバーは ${count} 人です。`),
    none: text(
      '通知先のチャネルがないため、通知できません。',
      'ADMIN_CHANNEL_ID を設定するか、管理者チャネルでボットに「ここに通知」と送ってください。',
    ),
    notInTeam: (reason) =>
      text(
        `ボットが管理者チャネルにアクセスできません。${reason}`,
        'Teams アプリ (npm run package で作成) をチームに追加し、ADMIN_CHANNEL_ID を確認してください。',
      ),
    postFailed: (reason) =>
      text(
        `サービスは前回チャネルに投稿できませんでした。${reason}`,
        '--send-test-card を試し、チャネルがあること、ボットが投稿できることを確認してください。',
      ),
  },
  approversInChannel: {
    ok: text('承認者は全員チームに入っています。'),
    missing: (count, names) =>
      text(
        `承認者のうち ${count} 人 (${names}) はチームに入っていないため、カードを見られません。`,
        'チームに追加するか、承認者グループから外してください。',
      ),
    tooFew: (count, names) =>
      text(
        `チームに入っている承認者は ${count} 人のため、2 人の承認が成立しません。入っていない人: ${names}。`,
        '承認者をチームに追加してください。',
      ),
  },
  channelMessages: {
    ok: text('チャネルの投稿を読み取れます。'),
    refused: text(
      'チャネルの投稿を読み取れません。投稿への応答が失われるとカードを見つけられず、2 枚目を投稿することがあります。',
      'チームの Teams アプリを更新し、ChannelMessage.Read.Group に同意してください。',
    ),
    noTeam: text(
      'チャネルのチームが分からないため、投稿を読み取れません。',
      'ADMIN_TEAM_ID にチームのオブジェクト ID を設定するか、チャネルでボットに話しかけてください。',
    ),
  },
  testCard: {
    title: 'これはテストです',
    text: (at) =>
      `${at} に Connector Guard の doctor が --send-test-card 付きで実行されました。このために制限されたコネクタはなく、対応は不要です。`,
    sent: text(
      '管理者チャネルにテスト カードを投稿しました。',
      'カードが届いているか確認してください。不要になったら削除してかまいません。',
    ),
    refused: (reason) =>
      text(
        `テスト カードを投稿できません。${reason}`,
        'Teams アプリをチームに追加し、ボットがチャネルに投稿できることを確認してください。',
      ),
  },
};
