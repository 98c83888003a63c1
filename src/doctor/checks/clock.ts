import type { Examine } from '../check.ts';
import { type Found, failed, ok, warning } from '../finding.ts';

const NOTICEABLE_MS = 60_000;
/** The clock skew that Entra and the Bot Framework allow (Microsoft identity platform; Bot Connector authentication). */
const FATAL_MS = 300_000;

/** Measures the skew against Microsoft's clocks by the `Date` header of their responses to the other checks. */
export const examineClock: Examine = async ({ config, connections, strings }) => {
  const services = { Graph: config.graph.endpoint, Exchange: config.exchange.endpoint, Teams: config.teamsServiceUrl };
  const skews = Object.entries(services).flatMap(([service, url]) => {
    const skew = connections.skews.get(new URL(url).origin);
    return skew === undefined ? [] : [{ service, skew: Math.abs(skew) }];
  });
  const [worst] = skews.toSorted((a, b) => b.skew - a.skew);
  if (worst === undefined) return ok(strings.clock.unknown);
  return judgeSkew(worst.skew, strings.clock.ok, strings.clock.skewed(worst.service, Math.round(worst.skew / 1000)));
};

/** Judges a clock skew in ms. Beyond five minutes tokens fail; between one and five minutes it is a warning. */
export function judgeSkew(skew: number, agrees: Parameters<typeof ok>[0], differs: Parameters<typeof ok>[0]): Found {
  if (skew <= NOTICEABLE_MS) return ok(agrees);
  return skew > FATAL_MS ? failed(differs) : warning(differs);
}
