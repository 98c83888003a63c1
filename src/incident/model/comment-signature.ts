/** What ends every comment of ours on an alert; `anchor` is the head of the audit trail it keeps. */
export function commentSignature(incidentId: string, anchor?: string): string {
  return `(Connector Guard, incident ${incidentId}${anchor === undefined ? '' : `, audit ${anchor}`})`;
}

/** The head of the audit trail that a comment of ours keeps; null when it keeps none, or is not ours. */
export function anchorIn(comment: string): { readonly seq: number; readonly hash: string } | null {
  const signature = /\(Connector Guard, incident [\w-]+, audit (\d{1,15}):([0-9a-f]{16,64})\)\s*$/;
  const [, seq, hash] = signature.exec(comment) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}

/** Whether a comment is one of ours, which says what was concluded and is no evidence for it. */
export function isOurComment(comment: string): boolean {
  return /\(Connector Guard, incident [\w-]+(?:, audit [^()]*)?\)\s*$/.test(comment);
}
