import type { SignalHealth } from '../../storage/signals.ts';
import type { Strings } from '../locales/locale.ts';
import { type Line, type Section, textLine } from './card-lines.ts';
import { cardTime, MAX_TEXT } from './card-text.ts';

/** Returns which signals are active, and when each last worked. */
export function signalsSection(signals: readonly SignalHealth[], { signals: strings }: Strings['chat']): Section {
  return { title: '', lines: signals.map((signal) => signalLine(signal, strings)) };
}

function signalLine(
  { name, state, succeededAt, reason: problem }: SignalHealth,
  strings: Strings['chat']['signals'],
): Line {
  const value = problem === null ? strings.states[state] : strings.because(strings.states[state], problem);
  const when = succeededAt === null ? '' : `${strings.lastAt} ${cardTime(succeededAt)}`;
  return { ...textLine(strings.names[name], value, MAX_TEXT), when };
}
