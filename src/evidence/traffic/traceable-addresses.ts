import ipaddr from 'ipaddr.js';
import type { Configuration } from '../../incident/model/fingerprint.ts';
import { rangesOf } from '../connector-settings.ts';

/** Each address takes at least one of the tenant's rate-limited calls. */
const MAX_ADDRESSES = 8;

/** Returns addresses to search for in message trace. `isPart` means that the connector accepts mail from others too. */
export function traceableAddresses(configuration: Configuration | null): {
  readonly addresses: readonly string[];
  readonly isPart: boolean;
} {
  const sending = rangesOf(configuration).filter(({ isPublic }) => isPublic);
  const count = sending.reduce((sum, range) => sum + range.count, 0);
  const addresses = sending.flatMap(({ text, count: size }) => firstOf(text, Math.min(size, MAX_ADDRESSES)));
  const traced = [...new Set(addresses)].slice(0, MAX_ADDRESSES);
  return { addresses: traced, isPart: count > traced.length };
}

function firstOf(text: string, most: number): readonly string[] {
  if (!ipaddr.isValidCIDR(text)) return [ipaddr.process(text).toString()];
  const [address, prefix] = ipaddr.parseCIDR(text);
  if (address.kind() === 'ipv6') return prefix === 128 ? [address.toString()] : [];
  const base = ipaddr.IPv4.networkAddressFromCIDR(text).toByteArray();
  const start = base.reduce((sum, byte) => sum * 256 + byte, 0);
  return Array.from({ length: most }, (_, index) => bytesOf(start + index).join('.'));
}

function bytesOf(address: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
}
