import { type Facts, type Judgement, refused } from './facts.ts';
import { sameSettings } from './same-settings.ts';

/** Judges the card from which something is begun: it must show the present configuration and the present state. */
export function judgeShown({ connector, drawn, stateRevision }: Facts, shown: number | undefined): Judgement | null {
  if (shown === undefined) return null;
  const configuration = drawn.findLast(({ revision }) => revision <= shown)?.configuration ?? null;
  if (!sameSettings(configuration, connector?.configuration ?? null)) return refused('configuration_changed');
  return shown < stateRevision ? refused('stale_card') : null;
}
