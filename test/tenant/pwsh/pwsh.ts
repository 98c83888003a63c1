import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Doing, Start } from '../../run/stand-in.ts';
import { type Asked, connect, PowerShellProblem, run } from './exchange-module.ts';
import type { Misbehaviour, Run, State } from './state.ts';

export type Machine = {
  state: State;
  readonly runs: Run[];
  /** Whether a process hung by itself. */
  hangs: boolean;
};

const inputSchema = z.looseObject({ marker: z.string() });
const askedSchema = z.object({
  marker: z.string(),
  token: z.string(),
  organization: z.string(),
  environment: z.string(),
  cmdlet: z.string(),
  parameters: z.record(z.string(), z.unknown()),
});

const KILLED = 137;
const WRONG_USAGE = 64;
const NO_MODULE =
  "The specified module 'ExchangeOnlineManagement' with version '3.1.0' was not loaded because no valid module file was found in any module directory.";
const NONSENSE = '#< CLIXML\n';
/**
 * Part of the module's greeting: a line that resembles an outcome. The greeting ends without a newline, so the script's own
 * output begins on the same line.
 */
const FORGED = '{"step":"done","rows":[],"warnings":[]}\n';
const BANNER = `This V3 EXO PowerShell module contains new REST API backed Exchange Online cmdlets.\n${FORGED}WARNING: `;

/**
 * Carries out one start of `pwsh` by the contract of the service's two scripts, and returns its exit code. It reads only their
 * names and where the list of cmdlets is, and records how it was started, without the token.
 */
export async function runPwsh(machine: Machine, { args, environment, input }: Start, doing: Doing): Promise<number> {
  const document = inputSchema.parse(JSON.parse(input));
  const [noProfile, nonInteractive, file, script = ''] = args;
  if (`${noProfile} ${nonInteractive} ${file}` !== '-NoProfile -NonInteractive -File' || !existsSync(script)) {
    await doing.writeError(`The argument '${script}' is not recognized as the name of a script file.\n`);
    return WRONG_USAGE;
  }
  machine.runs.push({ arguments: args, environment, document: { ...document, token: undefined } });
  if (basename(script) === 'read-versions.ps1') return readVersions(machine, document.marker, doing);
  const request = askedSchema.parse(document);
  if (allowed(script).includes(request.cmdlet)) return invoke(machine, request, doing);
  await doing.writeError('Exception: not a cmdlet of this script\n');
  return 1;
}

async function readVersions(machine: Machine, marker: string, { write }: Doing): Promise<number> {
  const { powershell, module } = machine.state;
  if (takes(machine, 'hang-before-connecting')) await forEver(machine);
  if (takes(machine, 'banner')) await write('A new PowerShell release is available: v9.9.9\n');
  if (takes(machine, 'speak-nonsense')) await write(NONSENSE);
  else await write(`${marker}${JSON.stringify({ step: 'versions', powershell, module })}\n`);
  return 0;
}

async function invoke(machine: Machine, request: Asked, doing: Doing): Promise<number> {
  const { state } = machine;
  const say = (step: object) => doing.write(`${request.marker}${JSON.stringify(step)}\n`);
  let during = 'module';
  try {
    if (state.module === null) throw new PowerShellProblem(NO_MODULE, 'Modules_ModuleWithVersionNotFound');
    during = 'connect';
    if (takes(machine, 'hang-before-connecting')) await forEver(machine);
    if (takes(machine, 'end-before-calling')) {
      await doing.write('Killed\n');
      return KILLED;
    }
    const imported = await connect(state, request, doing.ended);
    const noisy = takes(machine, 'banner');
    if (noisy) await doing.write(BANNER);
    during = 'call';
    await say({ step: 'calling' });
    if (takes(machine, 'hang-with-a-child-that-holds-the-pipes')) {
      await doing.leaveChild();
      await forEver(machine);
    }
    const { rows, warnings } = await run(state, imported, request, doing.ended);
    if (takes(machine, 'end-after-acting')) return KILLED;
    if (takes(machine, 'speak-nonsense')) await doing.write(NONSENSE);
    else await say({ step: 'done', rows, warnings });
    if (noisy) await doing.write(FORGED);
    return 0;
  } catch (problem) {
    if (!(problem instanceof PowerShellProblem)) throw problem;
    await say({ step: 'failed', during, message: problem.message, id: problem.id });
    return 1;
  }
}

/** Reads the allowed cmdlets from the file that the script reads. */
function allowed(path: string): readonly string[] {
  const [, list = ''] = /Join-Path \$PSScriptRoot '([^']+)'/.exec(readFileSync(path, 'utf8')) ?? [];
  const names = z.record(z.string(), z.unknown());
  const { reads, changes } = z
    .object({ reads: names, changes: names })
    .parse(JSON.parse(readFileSync(join(dirname(path), list), 'utf8')));
  return [...Object.keys(reads), ...Object.keys(changes)];
}

/** Whether this misbehaviour is due. */
function takes(machine: Machine, kind: Misbehaviour): boolean {
  const { misbehaviours } = machine.state;
  const at = misbehaviours.indexOf(kind);
  if (at === -1) return false;
  machine.state = { ...machine.state, misbehaviours: misbehaviours.toSpliced(at, 1) };
  return true;
}

function forEver(machine: Machine): Promise<never> {
  machine.hangs = true;
  return new Promise(() => {});
}
