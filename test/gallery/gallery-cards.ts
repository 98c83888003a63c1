import { type Finding, finding } from '../../src/incident/model/finding.ts';
import { type Aftermath, NO_AFTERMATH } from '../../src/incident/model/follow-up.ts';
import type { Incident } from '../../src/incident/model/incident.ts';
import { countQuorum } from '../../src/incident/model/quorum.ts';
import { acknowledgementOf, RECOMMENDATIONS } from '../../src/incident/model/recommendations.ts';
import type { AdaptiveCard } from '../../src/teams/cards/card.ts';
import { renderIncident } from '../../src/teams/cards/incident-card.ts';
import type { View } from '../../src/teams/cards/view.ts';
import type { Locale } from '../../src/teams/locales/locale.ts';
import { AOI, approve, BEN, CHIE, HOUR, play, restricted, T0 } from '../unit/incident/history.ts';
import { everyState, NASTY } from '../unit/teams/card-states.ts';
import { chatCards } from './chat-cards.ts';

const LOCALES: readonly Locale[] = ['en-US', 'ja-JP'];
const DATA = ['honest', 'longest', 'hostile'] as const;
type Data = (typeof DATA)[number];

export type GalleryCard = {
  readonly name: string;
  readonly locale: Locale;
  readonly data: Data;
  readonly card: AdaptiveCard;
};

const COUNTED = { source: 'hunting', atLeast: true } as const;
const LONG_NAME = 'Relay of the Osaka branch office for invoices and payslips of 2026';
const LONG_PERSON = 'Maximiliane Wolkenstein-Trostburg (Messaging Operations, Osaka)';
const LONG_REASON = `${'The relay of the Osaka branch sent the monthly invoices in one hour instead of a whole day. '.repeat(5)}`;

/** Texts of others as long as people write them. */
function longest(incident: Incident): Incident {
  return withTexts(incident, { name: LONG_NAME, person: LONG_PERSON, reason: LONG_REASON.slice(0, 500) });
}

/** Texts of others that try to be something else than text. */
function hostile(incident: Incident): Incident {
  return withTexts(incident, { name: NASTY, person: NASTY, reason: `${NASTY} ${'x'.repeat(300)}` });
}

type Texts = { readonly name: string; readonly person: string; readonly reason: string };

function withTexts(incident: Incident, { name, person, reason }: Texts): Incident {
  const { connector, approval, breakGlassActs, remarks, unblockCall } = incident;
  const named = <T extends { readonly name: string }>(who: T): T => ({ ...who, name: person });
  return {
    ...incident,
    connector: connector && {
      ...connector,
      name,
      restrictionReason: reason,
      ...(connector.changedBy && { changedBy: { ...connector.changedBy, by: person } }),
    },
    approval: approval && {
      ...approval,
      reason,
      approver: named(approval.approver),
      confirmer: approval.confirmer && named(approval.confirmer),
    },
    breakGlassActs: breakGlassActs.map((act) => ({ ...act, by: named(act.by), reason })),
    remarks: remarks.map((remark) => ({ ...remark, by: named(remark.by) })),
    unblockCall: unblockCall && { ...unblockCall, words: unblockCall.words && reason },
  };
}

const CHANGE: { readonly [data in Data]: (incident: Incident) => Incident } = {
  honest: (incident) => incident,
  longest,
  hostile,
};

const PEOPLE: { readonly [data in Data]: string } = { honest: '', longest: LONG_PERSON, hostile: NASTY };

/** Who can act in the channel, where somebody has to. */
function quorumOf(incident: Incident, data: Data) {
  const people = [AOI, BEN, CHIE].map((person) => ({ ...person, name: PEOPLE[data] || person.name }));
  const roster = new Map(people.map(({ objectId }) => [objectId.toLowerCase(), `29:${objectId}`]));
  return countQuorum(incident, { items: people, complete: true }, roster, T0 + HOUR);
}

/** Whom a card is drawn for in person, besides the one that everybody shares. */
const ROLES: Readonly<Record<string, Omit<View, 'locale'>>> = {
  'for the approver': { unblockMode: 'exchange', cloud: 'public', role: 'approver' },
  'for an eligible person': { unblockMode: 'exchange', cloud: 'public', role: 'eligible' },
  'for a reader': { unblockMode: 'exchange', cloud: 'public', role: 'reader' },
};

/** How the service may be set up, by what makes a card differ. */
const VIEWS: Readonly<Record<string, Omit<View, 'locale'>>> = {
  '': { unblockMode: 'exchange', cloud: 'public' },
  'break-glass': { unblockMode: 'exchange', cloud: 'public', breakGlass: { waitMs: 900_000 } },
  manual: { unblockMode: 'manual', cloud: 'public' },
  'dry-run': { unblockMode: 'dry-run', cloud: 'public' },
  ...ROLES,
};

/** States that look different under a setting; every state is drawn under the usual ones. */
const UNDER: Readonly<Record<string, readonly string[]>> = {
  'break-glass': ['restricted', 'unblock_failed'],
  manual: ['verifying', 'unblock_failed'],
  'dry-run': ['restricted', 'verifying', 'unblock_failed'],
  'for the approver': ['found_and_approved'],
  'for an eligible person': ['found', 'found_and_approved', 'unblock_failed'],
  'for a reader': ['found', 'found_and_approved', 'unblock_failed'],
};

/** What the checks may have found of a hijacked server, and what a second look found. */
const FINDINGS: readonly Finding[] = [
  finding(
    'traffic',
    [
      {
        kind: 'volume_jump',
        verdict: 'bad',
        values: { ...COUNTED, messages: 4_120, hour: T0 - HOUR, usual: 35, high: 90 },
      },
    ],
    T0,
  ),
  finding(
    'who_may_send',
    [
      {
        kind: 'any_server_with_certificate',
        verdict: 'concern',
        values: { certificate: 'mail.example.com', anyDomain: true },
      },
    ],
    T0,
  ),
  finding('sender_authentication', [{ kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'dns' } }], T0),
];
/** What is left where the app may not read mail. */
const UNREAD: readonly Finding[] = (['traffic', 'senders', 'sending_addresses'] as const).map((check) =>
  finding(
    check,
    [
      {
        kind: 'not_permitted',
        verdict: 'unknown',
        values: { source: 'hunting', permission: 'ThreatHunting.Read.All' },
      },
    ],
    T0,
  ),
);
const SECOND_LOOK = finding(
  'traffic',
  [
    {
      kind: 'judged_mail',
      verdict: 'bad',
      values: { ...COUNTED, judged: 2_513, messages: 4_120, percent: 61, since: T0 - HOUR },
    },
  ],
  T0 + 2,
);

/** Every state, and the two in which people decide with what the checks found. */
function states(): { readonly [name: string]: Incident } {
  const found = { ...restricted(), findings: FINDINGS };
  const attested = [...RECOMMENDATIONS, acknowledgementOf('traffic')];
  const waiting = play(found, { ...approve(AOI, T0 + 1, 'approval-1'), attested });
  const now = [SECOND_LOOK, ...FINDINGS.slice(1)];
  const { restricted: looked, unblocked } = everyState();
  const drills = looked && unblocked ? { drill: asDrill(looked), drill_over: asDrill(unblocked) } : {};
  const unread = { ...restricted(), findings: [...UNREAD, ...FINDINGS.slice(1)] };
  const unread_and_approved = play(unread, approve(AOI, T0 + 1, 'approval-1'));
  return {
    ...everyState(),
    ...drills,
    unread,
    unread_and_approved,
    found,
    found_and_approved: { ...waiting, findings: now },
  };
}

function asDrill(incident: Incident): Incident {
  const connector = incident.connector && { ...incident.connector, name: 'DRILL 訓練 2026-11-24 09:00' };
  return { ...incident, connector, drill: true, findings: FINDINGS, previousIncidentId: null };
}

/** What is left to do after an unblock, and the story of the restriction before. */
function aftermathOf({ state, previousIncidentId, drill }: Incident): Aftermath {
  if (drill === true) return NO_AFTERMATH;
  if (state === 'unblocked') {
    const followUps = (['accounts', 'server', 'warm_up'] as const).map((task) => ({ task, openedAt: T0, done: null }));
    const [first, ...rest] = followUps;
    const done = first === undefined ? [] : [{ ...first, done: { by: BEN, at: T0 + HOUR } }];
    return {
      followUps: [...done, ...rest],
      since: { messages: 1_240, judged: 3 },
      watchedUntil: T0 + 72 * HOUR,
      earlier: null,
    };
  }
  if (previousIncidentId === null) return NO_AFTERMATH;
  const story = { approver: AOI.name, confirmer: BEN.name, reason: LONG_REASON.slice(0, 200), followUps: [] };
  return { followUps: [], since: null, watchedUntil: null, earlier: { endedAt: T0 - 6 * HOUR, ...story } };
}

/** Every card of an incident, by state, setting, language and data; and every card of the chat. */
export function galleryCards(
  locales: readonly Locale[] = LOCALES,
  kinds: readonly Data[] = DATA,
): readonly GalleryCard[] {
  return locales.flatMap((locale) => [
    ...kinds.flatMap((data) => cardsOf(locale, data)),
    ...(kinds.includes('honest') ? Object.entries(chatCards(locale)) : []).map(([name, card]) => {
      return { name, locale, data: 'honest', card } as const;
    }),
  ]);
}

function cardsOf(locale: Locale, data: Data): readonly GalleryCard[] {
  return Object.entries(VIEWS).flatMap(([setting, view]) =>
    Object.entries(states())
      .filter(([state]) => setting === '' || UNDER[setting]?.includes(state))
      .map(([state, incident]) => {
        const changed = CHANGE[data](incident);
        const card = renderIncident(changed, { ...view, locale }, quorumOf(changed, data), aftermathOf(incident));
        return { name: setting === '' ? state : `${state} (${setting})`, locale, data, card };
      }),
  );
}
