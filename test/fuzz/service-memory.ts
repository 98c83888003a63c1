import { z } from 'zod';

/** The memory of a process, MB. */
export type ServiceMemory = {
  /** All of it as the system counts it, including garbage, and the maximum so far. */
  readonly resident: number;
  readonly peak: number;
  /** After garbage collection: live objects, and what they hold outside the heap. */
  readonly heap: number;
  readonly external: number;
};

const MB = 1024 * 1024;
const listSchema = z.tuple([z.object({ webSocketDebuggerUrl: z.url() })]);
const answerSchema = z.object({
  id: z.int(),
  result: z.object({ result: z.object({ value: z.string() }).optional() }),
});
const usageSchema = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number(), maxRssKb: z.number() });
const USAGE = 'JSON.stringify({ ...process.memoryUsage(), maxRssKb: process.resourceUsage().maxRSS })';

/** Reads the memory of a process that was started with `--inspect` on this port, and collects its garbage. */
export async function serviceMemory(inspectorPort: number): Promise<ServiceMemory> {
  const listed = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`);
  const [{ webSocketDebuggerUrl }] = listSchema.parse(await listed.json());
  const socket = new WebSocket(webSocketDebuggerUrl);
  try {
    await once(socket, 'open');
    const { rss, maxRssKb } = await usageOf(socket, 1);
    await call(socket, { id: 2, method: 'HeapProfiler.collectGarbage' });
    const { heapUsed, external } = await usageOf(socket, 3);
    return { resident: rss / MB, peak: (maxRssKb * 1024) / MB, heap: heapUsed / MB, external: external / MB };
  } finally {
    socket.close();
  }
}

async function usageOf(socket: WebSocket, id: number) {
  const result = await call(socket, { id, method: 'Runtime.evaluate', params: { expression: USAGE } });
  return usageSchema.parse(JSON.parse(result?.value ?? ''));
}

async function call(socket: WebSocket, question: { readonly id: number; readonly method: string; params?: object }) {
  const answered = once(socket, 'message');
  socket.send(JSON.stringify(question));
  const event = await answered;
  const { id, result } = answerSchema.parse(JSON.parse('data' in event ? String(event.data) : ''));
  if (id !== question.id) throw new Error(`the inspector answered question ${id}, not ${question.id}`);
  return result.result;
}

function once(socket: WebSocket, type: 'open' | 'message'): Promise<Event> {
  return new Promise((resolve, reject) => {
    socket.addEventListener(type, resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector cannot be reached')), { once: true });
  });
}
