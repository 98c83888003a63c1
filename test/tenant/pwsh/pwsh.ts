import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { connect, PowerShellProblem, run } from './exchange-module.ts';
import { type Misbehaviour, type State, stateSchema } from './state.ts';

/**
 * A program in place of `pwsh` that implements the contract of the service's two scripts. It reads only their names and where
 * the list of cmdlets is, and records how it was started, without the token.
 */
const [folder = '', ...given] = process.argv.slice(2);
const state = stateSchema.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')));
const input: unknown = JSON.parse(await text(process.stdin));
const { marker } = z.object({ marker: z.string() }).parse(input);
const askedSchema = z.object({
  marker: z.string(),
  token: z.string(),
  organization: z.string(),
  environment: z.string(),
  cmdlet: z.string(),
  parameters: z.record(z.string(), z.unknown()),
});

const NO_MODULE =
  "The specified module 'ExchangeOnlineManagement' with version '3.1.0' was not loaded because no valid module file was found in any module directory.";
/**
 * Part of the module's greeting: a line that resembles an outcome. The greeting ends without a newline, so the script's own
 * output begins on the same line.
 */
const FORGED = '{"step":"done","rows":[],"warnings":[]}\n';
const BANNER = `This V3 EXO PowerShell module contains new REST API backed Exchange Online cmdlets.\n${FORGED}WARNING: `;

const [noProfile, nonInteractive, file, script = ''] = given;
if (`${noProfile} ${nonInteractive} ${file}` !== '-NoProfile -NonInteractive -File' || !existsSync(script)) {
  process.stderr.write(`The argument '${script}' is not recognized as the name of a script file.\n`);
  process.exit(64);
}
note(input);
if (basename(script) === 'read-versions.ps1') {
  if (takes('hang-before-connecting')) await forEver();
  if (takes('banner')) process.stdout.write('A new PowerShell release is available: v9.9.9\n');
  if (takes('speak-nonsense')) end('#< CLIXML', 0);
  say({ step: 'versions', powershell: state.powershell, module: state.module });
} else {
  const asked = askedSchema.parse(input);
  if (!allowed(script).includes(asked.cmdlet)) {
    process.stderr.write('Exception: not a cmdlet of this script\n');
    process.exit(1);
  }
  await invoke(state, asked);
}

async function invoke(machine: State, asked: z.infer<typeof askedSchema>): Promise<void> {
  let during = 'module';
  try {
    if (machine.module === null) throw new PowerShellProblem(NO_MODULE, 'Modules_ModuleWithVersionNotFound');
    during = 'connect';
    if (takes('hang-before-connecting')) await forEver();
    if (takes('end-before-calling')) end('Killed', 137);
    const imported = await connect(machine, asked);
    const noisy = takes('banner');
    if (noisy) process.stdout.write(BANNER);
    during = 'call';
    say({ step: 'calling' });
    if (takes('hang-with-a-child-that-holds-the-pipes')) await holdThePipes();
    const { rows, warnings } = await run(machine, imported, asked);
    if (takes('end-after-acting')) end('', 137);
    if (takes('speak-nonsense')) end('#< CLIXML', 0);
    say({ step: 'done', rows, warnings });
    if (noisy) process.stdout.write(FORGED);
  } catch (problem) {
    if (!(problem instanceof PowerShellProblem)) throw problem;
    say({ step: 'failed', during, message: problem.message, id: problem.id });
    process.exitCode = 1;
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

function say(step: object): void {
  process.stdout.write(`${marker}${JSON.stringify(step)}\n`);
}

/** Whether this misbehaviour is due; each happens as often as it is listed. */
function takes(kind: Misbehaviour): boolean {
  const at = state.misbehaviours.indexOf(kind);
  if (at === -1) return false;
  state.misbehaviours.splice(at, 1);
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state));
  return true;
}

function note(document: unknown): void {
  const withoutToken = z.record(z.string(), z.unknown()).parse(document);
  const line = { arguments: given, environment: process.env, document: { ...withoutToken, token: undefined } };
  appendFileSync(join(folder, 'runs.jsonl'), `${JSON.stringify(line)}\n`);
}

function end(lastWords: string, code: number): never {
  process.stdout.write(`${lastWords}\n`);
  process.exit(code);
}

function forEver(): Promise<never> {
  writeFileSync(join(folder, 'hangs'), '');
  return new Promise(() => setInterval(() => {}, 1_000));
}

/** Starts a child that leaves the process group and keeps standard output open after the process has exited. */
async function holdThePipes(): Promise<never> {
  spawn('sleep', ['5'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true }).unref();
  return forEver();
}
