import { actToReview, currentAct } from '../../incident/model/break-glass.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Strings, strings } from '../locales/locale.ts';
import { durationText } from './message-time.ts';
import type { View } from './view.ts';

type Data = Readonly<Record<string, string>>;

type Execute = {
  readonly verb: string;
  readonly title: string;
  readonly style: 'default' | 'positive' | 'destructive';
  /** Whether inputs are sent along, and required ones must be filled in first. */
  readonly inputs: 'auto' | 'none';
  readonly data: Data;
};

type Choice = { readonly title: string; readonly data: Data };

/** The buttons of a card; at most six. Their data says which incident, which revision of it and which approval was shown, never who may act. */
export type CardActions = {
  readonly actions: readonly Execute[];
  /** Chosen reasons, because a typed one would be held up by what an approval requires. */
  readonly keep: readonly { readonly title: string; readonly question: string; readonly choices: readonly Choice[] }[];
  /** The form behind which one person unblocks alone; absent where break-glass is off. */
  readonly breakGlass: readonly {
    readonly title: string;
    readonly explanation: string;
    readonly reasonLabel: string;
    readonly reasonPlaceholder: string;
    readonly reasonError: string;
    readonly button: string;
    readonly data: Data;
  }[];
  readonly refresh: readonly Choice[];
};

type Verb = 'approve' | 'confirm' | 'reject' | 'withdraw' | 'acknowledge' | 'unlink';

const STYLES: { readonly [verb in Verb]: Execute['style'] } = {
  approve: 'positive',
  confirm: 'positive',
  reject: 'destructive',
  withdraw: 'default',
  acknowledge: 'default',
  unlink: 'default',
};

/** What can be pressed in an incident's state. */
export function cardActions(incident: Incident, view: View): CardActions {
  const { cards, breakGlass: words } = strings(view.locale);
  const { state, approval } = incident;
  const data = dataOf(incident);
  const ofApproval = { ...data, approvalId: approval?.id ?? '' };
  const ofForm = { ...data, language: cards.lang };
  const act = (verb: Verb, inputs: Execute['inputs'], its: Data = data): Execute => {
    return { verb, title: cards.actions[verb], style: STYLES[verb], inputs, data: its };
  };
  const refresh = [{ title: cards.actions.refresh, data }];
  const guessed = incident.alerts.findLast(({ link }) => link === 'nearness');
  const unlink = guessed === undefined ? [] : [act('unlink', 'none', { ...data, alertId: guessed.id })];
  const look = [act('acknowledge', 'none'), ...unlink];
  const only = (...actions: readonly Execute[]) => ({ actions, keep: [], breakGlass: [], refresh });
  switch (state) {
    case 'restricted':
    case 'unblock_failed': {
      if (incident.connector?.raw !== undefined) return { ...only(...look), keep: [keepMenu(data, cards)] };
      const breakGlass = breakGlassForm(data, view);
      return { actions: [act('approve', 'auto', ofForm), ...look], keep: [keepMenu(data, cards)], breakGlass, refresh };
    }
    case 'awaiting_confirmation': {
      const decisions = [act('confirm', 'none', ofApproval), act('reject', 'auto', ofApproval)];
      return only(...decisions, act('withdraw', 'none', ofApproval), ...look);
    }
    case 'break_glass_waiting':
    case 'break_glass_unblocking':
      return only(...stopAction(incident, words), ...look);
    case 'alerted':
    case 'unblocking':
    case 'verifying':
    case 'break_glass_verifying':
      return only(...look);
    case 'unblocked':
    case 'closed':
      return { ...only(...reviewAction(incident, words)), refresh: [] };
  }
}

function dataOf({ id, revision }: Incident): Data {
  return { incidentId: id, shown: String(revision) };
}

/** Until Exchange is asked. */
function stopAction(incident: Incident, { actions }: Strings['breakGlass']): readonly Execute[] {
  const act = currentAct(incident);
  if (act === null || act.askedAt !== null) return [];
  const data = { ...dataOf(incident), breakGlassId: act.id };
  return [{ verb: 'stop', title: actions.stop, style: 'destructive', inputs: 'none', data }];
}

function reviewAction(incident: Incident, { actions }: Strings['breakGlass']): readonly Execute[] {
  const act = actToReview(incident);
  if (act === null) return [];
  const data = { ...dataOf(incident), breakGlassId: act.id };
  return [{ verb: 'review', title: actions.review, style: 'positive', inputs: 'auto', data }];
}

function breakGlassForm(data: Data, { locale, breakGlass = null }: View): CardActions['breakGlass'] {
  if (breakGlass === null) return [];
  const { open, explanation, reasonLabel, reasonPlaceholder, reasonError, actions } = strings(locale).breakGlass;
  const words = { explanation: explanation(durationText(breakGlass.waitMs, locale)), reasonLabel, reasonPlaceholder };
  return [{ title: open, ...words, reasonError, button: actions.break_glass, data }];
}

function keepMenu(data: Data, cards: Strings['cards']): CardActions['keep'][number] {
  const choices = cards.keepReasons.map((reason) => ({ title: reason, data: { ...data, reason } }));
  return { title: cards.actions.keep, question: cards.keepTitle, choices };
}
