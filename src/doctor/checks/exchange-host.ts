import { CLOUDS } from '../../config/clouds.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { failed, ok } from '../finding.ts';

/** Checks which host of Exchange responds to this app. For China, sources name two. */
export const examineExchangeHost: Examine = async (context) => {
  const { config, strings } = context;
  const hosts = CLOUDS[config.cloud].exchange;
  const { hostname } = new URL(config.exchange.endpoint);
  if (hosts.length < 2 || !hosts.includes(hostname)) return ok(strings.exchangeHost.one);
  const others = hosts.filter((host) => host !== hostname);
  const refusal = await refusalOf(context, hostname);
  if (refusal === null) return ok(strings.exchangeHost.answers(hostname));
  for (const host of others)
    if ((await refusalOf(context, host)) === null) return failed(strings.exchangeHost.other(hostname, host));
  return failed(strings.exchangeHost.none(hosts.join(', '), refusal));
};

/** Returns null when the host responds to this app. */
async function refusalOf({ connections }: CheckContext, host: string): Promise<string | null> {
  try {
    await connections.listExportedAt(`https://${host}`);
    return null;
  } catch (error) {
    if (error instanceof UpstreamError) return failureMessage(error);
    throw error;
  }
}
