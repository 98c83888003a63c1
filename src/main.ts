import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Help, NOT_UNDERSTOOD } from './command/help.ts';
import { printError, runCommand } from './command/run-command.ts';
import { type Config, readConfig } from './config/config.ts';
import type { Service } from './service.ts';
import type { Log } from './shared/log.ts';

const HELP: Help = {
  summary: 'Runs the service until SIGTERM or SIGINT. Settings come from the environment, then from env/.env.',
  usage: ['npm start'],
  options: [],
  examples: ['npm start', 'CLIENT_ID=… TENANT_ID=… APPROVER_GROUP_ID=… npm start   # env/.env.example lists them all'],
  exitCodes: {
    0: 'The service was stopped.',
    1: 'A setting is missing or not valid, or the service could not start.',
    2: NOT_UNDERSTOOD,
  },
};

process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const read = readConfig();
  if (!read.ok) return printError(read.problems.join('\n'), 1);
  await serve(read.config);
  return 0;
}

async function serve(config: Config): Promise<void> {
  // Where the folder is read-only, as in a container, the cache that ships with the image is used and nothing is added.
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
  const { createLog, quietLibraries } = await import('./shared/log.ts');
  const log = createLog(config.logLevel);
  quietLibraries(log);
  const started = Promise.withResolvers<Service>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void stop(started.promise, signal, log));
  try {
    // Loading the libraries takes a second, and invalid settings are reported before that.
    const { createService } = await import('./service.ts');
    const service = await createService(config, { log });
    const { port } = await service.start();
    log.info({ event: 'listening', port }, 'listening');
    started.resolve(service);
  } catch (error) {
    log.error({ event: 'start_failed', err: error }, 'the service could not start');
    // Parts that have started, such as the listener, would keep the process alive and accept work that it cannot do.
    process.exit(1);
  }
}

/** Stops the service, after its start when that is under way. */
async function stop(started: Promise<Service>, signal: string, log: Log): Promise<void> {
  log.info({ event: 'stopping', signal }, 'stopping after running jobs and requests');
  const service = await started;
  await service.stop();
  log.info({ event: 'stopped' }, 'stopped');
}
