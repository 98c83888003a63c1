/** What no screen shows: marks without a width, and letters that Unicode gives no shape (Default_Ignorable_Code_Point). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const READABLE = /[\p{L}\p{N}]/u;

/** Whether a reason says anything to a reader: it has a letter or a digit that can be seen. */
export function isReadable(reason: string): boolean {
  return READABLE.test(reason.normalize('NFKC').replaceAll(UNSEEN, ''));
}
