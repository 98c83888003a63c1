import { transitions } from '../../../src/incident/decide/transitions.ts';
import { STATES } from '../../../src/incident/model/incident.ts';

/** Renders the state × event matrix as a Markdown table: a dot where the event does not apply, `=` where the state stays. */
export function matrix(): string {
  const events = [...new Set(STATES.flatMap((state) => Object.keys(transitions[state])))];
  const header = ['', ...STATES];
  const rows = events.map((event) => [
    event,
    ...STATES.map((state) => {
      const row: Readonly<Record<string, string>> = transitions[state];
      const next = row[event];
      return next === undefined ? '·' : next === state ? '=' : next;
    }),
  ]);
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}
