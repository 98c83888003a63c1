import { spawnSync } from 'node:child_process';
import type { Baseline } from './table.ts';

const MB = 1024 * 1024;
const METRIC = /^process_resident_memory_bytes (\d+)/m;

/** Returns the memory of the service's process (resident set), MB, from its own metrics. */
export async function residentMemory(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, bytes] = METRIC.exec(metrics) ?? [];
  if (bytes === undefined) throw new Error('the metrics do not tell the memory');
  return Number(bytes) / MB;
}

export function bareNodeMemory(): Baseline {
  const script = 'process.stdout.write(String(process.memoryUsage.rss()))';
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return { name: 'bare Node process', value: Number(stdout) / MB };
}
