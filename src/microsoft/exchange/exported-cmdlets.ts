import { z } from 'zod';
import { jsonIn } from '../../shared/json.ts';
import { type Access, createPipeline } from '../http/pipeline.ts';
import { tenantRoute } from '../http/redirect.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { explainExchange } from './error-message.ts';
import { anchor } from './headers.ts';

const PATH = 'EXOModuleFile?Version=3.9.2';

const responseSchema = z.object({ value: z.array(z.object({ exportedCmdlets: z.string() })).min(1) });

type ModuleAccess = Omit<Access, 'route'> & { readonly tenantId: string; readonly shapes?: ShapeWatch | undefined };

/**
 * Creates a reader of the cmdlets that the app's Exchange roles include, in lower case; it returns null when the response
 * has no list. Microsoft's module loads its commands from this endpoint; CIPP-API uses the same `CommandName` header and
 * `exportedCmdlets` (KelvinTegelaar/CIPP-API, New-ExoRequest.ps1). The endpoint is not documented, so its response is only
 * a hint. Throws UpstreamErrors.
 */
export function createExportedCmdlets({ tenantId, shapes, ...access }: ModuleAccess) {
  const route = tenantRoute(access.endpoint);
  const pipeline = createPipeline('exchange', { ...access, route }, explainExchange);
  const url = new URL(`/adminapi/v1.0/${tenantId}/${PATH}`, access.endpoint).href;
  return async (): Promise<ReadonlySet<string> | null> => {
    const headers = new Headers({ accept: 'application/json', CommandName: '*', ...anchor(tenantId) });
    const request = { operation: 'GET EXOModuleFile', url, method: 'GET', headers, body: undefined, repeatable: true };
    const response = responseSchema.safeParse(jsonIn((await pipeline(request)).text));
    if (!response.success) {
      shapes?.unexpected('exported_cmdlets', 'EXOModuleFile answered without exportedCmdlets');
      return null;
    }
    const offered = response.data.value.flatMap(({ exportedCmdlets }) => exportedCmdlets.split(','));
    return new Set(offered.map((name) => name.trim().toLowerCase()));
  };
}
