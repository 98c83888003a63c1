export type Progress = {
  /** Updates the progress, and redraws the line when it is due. */
  at(done: number, total: number): void;
  /** Removes the line. */
  end(): void;
};

type Stream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

const REDRAW_MS = 250;
/** Shorter work shows no line. */
const SILENT_MS = 2_000;
const PLAIN_MS = 30_000;
/** Below this share of the work, no remaining time is estimated. */
const MIN_SHARE = 0.02;

/** Creates a progress display for a long command: a line that is redrawn on a terminal, and a plain line every 30 s elsewhere. */
export function createProgress(label: string, stream: Stream, clock: () => number): Progress {
  const begun = clock();
  const isTerminal = stream.isTTY === true;
  let drawnAt = begun;
  let isDrawn = false;
  let latest = { done: 0, total: 0 };
  const draw = () => {
    const now = clock();
    const elapsed = now - begun;
    if (isTerminal ? elapsed < SILENT_MS || now - drawnAt < REDRAW_MS : now - drawnAt < PLAIN_MS) return;
    drawnAt = now;
    const text = progressText(label, latest, elapsed);
    stream.write(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`);
    isDrawn = isTerminal;
  };
  const timer = setInterval(draw, 1_000).unref();
  return {
    at(done, total) {
      latest = { done, total };
      draw();
    },
    end() {
      clearInterval(timer);
      if (isDrawn) stream.write('\r\u001b[2K');
    },
  };
}

/** `elapsed` in ms. */
function progressText(
  label: string,
  { done, total }: { readonly done: number; readonly total: number },
  elapsed: number,
) {
  const share = total === 0 ? 0 : done / total;
  const left = share < MIN_SHARE ? '' : `, about ${duration((elapsed / share) * (1 - share))} left`;
  const amount = total === 0 ? '' : ` ${done} of ${total},`;
  return `${label}:${amount} ${duration(elapsed)} elapsed${left}`;
}

/** `ms` as minutes and seconds, such as 1:05. */
function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
