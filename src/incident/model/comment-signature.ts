/** Returns the signature that ends every comment of this service on an alert. `anchor` is the head of the audit trail. */
export function commentSignature(incidentId: string, anchor?: string): string {
  return `(Connector Guard, incident ${incidentId}${anchor === undefined ? '' : `, audit ${anchor}`})`;
}

/** Reads the head of the audit trail from a comment. Returns null when the comment has none or is not by this service. */
export function anchorIn(comment: string): { readonly seq: number; readonly hash: string } | null {
  const signature = /\(Connector Guard, incident [\w-]+, audit (\d{1,15}):([0-9a-f]{16,64})\)\s*$/;
  const [, seq, hash] = signature.exec(comment) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}

/** Whether a comment is by this service. Such a comment repeats a conclusion and is no evidence for it. */
export function isOurComment(comment: string): boolean {
  return /\(Connector Guard, incident [\w-]+(?:, audit [^()]*)?\)\s*$/.test(comment);
}
