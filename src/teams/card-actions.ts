import type { Incident } from '../incident/incident.ts';
import type { Strings } from './locales/locale.ts';

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
  readonly refresh: readonly Choice[];
};

type Verb = 'approve' | 'confirm' | 'reject' | 'withdraw' | 'acknowledge';

const STYLES: { readonly [verb in Verb]: Execute['style'] } = {
  approve: 'positive',
  confirm: 'positive',
  reject: 'destructive',
  withdraw: 'default',
  acknowledge: 'default',
};

/** What can be pressed in an incident's state. */
export function cardActions(incident: Incident, cards: Strings['cards']): CardActions {
  const { state, id, approval } = incident;
  const data = { incidentId: id, shown: String(incident.revision) };
  const ofApproval = { ...data, approvalId: approval?.id ?? '' };
  const ofForm = { ...data, language: cards.lang };
  const act = (verb: Verb, inputs: Execute['inputs'], its: Data = data): Execute => {
    return { verb, title: cards.actions[verb], style: STYLES[verb], inputs, data: its };
  };
  const refresh = [{ title: cards.actions.refresh, data }];
  const look = act('acknowledge', 'none');
  switch (state) {
    case 'restricted':
    case 'unblock_failed':
      return { actions: [act('approve', 'auto', ofForm), look], keep: [keepMenu(data, cards)], refresh };
    case 'awaiting_confirmation': {
      const decisions = [act('confirm', 'none', ofApproval), act('reject', 'auto', ofApproval)];
      return { actions: [...decisions, act('withdraw', 'none', ofApproval), look], keep: [], refresh };
    }
    case 'alerted':
    case 'unblocking':
    case 'verifying':
      return { actions: [look], keep: [], refresh };
    case 'unblocked':
    case 'closed':
      return { actions: [], keep: [], refresh: [] };
  }
}

function keepMenu(data: Data, cards: Strings['cards']): CardActions['keep'][number] {
  const choices = cards.keepReasons.map((reason) => ({ title: reason, data: { ...data, reason } }));
  return { title: cards.actions.keep, question: cards.keepTitle, choices };
}
