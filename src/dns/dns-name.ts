import { domainToASCII } from 'node:url';

const MAX_NAME = 253;
/** A label of a host name or mail domain, including names with an underscore such as `_dmarc` (RFC 1035, RFC 8552). */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * Normalizes a text to a name that can be looked up: lower case, without a final dot, international names in their ASCII
 * form. Returns null when it is not a name, so that text from a setting either is one name or is not looked up.
 */
export function dnsName(text: string): string | null {
  const written = text.trim().toLowerCase().replace(/\.$/, '');
  if (/[\s\p{C}]/u.test(written)) return null;
  const name = domainToASCII(written);
  const labels = name.split('.');
  const isName = labels.length > 1 && name.length <= MAX_NAME && labels.every((label) => LABEL.test(label));
  return isName ? name : null;
}
