import type { Statement, Statements } from '../../incident/model/finding.ts';
import { SPAM_MESSAGES, SPAM_PERCENT, type TrafficHour, totalOf } from '../../incident/model/traffic.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import type { Subject } from '../subject.ts';
import {
  daysOf,
  partsMissing,
  pastKnownMs,
  type ReadFacts,
  type ReadTraffic,
  TRAFFIC_TIMEOUT_MS,
  type TrafficFacts,
} from '../traffic/read-traffic.ts';
import { type Usual, usualOf } from '../traffic/usual.ts';
import { type WarmUp, warmUpOf } from '../traffic/warm-up.ts';

/** An hour is a jump when it has at least this many times what 95% of the usual hours have, and at least SMALLEST_JUMP messages. */
const JUMP_FACTOR = 5;
const SMALLEST_JUMP = 100;
/** From this percentage on, judged mail is a `concern`; from SPAM_MESSAGES and SPAM_PERCENT on, it is `bad`. */
const CONCERN_PERCENT = 1;

/** Judges how much mail a connector sends compared with its own past, and how much of it Microsoft judged to be spam. */
export function createTrafficCheck(readTraffic: ReadTraffic): RunnableCheck {
  return createCheck({
    check: 'traffic',
    timeoutMs: TRAFFIC_TIMEOUT_MS,
    source: 'hunting',
    read: async (subject, run) => {
      const facts = await readTraffic(subject, run);
      return { facts, missing: partsMissing(facts) };
    },
    judge: judgeTraffic,
  });
}

/** Pure. More judged mail never improves the verdict, because the usual volume is counted without it. */
export function judgeTraffic(
  facts: TrafficFacts,
  { createdAt, restrictedSince }: Pick<Subject, 'createdAt' | 'restrictedSince'>,
  at: number,
): Statements {
  if (facts.kind === 'unread') return facts.reasons;
  const { reading, known } = facts;
  const { recentFrom } = reading;
  const recent = reading.hours.filter((hour) => hour.at >= recentFrom);
  if (recent.length === 0) return [noMail(facts)];
  const past = known.hours.filter((hour) => hour.at < recentFrom);
  const knownFrom = known.read?.from ?? recentFrom;
  const usual = usualOf(past, pastKnownMs(facts));
  const warmUp = warmUpOf({ hours: [...past, ...recent], knownFrom, createdAt, now: at });
  const [first, ...rest] = [
    ...judgedMail(facts, recent),
    ...volumeJump(facts, recent, usual),
    ...growth(facts, warmUp),
  ];
  const sound = soundness(facts, recent, usual, warmUp);
  if (first !== undefined) return [first, ...rest, ...sound.filter(({ verdict }) => verdict !== 'good')];
  return [...sound, ...latestMail(facts, restrictedSince, at)];
}

/** A message takes 5 to 10 minutes to appear in message trace (Microsoft Learn: Message trace FAQ); hunting is no faster (inferred). */
const RECORDED_AFTER_MS = 15 * 60_000;

/** Reports that the mail for which the connector was restricted may not be recorded yet. */
function latestMail({ reading }: ReadFacts, restrictedSince: number | null, at: number): readonly Statement[] {
  if (restrictedSince === null || at - restrictedSince >= RECORDED_AFTER_MS) return [];
  return [{ kind: 'latest_mail_may_follow', verdict: 'unknown', values: { source: reading.source } }];
}

/** Returns the statements for traffic without a fault, or for traffic that cannot be judged. */
function soundness(
  facts: ReadFacts,
  recent: readonly TrafficHour[],
  usual: Usual | null,
  warmUp: WarmUp | null,
): Statements {
  if (warmUp !== null) {
    const { days, today } = warmUp;
    return [{ kind: 'warming_up', verdict: 'good', values: { days, today } }];
  }
  if (usual === null)
    return [{ kind: 'past_too_short', verdict: 'unknown', values: { days: daysOf(pastKnownMs(facts)) } }];
  const values = {
    ...countedBy(facts),
    messages: totalOf(recent).messages,
    usual: usual.median,
    since: facts.reading.recentFrom,
  };
  return [{ kind: 'steady_traffic', verdict: 'good', values }];
}

function judgedMail(facts: ReadFacts, recent: readonly TrafficHour[]): readonly Statement[] {
  const total = totalOf(recent);
  if (total.judged === 0) return [];
  const worst = Math.max(percentOf(total), ...recent.filter(({ judged }) => judged >= SPAM_MESSAGES).map(percentOf));
  if (worst < CONCERN_PERCENT) return [];
  const verdict = total.judged >= SPAM_MESSAGES && worst >= SPAM_PERCENT ? 'bad' : 'concern';
  const values = { ...countedBy(facts), ...total, percent: Math.floor(worst), since: facts.reading.recentFrom };
  return [{ kind: 'judged_mail', verdict, values }];
}

function volumeJump(facts: ReadFacts, recent: readonly TrafficHour[], usual: Usual | null): readonly Statement[] {
  if (usual === null) return [];
  const fullest = recent.reduce((most, hour) => (hour.messages > most.messages ? hour : most));
  if (fullest.messages < Math.max(SMALLEST_JUMP, JUMP_FACTOR * usual.high)) return [];
  const { messages, at: hour } = fullest;
  const values = { ...countedBy(facts), messages, hour, usual: usual.median, high: usual.high };
  return [{ kind: 'volume_jump', verdict: 'concern', values }];
}

function growth(facts: ReadFacts, warmUp: WarmUp | null): readonly Statement[] {
  if (warmUp === null || warmUp.tooFast === null) return [];
  const values = { ...countedBy(facts), days: warmUp.days, ...warmUp.tooFast };
  return [{ kind: 'growth_too_fast', verdict: 'concern', values }];
}

function noMail({ reading }: ReadFacts): Statement {
  return { kind: 'no_mail_seen', verdict: 'unknown', values: { source: reading.source, since: reading.recentFrom } };
}

function countedBy({ reading }: ReadFacts) {
  return { source: reading.source, atLeast: reading.incomplete !== null };
}

function percentOf({ messages, judged }: Pick<TrafficHour, 'messages' | 'judged'>): number {
  return messages === 0 ? 0 : (100 * judged) / messages;
}
