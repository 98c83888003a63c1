import { domainToASCII } from 'node:url';

const MAX_NAME = 253;
/** A label of a host or mail domain, and the underscore of names such as `_dmarc` (RFC 1035, RFC 8552). */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * A text as a name that may be looked up, lower case and without a final dot, international names in their ASCII form; null
 * when it is none. Whatever somebody wrote into a setting is then either one name or not looked up at all.
 */
export function dnsName(text: string): string | null {
  const written = text.trim().toLowerCase().replace(/\.$/, '');
  if (/[\s\p{C}]/u.test(written)) return null;
  const name = domainToASCII(written);
  const labels = name.split('.');
  const isName = labels.length > 1 && name.length <= MAX_NAME && labels.every((label) => LABEL.test(label));
  return isName ? name : null;
}
