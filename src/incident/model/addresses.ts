const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d]|\.\d)/g;

/** Whether a text contains this address or an address of this range. Both are in lower case and in the form of SenderIPAddresses. */
export function mentionsAddress(text: string, address: string): boolean {
  const [base = '', prefix] = address.split('/');
  const from = numberOf(base);
  if (from === null) return isIpv6(base) && prefix === undefined && hasWhole(text, base);
  const length = prefix === undefined ? 32 : Number(prefix);
  if (!Number.isInteger(length) || length < MIN_PREFIX || length > 32) return false;
  const size = 2 ** (32 - length);
  const first = Math.floor(from / size) * size;
  return [...text.matchAll(IPV4)].some(([found]) => {
    const it = numberOf(found);
    return it !== null && it >= first && it < first + size;
  });
}

/** Exchange accepts ranges of /24 and smaller; a wider one identifies no connector. */
const MIN_PREFIX = 24;

function numberOf(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isIpv6(address: string): boolean {
  return /^[\da-f:]{6,}$/.test(address) && address.includes(':');
}

function hasWhole(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + address.length] ?? ' '}`;
    if (!/[\da-f:]/.test(around)) return true;
  }
  return false;
}

/** Whether a text contains this domain, alone or within an address. For `*.` domains, subdomains count too. */
export function mentionsDomain(text: string, domain: string): boolean {
  const wild = domain.startsWith('*.');
  const bare = wild ? domain.slice(2) : domain;
  if (!/^[^\s.*@]+(\.[^\s.*@]+)+$/.test(bare)) return false;
  for (let at = text.indexOf(bare); at >= 0; at = text.indexOf(bare, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + bare.length, at + bare.length + 2);
    const begins = before === '.' ? wild : !/[\p{L}\p{N}_-]/u.test(before);
    if (begins && !/^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}
