import { actToReview, currentAct } from '../../incident/model/break-glass-acts.ts';
import { type Aftermath, NO_AFTERMATH } from '../../incident/model/follow-up.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { strings } from '../locales/locale.ts';
import { followUpActions } from './aftermath-section.ts';
import { approveForm } from './forms/approve-form.ts';
import { breakGlassForm, reviewForm } from './forms/break-glass-form.ts';
import { confirmForm } from './forms/confirm-form.ts';
import { askForm, byHandForm, keepForm, rejectForm } from './forms/decision-forms.ts';
import { button, type Data, type Execute, type Form } from './forms/form.ts';
import { alertLink, restrictedEntities } from './links.ts';
import type { View } from './view.ts';

type Link = { readonly title: string; readonly url: string };

/**
 * The buttons of a card in order: at most four, and a menu for the rest. Their data contains the incident, its revision and
 * the approval that were shown, and nothing about who may act.
 */
export type CardActions = {
  readonly firstForms: readonly Form[];
  readonly buttons: readonly Execute[];
  readonly otherForms: readonly Form[];
  readonly links: readonly Link[];
  readonly overflow: readonly Execute[];
  /** Buttons in the details. */
  readonly detailButtons: readonly Execute[];
};

const MAX_BUTTONS = 4;

const NONE: CardActions = { firstForms: [], buttons: [], otherForms: [], links: [], overflow: [], detailButtons: [] };

/** Returns what the reader of the card can press in the incident's state. */
export function cardActions(incident: Incident, view: View, aftermath: Aftermath = NO_AFTERMATH): CardActions {
  return forRole(actionsOf(incident, view, aftermath), view.role);
}

function actionsOf(incident: Incident, view: View, aftermath: Aftermath): CardActions {
  const { state, approval } = incident;
  const data = dataOf(incident);
  const acknowledge = execute('acknowledge', data, view);
  const report = button('report', strings(view.locale).report.action, data);
  const overflow = [secondary(execute('refresh', data, view))];
  const detailButtons = [...unlinkButton(incident, data, view), report];
  const common = { ...NONE, links: restrictedEntitiesButton(view), overflow, detailButtons };
  switch (state) {
    case 'restricted':
    case 'unblock_failed':
      if (incident.connector?.raw !== undefined)
        return { ...common, buttons: [acknowledge], otherForms: [keepForm(data, view)] };
      return { ...common, ...firstDecision(incident, data, view), firstForms: [approveForm(incident, data, view)] };
    case 'awaiting_confirmation': {
      if (approval === null) return common;
      const ofApproval = { ...data, approvalId: approval.id };
      const firstForms = [
        confirmForm(incident, approval, ofApproval, view),
        rejectForm(ofApproval, view),
        askForm(ofApproval, view),
      ];
      const buttons = [execute('withdraw', ofApproval, view)];
      // The form uses the fourth button's place, so the link to the portal is in the form of the confirmation.
      return { ...common, firstForms, buttons, links: [], overflow: [secondary(acknowledge), ...overflow] };
    }
    case 'alerted':
      return { ...common, buttons: [acknowledge], links: alertButton(incident, view) };
    case 'break_glass_waiting':
    case 'unblocking':
    case 'verifying':
      return { ...common, buttons: [...stopButton(incident, view), acknowledge] };
    case 'unblocked':
    case 'closed': {
      const act = actToReview(incident);
      const firstForms = act === null ? [] : [reviewForm({ ...data, breakGlassId: act.id }, view)];
      return {
        ...NONE,
        firstForms,
        ...withReport(followUpActions(incident, aftermath, view.locale), firstForms, report),
      };
    }
  }
}

/** Verbs of the buttons that remain for people who may not approve. Break-glass is one, because it requires another group. */
const VERBS_OF_READERS: ReadonlySet<string> = new Set(['refresh', 'break_glass']);
const NOT_OF_APPROVERS: ReadonlySet<string> = new Set(['confirm', 'reject', 'ask']);

function forRole(actions: CardActions, role: View['role']): CardActions {
  const isPossible = (verb: string) => {
    if (role === 'reader') return VERBS_OF_READERS.has(verb);
    if (role === 'approver') return !NOT_OF_APPROVERS.has(verb);
    return role === undefined || verb !== 'withdraw';
  };
  const usable = (buttons: readonly Execute[]) => buttons.filter(({ verb }) => isPossible(verb)).map(withVerb);
  const opened = (forms: readonly Form[]) =>
    forms
      .filter(({ buttons }) => buttons.length === 0 || usable(buttons).length > 0)
      .map((form) => ({ ...form, buttons: form.buttons.map(withVerb) }));
  return {
    ...actions,
    firstForms: opened(actions.firstForms),
    buttons: usable(actions.buttons),
    otherForms: opened(actions.otherForms),
    overflow: usable(actions.overflow),
    detailButtons: usable(actions.detailButtons),
  };
}

/** Adds the verb to the data, which is all that the `Action.Submit` for older clients sends. */
function withVerb(button: Execute): Execute {
  return { ...button, data: { ...button.data, verb: button.verb } };
}

/** Returns the incident that a card shows, and its revision. */
export function dataOf({ id, revision }: Incident): Data {
  return { incidentId: id, shown: String(revision) };
}

/** Returns the buttons beside the approval; with it there are always four. */
function firstDecision(incident: Incident, data: Data, view: View): Partial<CardActions> {
  const acknowledge = execute('acknowledge', data, view);
  const refresh = secondary(execute('refresh', data, view));
  const breakGlass = breakGlassForm(data, view);
  const byHand = incident.state === 'unblock_failed' ? [byHandForm(incident, view)] : [];
  const otherForms = [...byHand, keepForm(data, view), ...breakGlass];
  const isFull = otherForms.length > 1;
  return {
    buttons: otherForms.length > 2 ? [] : [acknowledge],
    otherForms,
    links: isFull ? [] : restrictedEntitiesButton(view),
    overflow: otherForms.length > 2 ? [secondary(acknowledge), refresh] : [refresh],
  };
}

type Verb = 'acknowledge' | 'withdraw' | 'refresh' | 'unlink';

/** Creates a button without inputs. */
function execute(verb: Verb, data: Data, { locale }: View): Execute {
  return button(verb, strings(locale).cards.actions[verb], data);
}

/** Adds the report to the buttons where there is room for a fourth, otherwise to the menu. */
function withReport(
  buttons: readonly Execute[],
  forms: readonly Form[],
  report: Execute,
): Pick<CardActions, 'buttons' | 'overflow'> {
  const isFull = buttons.length + forms.length >= MAX_BUTTONS;
  return isFull ? { buttons, overflow: [secondary(report)] } : { buttons: [...buttons, report], overflow: [] };
}

function secondary(button: Execute): Execute {
  return { ...button, mode: 'secondary' };
}

function unlinkButton({ alerts }: Incident, data: Data, view: View): readonly Execute[] {
  const guessed = alerts.findLast(({ link }) => link === 'nearness');
  return guessed === undefined ? [] : [execute('unlink', { ...data, alertId: guessed.id }, view)];
}

/** Returns the button that stops a break-glass act, until Exchange is called. */
function stopButton(incident: Incident, { locale }: View): readonly Execute[] {
  const act = currentAct(incident);
  if (act === null || act.askedAt !== null) return [];
  const { stop: title } = strings(locale).breakGlass.actions;
  const data = { ...dataOf(incident), breakGlassId: act.id };
  return [button('stop', title, data, { style: 'destructive' })];
}

function restrictedEntitiesButton({ locale, cloud }: View): readonly Link[] {
  const url = restrictedEntities(cloud);
  return url === null ? [] : [{ title: strings(locale).cards.actions.restrictedEntities, url }];
}

function alertButton(incident: Incident, { locale }: View): readonly Link[] {
  const url = alertLink(incident);
  return url === null ? [] : [{ title: strings(locale).cards.openAlert, url }];
}
