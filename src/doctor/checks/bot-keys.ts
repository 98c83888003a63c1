import { z } from 'zod';
import type { Examine, Patient } from '../check.ts';
import { wordsOfFailure } from '../failure-words.ts';
import { failed, ok } from '../finding.ts';

const TIMEOUT_MS = 10_000;

const metadataSchema = z.object({ jwks_uri: z.url() });
const keysSchema = z.object({ keys: z.array(z.unknown()).min(1) });

/** Every activity's token is checked with these keys. */
export const examineBotKeys: Examine = async ({ config, connections, words }) => {
  try {
    const { jwks_uri } = metadataSchema.parse(await read(connections, config.botOpenIdMetadataUrl));
    keysSchema.parse(await read(connections, jwks_uri));
    return ok(words.botKeys.ok);
  } catch (error) {
    const why = error instanceof z.ZodError ? 'The answer makes no sense.' : wordsOfFailure(error);
    return failed(words.botKeys.unreachable(why));
  }
};

async function read({ fetch }: Patient['connections'], url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}
