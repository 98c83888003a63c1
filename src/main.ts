import { readConfig } from './config/config.ts';
import { createService } from './service.ts';
import { createLog, quietLibraries } from './shared/log.ts';

const read = readConfig();
if (read.ok) await run(read.config);
else {
  for (const problem of read.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

async function run(config: Parameters<typeof createService>[0]): Promise<void> {
  const log = createLog(config.logLevel);
  quietLibraries(log);
  try {
    const service = await createService(config, { log });
    const stop = async (signal: string) => {
      log.info({ signal }, 'stopping: finishing what is running');
      await service.stop();
      log.info('stopped');
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
    const { port } = await service.start();
    log.info({ port }, 'listening');
  } catch (error) {
    log.error({ err: error }, 'the service could not start');
    // What has begun, such as listening, would keep a process that takes work and does none.
    process.exit(1);
  }
}
