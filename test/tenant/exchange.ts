import { z } from 'zod';
import {
  type AnswerOptions,
  expiredPage,
  malformed,
  redirected,
  withNotices,
  wrongAnchor,
} from './exchange-answers.ts';
import { type Cmdlet, runCmdlet } from './exchange-cmdlets.ts';
import { nulBytes403 } from './fault-effects.ts';
import type { SimulatedService } from './service-server.ts';
import { type Answer, bodyOf, type Call, empty, json } from './wire.ts';

/** Key casing matters and `Parameters` is never null (rknightion/graph2otel, internal/exoclient). */
const commandSchema = z.object({
  CmdletInput: z.object({ CmdletName: z.string().min(1), Parameters: z.record(z.string(), z.unknown()) }),
});
const nameSchema = z.object({ CmdletInput: z.object({ CmdletName: z.string() }) });

type Options = {
  readonly tenantId: string;
  readonly cmdlets: ReadonlyMap<string, Cmdlet>;
  readonly answers: AnswerOptions;
  /** The origin of the tenant's own host; absent on that host itself. */
  readonly ownHost?: string;
  tokenOk(call: Call): Promise<boolean>;
};

/** Creates Exchange Online's admin API, the back end of Microsoft's PowerShell module. */
export function exchangeService({ tenantId, cmdlets, answers, ownHost, tokenOk }: Options): SimulatedService {
  return {
    service: 'exchange',
    operationOf(call) {
      const named = nameSchema.safeParse(bodyOf(call));
      return named.success ? named.data.CmdletInput.CmdletName : `${call.method} ${call.path}`;
    },
    tokenOk,
    // The status is live (rknightion/graph2otel, internal/exoclient); no body was published for a token with another audience.
    unauthorized: () => empty(401, { 'WWW-Authenticate': 'Bearer realm="", error="invalid_token"' }),
    answer: (call) => {
      if (answers.redirect && ownHost !== undefined) return redirected(ownHost, call);
      if (answers.anchor === 'refused' && 'x-anchormailbox' in call.headers) return wrongAnchor();
      return withNotices(answer(call, tenantId, cmdlets), answers.warnings);
    },
  };
}

function answer(call: Call, tenantId: string, cmdlets: ReadonlyMap<string, Cmdlet>): Answer {
  const path = call.path.toLowerCase();
  if (call.method === 'GET' && path === `/adminapi/v1.0/${tenantId}/exomodulefile`) return moduleFile(cmdlets);
  if (call.method !== 'POST' || path !== `/adminapi/beta/${tenantId}/invokecommand`) return empty(404);
  if (call.query.size > 0) return expiredPage();
  const command = commandSchema.safeParse(bodyOf(call));
  if (!command.success) return malformed(`Invalid request: ${command.error.issues[0]?.path.join('.') ?? 'body'}`);
  const { CmdletName, Parameters } = command.data.CmdletInput;
  const cmdlet = find(cmdlets, CmdletName);
  if (cmdlet === undefined) return nulBytes403();
  return runCmdlet(cmdlet, { origin: call.origin, tenantId, parameters: Parameters });
}

function find(cmdlets: ReadonlyMap<string, Cmdlet>, name: string): Cmdlet | undefined {
  return [...cmdlets].find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}

/** Returns the cmdlets that this application may run, in the form that KelvinTegelaar/CIPP-API reads. */
function moduleFile(cmdlets: ReadonlyMap<string, Cmdlet>): Answer {
  return json(200, { value: [{ exportedCmdlets: [...cmdlets.keys()].join(',') }] });
}
