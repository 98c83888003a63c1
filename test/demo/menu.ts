import { actionOf } from '../tenant/card-reading.ts';
import { exchangeTime } from '../tenant/connectors.ts';
import { attackersConnector, hijackedServer, volumeJump } from '../tenant/mail-stories.ts';
import type { Person } from '../tenant/people.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { incidentCard } from './card-watch.ts';
import { attested, press } from './clicks.ts';
import type { Say } from './narrate.ts';
import type { Stage } from './stage.ts';

export type MenuItem = { readonly key: string; readonly title: string; act(): Promise<void> };

type Table = Stage & {
  readonly say: Say;
  /** The connectors restricted so far; the actions apply to the last one. */
  readonly restricted: string[];
};

const NAMES = [
  'Relay Tokyo',
  'Relay Osaka',
  'Scanner fleet',
  'Partner feed',
  'CRM outbound',
  'Branch printers',
] as const;
const THROTTLED_SECONDS = 15;
const DAY_MS = 24 * 3_600_000;
const CREATED_DAYS_AGO = 412;
/** Used in turn. Some connectors were changed shortly before their restriction, so the card warns. */
const CHANGED_DAYS_AGO = [3, 190, 61] as const;

/** Used in turn as well: a newsletter, and two kinds of abuse. */
const MAIL = [volumeJump, hijackedServer, attackersConnector] as const;
const MAIL_MINUTES_AGO = 10;
/** One server with its own certificate. */
const SETTINGS = { SenderIPAddresses: ['192.0.2.10'], TlsSenderCertificateName: 'mail1.simulated.example' };

/** Creates the actions that can be chosen while the demo runs. */
export function createMenu(stage: Stage, say: Say): readonly MenuItem[] {
  const table: Table = { ...stage, say, restricted: [] };
  const { erik, aoi, outsider } = stage.tenant.people;
  const titles: readonly (readonly [key: string, title: string, act: () => Promise<void>])[] = [
    ['r', 'Exchange restricts another connector', () => restrictAnother(table)],
    ['c', `the second admin (${aoi.displayName}) confirms`, () => confirmAs(aoi, table)],
    ['s', `the same admin (${erik.displayName}) tries to confirm`, () => confirmAs(erik, table)],
    ['o', `a person outside the group (${outsider.displayName}) tries`, () => tryAs(outsider, table)],
    ['p', 'an admin unblocks it in the portal', () => unblockInPortal(table)],
    ['t', `Exchange throttles for ${THROTTLED_SECONDS} s`, () => throttle(table)],
    ['k', 'kill the service and start it again', () => restart(table)],
  ];
  return titles.map(([key, title, act]) => ({ key, title, act }));
}

async function restrictAnother({ tenant: { exchange, mail, people }, restricted, say }: Table): Promise<void> {
  const name = nameOf(restricted.length);
  const changedDaysAgo = CHANGED_DAYS_AGO[restricted.length % CHANGED_DAYS_AGO.length] ?? 0;
  const sendMail = MAIL[restricted.length % MAIL.length] ?? volumeJump;
  restricted.push(name);
  const times = { WhenCreatedUTC: daysAgo(CREATED_DAYS_AGO), WhenChangedUTC: daysAgo(changedDaysAgo) };
  exchange.addConnector(name, { ...SETTINGS, ...times });
  const at = Date.now() - changedDaysAgo * DAY_MS;
  const edit = { operation: 'Set-InboundConnector', name, parameters: { Identity: name } } as const;
  exchange.auditLog.write({ ...edit, at, by: people.outsider.userPrincipalName, address: '203.0.113.20' });
  sendMail(mail, name, Date.now() - MAIL_MINUTES_AGO * 60_000);
  exchange.restrict(name);
  say(`Exchange restricts ${name}.`);
}

function daysAgo(days: number): string {
  return exchangeTime(Date.now() - days * DAY_MS);
}

function nameOf(number: number): string {
  const name = NAMES[number % NAMES.length] ?? 'Relay';
  const round = Math.floor(number / NAMES.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

function latestCard({ tenant, restricted, say }: Table): ShownCard | undefined {
  const name = restricted.at(-1);
  const shown = name === undefined ? undefined : incidentCard(tenant, name);
  if (shown === undefined) say('Its card is not in the channel yet.');
  return shown;
}

async function confirmAs(person: Person, table: Table): Promise<void> {
  const shown = latestCard(table);
  if (shown === undefined) return;
  if (actionOf(shown.card, 'confirm') !== undefined) await pressAs(person, 'confirm', shown, table);
  else table.say('Nothing waits for a confirmation: tick the boxes, give a reason and press Approve first.');
}

async function tryAs(person: Person, table: Table): Promise<void> {
  const shown = latestCard(table);
  if (shown === undefined) return;
  const verb = (['confirm', 'approve'] as const).find((one) => actionOf(shown.card, one) !== undefined);
  if (verb !== undefined) await pressAs(person, verb, shown, table);
  else table.say('Its card has no button for that.');
}

async function pressAs(person: Person, verb: 'approve' | 'confirm', shown: ShownCard, table: Table): Promise<void> {
  const inputs = verb === 'approve' ? attested(shown, 'Trust me.') : {};
  const reply = await press(table.tenant, person, shown, { verb, inputs });
  table.say(`${person.displayName} presses ${verb} on ${table.restricted.at(-1)}: “${reply}”`);
}

async function unblockInPortal({ tenant, restricted, say }: Table): Promise<void> {
  const name = restricted.at(-1);
  if (name === undefined) return;
  tenant.exchange.unblockInPortal(name);
  say(`An admin unblocks ${name} in the Defender portal.`);
}

async function throttle({ tenant, say }: Table): Promise<void> {
  const fault = tenant.faults.add({
    service: 'exchange',
    kind: 'throttle',
    retryAfterSeconds: 2,
    times: 'until-cleared',
  });
  setTimeout(fault.clear, THROTTLED_SECONDS * 1000).unref();
  say(`Exchange answers every request with 429 for ${THROTTLED_SECONDS} s.`);
}

async function restart({ service, say }: Table): Promise<void> {
  await service.end('SIGKILL');
  say('The service was killed. Starting it again …');
  await service.start();
  say('The service is running again.');
}
