import type { Statement, Statements } from '../../incident/model/finding.ts';
import type { Configuration } from '../../incident/model/fingerprint.ts';
import { type AddressRange, addressRange } from '../address-ranges.ts';
import { createCheck, type RunnableCheck, whole } from '../check.ts';
import { type ConnectorSettings, checkedSettings, takesAnyDomain } from '../connector-settings.ts';

/** Exchange accepts IPv4 ranges of /24 and smaller, so an entry with more addresses than this was made in another way. */
const MAX_IN_RANGE = 256;
/** A few servers have a few addresses. Beyond this number, an administrator cannot know them all. */
const FEW = 32;
const MAX_SHOWN = 10;

/** Judges who may send according to the connector's own settings. Makes no request: the configuration is that of the last observation. */
export const whoMaySend: RunnableCheck = createCheck({
  check: 'who_may_send',
  timeoutMs: 1_000,
  source: 'exchange',
  read: async ({ configuration }) => whole(configuration),
  judge: judgeWhoMaySend,
});

/** Pure. A configuration that Exchange did not return is `unknown`. */
export function judgeWhoMaySend(configuration: Configuration | null): Statements {
  if (configuration === null) return [{ kind: 'configuration_unread', verdict: 'unknown', values: {} }];
  const settings = checkedSettings(configuration);
  const ranges = settings.addresses.map(addressRange);
  const usable = ranges.filter((range) => range?.isPublic === true).filter((range) => range !== null);
  return [
    admission(settings, usable),
    ...wideRanges(usable),
    ...unusable(settings, ranges),
    ...wildcard(settings),
    ...(settings.treatedAsInternal ? [TREATED_AS_INTERNAL] : []),
  ];
}

const TREATED_AS_INTERNAL: Statement = { kind: 'treated_as_internal', verdict: 'concern', values: {} };

/** Judges how Exchange Online recognizes a server: by its address, by its certificate, or not at all. */
function admission(settings: ConnectorSettings, usable: readonly AddressRange[]): Statement {
  const { certificate, requiresTls, isPartner } = settings;
  const anyDomain = takesAnyDomain(settings);
  if (settings.addresses.length === 0) {
    return certificate === null
      ? { kind: 'no_restriction', verdict: isPartner ? 'concern' : 'bad', values: { anyDomain } }
      : { kind: 'any_server_with_certificate', verdict: 'concern', values: { certificate, anyDomain } };
  }
  const count = usable.reduce((sum, range) => sum + range.count, 0);
  const listed = { addresses: usable.slice(0, MAX_SHOWN).map(({ text }) => text), count };
  if (!requiresTls && certificate === null) {
    return { kind: 'addresses_without_tls', verdict: 'concern', values: listed };
  }
  const verdict = count > FEW ? 'concern' : 'good';
  return { kind: 'limited_to_addresses', verdict, values: { ...listed, certificate } };
}

function wideRanges(usable: readonly AddressRange[]): readonly Statement[] {
  return usable
    .filter(({ count }) => count > MAX_IN_RANGE)
    .map(({ text, count }) => ({ kind: 'wide_range', verdict: 'bad', values: { range: text, count } }));
}

function unusable({ addresses }: ConnectorSettings, ranges: readonly (AddressRange | null)[]): readonly Statement[] {
  const useless = addresses.filter((_, index) => ranges[index]?.isPublic !== true);
  if (useless.length === 0) return [];
  return [{ kind: 'unusable_addresses', verdict: 'concern', values: { addresses: useless.slice(0, MAX_SHOWN) } }];
}

function wildcard({ certificate }: ConnectorSettings): readonly Statement[] {
  if (certificate === null || !certificate.includes('*')) return [];
  return [{ kind: 'wildcard_certificate', verdict: 'concern', values: { certificate } }];
}
