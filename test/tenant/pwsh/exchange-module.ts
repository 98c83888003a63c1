import type { State } from './state.ts';

export type Asked = {
  readonly marker: string;
  readonly token: string;
  readonly organization: string;
  readonly environment: string;
  readonly cmdlet: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** An error as PowerShell's catch block receives it. */
export class PowerShellProblem extends Error {
  readonly id: string;
  constructor(message: string, id: string) {
    super(message);
    this.id = id;
  }
}

/** `Connect-ExchangeOnline -AccessToken`: imports the cmdlets that the application may run. Error texts are inferred. */
export async function connect(
  { exchange, tenantId, ...state }: State,
  asked: Asked,
  killed: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (asked.organization !== state.organization || asked.environment !== state.environment)
    throw new PowerShellProblem(`The organization ${asked.organization} was not found.`, 'OrganizationNotFound');
  const response = await fetch(`${exchange}/adminapi/v1.0/${tenantId}/EXOModuleFile?Version=${state.module}`, {
    headers: { authorization: `Bearer ${asked.token}`, commandname: '*' },
    signal: killed,
  });
  if (response.status === 401) throw new PowerShellProblem('UnAuthorized', 'System.Exception');
  if (!response.ok) throw new PowerShellProblem(`Response status code: ${response.status}`, 'System.Exception');
  const body = JSON.parse(await response.text());
  return new Set(String(body.value[0].exportedCmdlets).split(','));
}

/** Runs an imported cmdlet, which calls the same back end as the admin API. */
export async function run(state: State, imported: ReadonlySet<string>, asked: Asked, killed: AbortSignal) {
  const { cmdlet, token, parameters } = asked;
  if (!imported.has(cmdlet)) throw notRecognized(cmdlet);
  const response = await fetch(`${state.exchange}/adminapi/beta/${state.tenantId}/InvokeCommand`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } }),
    signal: killed,
  }).catch(() => {
    throw new PowerShellProblem('An error occurred while sending the request.', `[${cmdlet}],HttpRequestException`);
  });
  const text = await response.text();
  if (!response.ok) throw refusal(cmdlet, response.status, text);
  const body = text === '' ? {} : JSON.parse(text);
  return { rows: body.value ?? [], warnings: body['@adminapi.warnings'] ?? [] };
}

function notRecognized(cmdlet: string): PowerShellProblem {
  const kinds = 'cmdlet, function, script file, or executable program';
  return new PowerShellProblem(
    `The term '${cmdlet}' is not recognized as a name of a ${kinds}.`,
    'CommandNotFoundException',
  );
}

function refusal(cmdlet: string, status: number, text: string): PowerShellProblem {
  if (status === 403) return notRecognized(cmdlet);
  if (status === 429) return new PowerShellProblem('Too many requests.', `[${cmdlet}],MicroDelayWriteError`);
  const [, said] = /"message":"((?:Ex\w+\|)[^"]+)"/.exec(text) ?? [];
  return new PowerShellProblem(said ?? `Response status code: ${status}`, `[${cmdlet}],RestException`);
}
