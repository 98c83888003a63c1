import { z } from 'zod';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { failed, ok } from '../finding.ts';

const TIMEOUT_MS = 10_000;

const metadataSchema = z.object({ jwks_uri: z.url() });
const keysSchema = z.object({ keys: z.array(z.unknown()).min(1) });

/** Checks whether the keys that sign the tokens of all activities can be fetched. */
export const examineBotKeys: Examine = async ({ config, connections, strings }) => {
  try {
    const { jwks_uri } = metadataSchema.parse(await read(connections, config.botOpenIdMetadataUrl));
    keysSchema.parse(await read(connections, jwks_uri));
    return ok(strings.botKeys.ok);
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'The response could not be parsed.' : failureMessage(error);
    return failed(strings.botKeys.unreachable(reason));
  }
};

async function read({ fetch }: CheckContext['connections'], url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}
