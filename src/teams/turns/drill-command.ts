import type { Person } from '../../incident/model/approval.ts';
import type { Drill } from '../../incident/model/drill.ts';
import { escapeMarkup } from '../cards/messages/mention.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Sender } from '../transport/incoming.ts';
import type { Eligibility } from './eligibility.ts';
import { refusedText } from './refused-text.ts';

type Dependencies = {
  /** Returns the admin channel; null when there is none. */
  readonly watchingChannelId: () => Promise<string | null>;
  readonly eligibility: (sender: Sender) => Promise<Eligibility>;
  readonly startDrill: (by: Person) => Promise<{ readonly started: boolean; readonly drill: Drill }>;
  /** Resolves to null when no drill is running. */
  readonly stopDrill: (by: Person) => Promise<Drill | null>;
};

type DrillRequest = {
  readonly stop: boolean;
  readonly sender: Sender;
  readonly channelId: string;
  readonly locale: Locale;
};

export type AnswerDrill = (request: DrillRequest) => Promise<string>;

/** Starts or ends a drill for an approver, in the channel where its card is posted. */
export function createDrillCommand(deps: Dependencies): AnswerDrill {
  return async ({ stop, sender, channelId, locale }) => {
    const { drills } = strings(locale);
    const watching = await deps.watchingChannelId();
    if (watching === null) return drills.noChannel;
    if (channelId !== watching) return drills.notHere;
    const who = await deps.eligibility(sender);
    if (who.kind === 'refused') return refusedText(who.refusal, drills.notAllowed, locale);
    return stop
      ? stopped(await deps.stopDrill(who.person), locale)
      : started(await deps.startDrill(who.person), locale);
  };
}

function started({ started: isNew, drill: { name } }: { started: boolean; drill: Drill }, locale: Locale): string {
  const { drills } = strings(locale);
  return isNew ? drills.started(escapeMarkup(name)) : drills.running(escapeMarkup(name));
}

function stopped(drill: Drill | null, locale: Locale): string {
  const { drills } = strings(locale);
  return drill === null ? drills.noneRunning : drills.stopped(escapeMarkup(drill.name));
}
