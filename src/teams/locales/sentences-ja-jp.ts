import type { sentencesEnUs } from './sentences-en-us.ts';

export const sentencesJaJp: typeof sentencesEnUs = {
  states: {
    alerted: 'アラートのみ (対象コネクタ未特定)',
    restricted: '制限中',
    awaiting_confirmation: '最終承認待ち',
    unblocking: 'ブロック解除中',
    verifying: '解除の反映待ち',
    break_glass_waiting: '緊急解除の待機中',
    break_glass_unblocking: '緊急解除中',
    break_glass_verifying: '緊急解除の反映待ち',
    unblock_failed: '制限中 (解除に失敗)',
    unblocked: '制限なし',
    closed: '終了',
  },
  refusals: {
    no_such_incident: 'このカードはもう有効ではありません。「コネクタの状態」で現在の状態を確認してください。',
    wrong_tenant: '別のテナントからの操作のため、何も行っていません。',
    not_identified:
      'Teams から本人の情報が届かなかったため、何も行っていません。職場のアカウントで Teams にサインインして、もう一度お試しください。',
    not_a_person: 'ボットやアプリは承認できないため、何も行っていません。ボタンは人が押す必要があります。',
    not_member:
      '承認者グループのメンバーではないため、何も行っていません。必要な場合はグループの所有者に依頼してください。',
    no_active_role:
      'テナント全体で有効な承認者ロールがないため、何も行っていません。資格がある場合は、Privileged Identity Management でロールを有効にしてから、もう一度お試しください。',
    neither_member_nor_role:
      '承認者グループのメンバーではなく、テナント全体で有効な承認者ロールもないため、何も行っていません。ロールの資格がある場合は、Privileged Identity Management で有効にしてから、もう一度お試しください。',
    guest: 'ゲストは承認できないため、何も行っていません。このテナントのメンバーである管理者に依頼してください。',
    account_disabled: 'Entra でアカウントが無効になっているため、何も行っていません。',
    directory_unreachable:
      'Microsoft Graph が応答せず、権限を検査できなかったため、何も行っていません。1 分ほど後にもう一度お試しください。',
    directory_refused:
      '権限の検査が Microsoft Graph に拒否されたため、何も行っていません。このサービスの管理者に、資格情報とアクセス許可の点検 (npm run doctor) を依頼してください。',
    malformed_click:
      'このボタンを処理できなかったため、何も行っていません。カードの「…」から「更新」を選び、もう一度お試しください。',
    incident_over: (state) => `このインシデントは終了しています (${state})。何も行っていません。`,
    not_now: (state) => `現在の状態は「${state}」のため、この操作はできません。できることはカードに表示されています。`,
    another_approval_waiting: (approver) =>
      `${approver} さんがすでに承認しています。内容を調べ、問題がなければカードの「最終承認…」を押してください。`,
    stale_card:
      'そのカードは、前回の承認またはブロック解除が終了する前のものです。何も行っていません。現在のカードを見てから、操作してください。',
    approval_not_current:
      'その承認はすでに終わっているため、何も行っていません。現在の状態はカードに表示されています。',
    connector_without_id:
      'Exchange の一覧に ID がないため、ここからは解除できません。制限付きエンティティのページで解除してください。',
    approval_expired: 'その承認は期限切れのため、何も行っていません。もう一度承認が必要です。',
    configuration_changed: (fields) =>
      `コネクタの設定がこのカードの表示内容と異なるため${fields === '' ? '' : ` (${fields})`}、何も行っていません。現在のカードの内容を見て、もう一度判断してください。`,
    own_approval: '一次承認したのはご自身のため、別の管理者の最終承認が必要です。',
    withdraw_instead: 'ご自身の承認です。取り消すには「承認を取り下げる」を押してください。',
    not_your_approval: (approver) => `この承認を取り下げられるのは ${approver} さんだけです。却下することはできます。`,
    findings_not_acknowledged: (checks) =>
      `まだチェックされていない、危険と判定された項目があります: ${checks}。「…」から「更新」を選んで内容を読み、該当するチェックボックスをオンにしてから、もう一度承認してください。何も行っていません。`,
    findings_got_worse: (found, code) =>
      `ご覧のカードが作成された後に、検査の結果が悪化しました。${found} カードをもう一度確認してから最終承認してください (入力する場合は「最終承認 ${code}」)。何も行っていません。`,
    own_question: '一次承認したのはご自身です。質問はほかの管理者からのみ送信できます。何も送信していません。',
    question_missing: '質問を入力して、もう一度お試しください。何も送信していません。',
    too_many_questions: '質問が続いているため、送信していません。30 秒ほど待つか、スレッドに直接投稿してください。',
    recommendations_not_attested: 'すべての項目にチェックを入れてから、もう一度承認してください。何も行っていません。',
    alert_not_linked_by_time:
      'そのアラートは発生時刻だけで関連付けられたものではないため、何も行っていません。現在の状態はカードに表示されています。',
    break_glass_off:
      '緊急解除は無効に設定されているため、何も行っていません。解除には、異なる管理者 2 人の承認が必要です。',
    not_in_emergency_group:
      '緊急解除グループのメンバーではないため、何も行っていません。解除には、異なる管理者 2 人の承認が必要です。',
    break_glass_not_current:
      'その緊急解除はすでに終わっているため、何も行っていません。現在の状態はカードに表示されています。',
    break_glass_too_late: 'すでに Exchange にブロック解除を要求したため、中止できません。結果はカードに表示されます。',
    nothing_to_review: 'レビューの対象がないため、何も行っていません。',
    own_break_glass: '緊急解除を実行したのはご自身のため、別の承認者によるレビューが必要です。',
    audit_trail_broken: (seq) =>
      `監査証跡が ${seq} 件目から記録時の内容と一致しないため、ブロック解除はできません。何も行っていません。サービスの管理者が調査し、判断を記録する必要があります (コマンドは運用手順書「監査証跡が壊れている」)。`,
    database_lost:
      'サービスの稼働中にデータベースが削除されたか置き換えられた、または別のサービスに開かれたため、ブロック解除はできません。何も行っていません。サービスの管理者がデータベースを確認し、サービスを再起動する必要があります。',
    comment_missing: 'レビューの結果を入力して、もう一度お試しください。何も行っていません。',
    reason_missing: '理由を入力して、もう一度お試しください。何も行っていません。',
  },
  applied: {
    approve: (name) => `${name} のブロック解除を承認しました (一次承認)。別の管理者の最終承認が必要です。`,
    confirm: (name) => `最終承認しました。${name} が制限付きエンティティから削除されると、カードに表示されます。`,
    reject: (name) => `承認を却下しました。${name} は制限されたままです。`,
    withdraw: (name) => `承認を取り下げました。${name} は制限されたままです。`,
    ask: () => '質問をカードのスレッドに投稿します。',
    acknowledge: (name) => `${name} に対応中であることを記録しました。`,
    keep_restricted: (name) => `${name} の制限を維持することを記録しました。`,
    unlink_alert: (name) => `アラートを ${name} とは無関係としました。`,
    break_glass: (name) =>
      `${name} の緊急解除を開始しました。承認者が中止しない限り、カードに表示された日時に Exchange へブロック解除を要求します。`,
    stop_break_glass: (name) => `緊急解除を中止しました。${name} は制限されたままです。`,
    review_break_glass: (name) => `${name} の緊急解除のレビューを記録しました。`,
  },
  repeated: {
    approve: (name) => `${name} の一次承認はすでに受け付けています。別の管理者の最終承認が必要です。`,
    confirm: (name, state) => `すでに最終承認済みです。${name} の状態: ${state}。`,
    reject: (name) => `この承認はすでに却下済みです。${name} は制限されたままです。`,
    withdraw: (name) => `この承認はすでに取り下げ済みです。${name} は制限されたままです。`,
    ask: () => 'この質問はすでに送信済みです。回答はカードのスレッドを確認してください。',
    acknowledge: (name) => `${name} に対応中であることは、すでに記録されています。`,
    keep_restricted: (name) => `${name} の制限を維持することは、すでに記録されています。`,
    unlink_alert: (name) => `アラートは、すでに ${name} とは無関係とされています。`,
    break_glass: (name) => `${name} の緊急解除はすでに始まっています。`,
    stop_break_glass: (name) => `${name} の緊急解除はすでに中止済みです。`,
    review_break_glass: (name) => `${name} の緊急解除のレビューは、すでに記録されています。`,
  },
  someApproval: '別の管理者',
  replies: {
    approvalWaiting: (approver, name, until, left) =>
      `${name}: ${approver} さんがブロック解除を承認しました (一次承認)。${until} までに${left === null ? '' : ` (あと ${left})`}、別の管理者の最終承認が必要です。`,
    canConfirm: (mentions) => `最終承認できる人: ${mentions}`,
    nobodyHere: 'このチャネルに、ほかに最終承認できる人はいません。権限のある別の管理者をチームに追加してください。',
    rejected: (by, name) => `${by} さんが承認を却下しました。${name} は制限されたままです。`,
    withdrawn: (by, name) => `${by} さんが承認を取り下げました。${name} は制限されたままです。`,
    expired: (name) =>
      `最終承認されないまま、承認の期限が切れました。${name} は制限されたままです。解除するには、もう一度承認してください。`,
    configurationChanged: (name, changes) =>
      `承認が無効になりました: 承認後に ${name} が変更されました (${changes})。変更内容を調べてから、もう一度承認してください。`,
    configurationFound: (name) =>
      `承認が無効になりました: 承認の時点では不明だった ${name} の設定を取得できました。カードの設定を見てから、もう一度承認してください。`,
    notEligible: (person, name) =>
      `承認が無効になりました: ${person} さんは承認の権限を失いました。${name} は制限されたままです。もう一度承認してください。`,
    couldNotRecheck: (name) =>
      `承認が無効になりました: 時間内に再検査できませんでした。${name} は制限されたままです。もう一度承認してください。`,
    auditTrailBroken: (name, seq) =>
      `承認が無効になりました: 監査証跡が ${seq} 件目から記録時の内容と一致しないため、ブロック解除は行いません。${name} は制限されたままです。サービスの管理者が判断を記録した後 (コマンドは運用手順書「監査証跡が壊れている」)、もう一度承認してください。`,
    unblockedByTwo: (name, approver, confirmer) =>
      `${name}: ブロック解除が完了し、制限付きエンティティから削除されました (一次承認: ${approver}、最終承認: ${confirmer})。すべてのメールが配信されるまで最大 1 時間かかることがあります。`,
    unblockedLate: (name) =>
      `${name} の制限は解除されています。このボットによる以前の解除が遅れて反映された可能性がありますが、特定できません。`,
    unblockedElsewhere: (name) => `${name} の制限は解除されていますが、このボットによるものではありません。`,
    connectorRemoved: (name) => `${name} は削除されました。インシデントを終了します。`,
    unblockRefused: (name, words) =>
      `Exchange が ${name} のブロック解除を拒否しました: ${words}。次の対応はカードをご覧ください。`,
    notLifted: (name) =>
      `待機の期限を過ぎても、${name} は制限付きエンティティから削除されていません。次の対応はカードをご覧ください。`,
    notLiftedBusy: (name) =>
      `Exchange が混み合っていたため、${name} はまだ制限付きエンティティから削除されていません。次の対応はカードをご覧ください。`,
    reason: (reason) => `理由: ${reason}`,
  },
  reminders: {
    approve: (name, since, lasted) =>
      `リマインダー: ${name} は ${since} から制限中で${lasted === null ? '' : ` (${lasted}経過)`}、メールが拒否されています。カードで［ブロック解除を承認…］［制限を維持…］［対応中にする］のいずれかを押してください。`,
    confirm: (approver, name, until, left) =>
      `リマインダー: ${approver} さんが ${name} のブロック解除を承認しました (一次承認)。${until} までに${left === null ? '' : ` (あと ${left})`}、別の管理者がカードで最終承認または却下してください。`,
    asked: {
      approvers: (mentions) => `対応をお願いします: ${mentions}`,
      escalation: (mentions) => `まだ反応がないため、こちらの方々にもお願いします: ${mentions}`,
    },
    nobody: 'このチャネルに対応できる人がいません。承認者グループのメンバーをチームに追加してください。',
    next: (at) => `反応がない場合、次のリマインダーは ${at} です。`,
    last: 'これが最後のリマインダーです。',
  },
};
