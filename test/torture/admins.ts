import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { untouchedInputs } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import { acceptedAction } from './answers.ts';
import { type Click, dataOf, newestCard, press } from './clicking.ts';
import type { Detour } from './detours.ts';
import type { Press } from './evidence.ts';
import { COMMIT_MS } from './invariants/approved-configuration.ts';
import type { Random } from './random.ts';
import { tell } from './report.ts';
import type { SeenCard } from './seen-cards.ts';
import type { World } from './world.ts';

const LOOK_MS = 60;
/** How long a person waits for the card to change before they press again, ms. */
const PATIENCE_MS = 2_500;
const MAX_LOSSES = 2;
/** A change this long before a call, ms, is one the service must have read. */
const EARLIER_MS = COMMIT_MS + 1_500;
const LONGEST_WAIT_MS = 10_000;

export type Case = {
  readonly name: string;
  readonly random: Random;
  /** Cards of earlier restrictions of this connector. */
  readonly over: Set<string>;
  /** The number of detours still to come. */
  mischief: number;
  approver: Person | undefined;
};

/** Has people carry one restriction to its end, with detours while faults are injected. Resolves when its card says that it has ended. */
export async function carryThrough(world: World, it: Case, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const card = newestCard(world, it.name, it.over);
    const headline = card?.headline ?? '';
    if (card === undefined || /^(Alert|Unblocking|Verifying)/.test(headline)) await rest(LOOK_MS);
    else if (/^(Unblocked|Closed)/.test(headline)) {
      it.over.add(card.activityId);
      return;
    } else {
      await (headline.startsWith('Waiting') ? second(world, it, card) : first(world, it, card));
      await changed(world, it, card, headline, signal);
    }
  }
}

/** Waits for the card to change, as people do before they press again. */
async function changed(world: World, it: Case, before: SeenCard, headline: string, signal: AbortSignal) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!signal.aborted && Date.now() < deadline) {
    const card = newestCard(world, it.name, it.over);
    if (card === undefined || card.activityId !== before.activityId || card.headline !== headline) return;
    await rest(LOOK_MS);
  }
}

async function first(world: World, it: Case, card: SeenCard): Promise<void> {
  const { random } = it;
  const approve = (person: Person, ticked = true): Click => {
    const reason = `Queue is clean, case ${randomUUID()}`;
    return { person, card, verb: 'approve', inputs: ticked ? attested(card, reason) : { reason } };
  };
  switch (detour(world, it)) {
    case 'portal':
      return unblockByHand(world, it);
    case 'clumsy':
      await press(world, random, approve(random.pick(eligible(world)), false));
      return;
    case 'stranger':
      await press(world, random, approve(random.pick(strangers(world))));
      return;
    case 'remark': {
      const person = random.pick(eligible(world));
      await press(world, random, { person, card, verb: 'acknowledge' });
      return;
    }
    default: {
      const person = random.pick(eligible(world));
      const pressed = await pressOnceOrTwice(world, it, approve(person));
      if (acceptedAction(pressed?.sentence) === 'approve') it.approver = person;
    }
  }
}

async function second(world: World, it: Case, card: SeenCard): Promise<void> {
  const { random } = it;
  const { approver = random.pick(eligible(world)) } = it;
  const others = eligible(world).filter(({ aadObjectId }) => aadObjectId !== approver.aadObjectId);
  const other = random.pick(others);
  const click = (person: Person, verb: string): Click => ({ person, card, verb, data: dataOf(card, verb) });
  const doing = detour(world, it);
  switch (doing) {
    case 'portal':
      return unblockByHand(world, it);
    case 'clumsy':
      await Promise.all([
        press(world, random, click(approver, 'confirm')),
        press(world, random, click(approver, 'confirm')),
      ]);
      return;
    case 'stranger':
      await press(world, random, click(random.pick(strangers(world)), 'confirm'));
      return;
    case 'withdraw':
      await press(world, random, click(approver, 'withdraw'));
      return;
    case 'reject':
      await press(world, random, click(other, 'reject'));
      return;
    case 'stale':
      await press(world, random, { ...click(other, 'confirm'), data: staleData(world, card) });
      return;
    case 'edit':
      editConnector(world, it);
      break;
    case 'earlier edit':
      editConnector(world, it);
      await rest(EARLIER_MS);
      break;
    case 'late':
      await outlast(world);
      break;
    case 'loss':
      loseEligibility(world, random.chance(0.7) ? approver : other);
      break;
    case 'race':
      await Promise.all(
        [click(other, 'confirm'), click(approver, 'withdraw'), click(random.pick(others), 'reject')].map((one) =>
          press(world, random, one),
        ),
      );
      return;
    default:
  }
  const confirmer = world.tenant.directory.isMember(world.tenant.directory.approverGroupId, other.aadObjectId)
    ? other
    : random.pick(eligible(world));
  await pressOnceOrTwice(world, it, click(confirmer, 'confirm'));
}

/** Every checkbox ticked, and a reason. */
function attested({ card }: SeenCard, reason: string): Readonly<Record<string, string>> {
  const unticked = Object.entries(untouchedInputs(card)).filter(([, value]) => value === 'false');
  return { ...Object.fromEntries(unticked.map(([id]) => [id, 'true'])), reason };
}

/** Presses a button, sometimes twice at once with one activity id, sometimes again with another. */
async function pressOnceOrTwice(world: World, { random }: Case, click: Click): Promise<Press | undefined> {
  const id = `f:${randomUUID()}`;
  if (!random.chance(0.25)) return press(world, random, { ...click, id });
  const again = random.chance(0.5) ? { ...click, id } : click;
  const [one, two] = await Promise.all([press(world, random, { ...click, id }), press(world, random, again)]);
  return acceptedAction(one?.sentence) === undefined ? two : one;
}

function detour(world: World, it: Case): Detour | undefined {
  if (world.calm || it.mischief <= 0) return undefined;
  it.mischief -= 1;
  return it.random.pick(world.plan.detours);
}

/** Lifts the restriction in the portal. */
async function unblockByHand(world: World, it: Case): Promise<void> {
  it.mischief = 0;
  world.tenant.exchange.unblockInPortal(it.name);
  await tell(world, it.random);
}

/** Waits until the approval on the card has expired, unless that takes longer than a person would wait. */
async function outlast({ plan }: World): Promise<void> {
  const ms = plan.confirmWithinSeconds * 1_000;
  if (ms <= LONGEST_WAIT_MS) await rest(ms + 500);
}

function editConnector({ tenant }: World, { name, random }: Case): void {
  const address = `192.0.2.${random.between(1, 250)}`;
  tenant.exchange.editConnector(name, { SenderIPAddresses: [address] });
}

/** Removes a person from the approver group for the rest of the trial, as long as three people stay in it. */
function loseEligibility(world: World, person: Person): void {
  const { directory } = world.tenant;
  if (directory.eligibility.length > MAX_LOSSES) return;
  if (directory.group(directory.nestedGroupId)?.users.has(person.aadObjectId) === true) directory.disable(person);
  else directory.removeMember(directory.approverGroupId, person);
}

export function eligible({ tenant }: World): readonly Person[] {
  const ids = tenant.directory.eligibility.at(-1)?.ids ?? new Set();
  return Object.values(tenant.people).filter(({ aadObjectId }) => ids.has(aadObjectId));
}

function strangers({ tenant }: World): readonly Person[] {
  const { outsider, guest, disabled } = tenant.people;
  return [outsider, guest, disabled];
}

/** The button of an earlier approval. */
function staleData(world: World, card: SeenCard) {
  const shown = dataOf(card, 'confirm');
  const older = world.presses.find(
    ({ incidentId, approvalId }) =>
      approvalId !== undefined && incidentId === shown?.incidentId && approvalId !== shown.approvalId,
  );
  if (shown === undefined) return undefined;
  return { ...shown, approvalId: older?.approvalId ?? randomUUID() };
}
