import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { createService } from './service.ts';

const read = readConfig(process.env);
if (!read.ok) {
  for (const problem of read.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  await run(read.config);
}

async function run(config: Parameters<typeof createService>[0]): Promise<void> {
  const log = createLog(config.logLevel);
  try {
    const service = await createService(config, { log });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
    const { port } = await service.start();
    log.info({ port }, 'listening');

    async function stop(signal: string): Promise<void> {
      log.info({ signal }, 'stopping: finishing what is running');
      await service.stop();
      log.info('stopped');
    }
  } catch (error) {
    log.error({ err: error }, 'the service could not start');
    process.exitCode = 1;
  }
}
