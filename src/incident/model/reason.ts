/** Invisible characters: marks without a width, and letters without a shape (Unicode: Default_Ignorable_Code_Point). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const READABLE = /[\p{L}\p{N}]/u;

/** Whether a reason is readable: it contains a visible letter or digit. */
export function isReadable(reason: string): boolean {
  return READABLE.test(reason.normalize('NFKC').replaceAll(UNSEEN, ''));
}
