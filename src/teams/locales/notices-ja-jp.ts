import type { Source } from '../../incident/model/outage.ts';
import type { MicrosoftService } from '../../shared/errors.ts';
import type { noticesEnUs } from './notices-en-us.ts';

const services: { readonly [service in MicrosoftService]: string } = {
  exchange: 'Exchange',
  graph: 'Microsoft Graph',
  teams: 'Teams',
  entra: 'Entra',
  activity_feed: '監査フィード',
};

const unseen: { readonly [source in Source]: string } = {
  exchange: '回復するまで新しい制限を検知できません。表示中のカードは最新でない可能性があります。',
  graph:
    '制限は Exchange で引き続き検知しますが、Defender のアラートは確認できません。権限を検査できない承認は受け付けません。',
};

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

export const noticesJaJp: typeof noticesEnUs = {
  channelMove: {
    channel: (id) => `チャネル ${id}`,
    proposed: (by, where, code, until) =>
      `${by} さんが、カードの投稿先をこのチャネルから${where} に変更することを提案しました。${until} までに別の管理者がどちらかのチャネルで「チャネル変更を承認 ${code}」と送らない限り、変更されません。このチャネルのままにするには「チャネル変更を却下 ${code}」と送ってください。`,
    moved: (where, proposer, confirmer) =>
      `今後、カードはこのチャネルではなく${where} に投稿されます (提案: ${proposer} さん、承認: ${confirmer} さん)。`,
    kept: (proposer, by) =>
      `${proposer} さんの提案は ${by} さんが却下しました。カードはこのチャネルには投稿されません。`,
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
  },
  drills: {
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
  },
  outage: {
    unreachable: (service, since) => `${services[service]} は ${since} から応答していません。`,
    away: (source, since) => `${services[source]} が ${since} から応答していません。${unseen[source]}`,
    notWhole: (source, since) =>
      `${services[source]} から ${since} 以降、完全な応答を得られていません。${unseen[source]}理由は「コネクタの状態」で確認できます。`,
    meanwhile:
      'Microsoft のサービス正常性を確認してください。その間に急いで解除する必要があれば、運用手順書の「手動での解除」をご覧ください。',
    back: (source, at, duration) =>
      `${services[source]} は ${at} に回復しました (停止時間: ${duration})。その間の出来事はすべて反映済みです。`,
  },
  posture: {
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
  },
  selfCheck: {
    bad: (name, says) => `自己点検: 「${name}」に問題があります。${says}`,
    todo: (todo) => `→ ${todo}`,
    fixed: (name) => `自己点検: 「${name}」は正常に戻りました。`,
    heartbeat: (checkedAt) => `Connector Guard は監視を続けています。最後の自己点検: ${checkedAt}。`,
    status: (checkedAt, failed, warnings) => {
      const result =
        failed + warnings === 0
          ? 'すべて正常です'
          : [failed > 0 ? `異常 ${failed} 件` : '', warnings > 0 ? `注意 ${warnings} 件` : '']
              .filter((part) => part !== '')
              .join('、');
      return `最後の自己点検: ${checkedAt}、${result}。`;
    },
    never: '自己点検はまだ実行されていません。',
  },
  trail: {
    reason: (words) => reasons[words] ?? words,
    fault: (seq, reason, since) => `監査証跡が ${seq} 件目で壊れています (${reason})。検知日時: ${since}`,
    contradicted: (seq, author, alert) =>
      `${seq} 件目が、Defender アラート ${alert} のコメントに ${author} が記録した内容と一致しません。`,
    remembered: (seq) => `${seq} 件目が、サービスが保持している内容と一致しません。`,
    anchorsKnownSince: (since) =>
      `監査証跡が、データベースの外に記録された内容と一致しません。検知日時: ${since}。データベースの変更、古いデータベースの復元、または偽のコメントの可能性があります。`,
    more: (count) => `ほか ${count} 件`,
    decide:
      '担当者が判断を記録するまで、ブロック解除は行いません。アラートの通知は続けます。データベースの複製を保存し、`npm run audit -- verify` で変更箇所を確認してから、判断を記録してください: `npm run audit -- accept --by "<決めた人>" --because "<理由>"`',
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
      `監査証跡が ${seq} 件目で壊れています (検知日時: ${since})。担当者が判断を記録するまで (コマンド: npm run audit -- accept --by "<決めた人>" --because "<理由>")、ブロック解除は行いません。`,
  },
};
