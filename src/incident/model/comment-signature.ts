/** What ends every comment of ours on an alert; `anchor` is the head of the audit trail it keeps. */
export function commentSignature(incidentId: string, anchor?: string): string {
  return `(Connector Guard, incident ${incidentId}${anchor === undefined ? '' : `, audit ${anchor}`})`;
}

/** Whether a comment is one of ours, which says what was concluded and is no evidence for it. */
export function isOurComment(comment: string): boolean {
  return /\(Connector Guard, incident [\w-]+(?:, audit [^()]*)?\)\s*$/.test(comment);
}
