import type { SignalHealth } from '../../storage/signal-health.ts';
import type { Strings } from '../locales/locale.ts';
import { type Line, type Section, textLine } from './card-lines.ts';
import { cardTime, LONGEST_WORDS } from './card-text.ts';

/** Which signals are live, and when each last worked. */
export function signalsSection(signals: readonly SignalHealth[], { signals: words }: Strings['chat']): Section {
  return { title: '', lines: signals.map((signal) => signalLine(signal, words)) };
}

function signalLine({ name, state, succeededAt, problem }: SignalHealth, words: Strings['chat']['signals']): Line {
  const value = problem === null ? words.states[state] : words.because(words.states[state], problem);
  const when = succeededAt === null ? '' : `${words.lastAt} ${cardTime(succeededAt)}`;
  return { ...textLine(words.names[name], value, LONGEST_WORDS), when };
}
