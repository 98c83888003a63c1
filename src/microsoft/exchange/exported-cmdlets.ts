import { z } from 'zod';
import { type Access, createPipeline } from '../http/pipeline.ts';
import { jsonOf, wordsOfExchange } from './error-words.ts';

const PATH = 'EXOModuleFile?Version=3.9.2';

const answerSchema = z.object({ value: z.array(z.object({ exportedCmdlets: z.string() })).min(1) });

/**
 * Whether Exchange offers a cmdlet to this app, which it does for those the app's roles hold; null when it does not say.
 * Microsoft's module loads its commands from there; the `CommandName` header and `exportedCmdlets` are what CIPP-API reads
 * (KelvinTegelaar/CIPP-API, New-ExoRequest.ps1). Not documented, so an answer is a hint. Throws UpstreamErrors.
 */
export function createExportedCmdlets({ tenantId, ...access }: Access & { readonly tenantId: string }) {
  const pipeline = createPipeline('exchange', access, wordsOfExchange);
  const url = new URL(`/adminapi/v1.0/${tenantId}/${PATH}`, access.endpoint).href;
  return async (cmdlet: string): Promise<boolean | null> => {
    const headers = new Headers({ accept: 'application/json', CommandName: cmdlet });
    const request = { operation: 'GET EXOModuleFile', url, method: 'GET', headers, body: undefined, repeatable: true };
    const answer = answerSchema.safeParse(jsonOf((await pipeline(request)).text));
    if (!answer.success) return null;
    const offered = answer.data.value.flatMap(({ exportedCmdlets }) => exportedCmdlets.split(','));
    return offered.some((name) => name.trim().toLowerCase() === cmdlet.toLowerCase());
  };
}
