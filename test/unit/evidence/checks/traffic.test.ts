import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeTraffic } from '../../../../src/evidence/checks/traffic.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import { finding, VERDICTS } from '../../../../src/incident/model/finding.ts';
import type { TrafficHour } from '../../../../src/incident/model/traffic.ts';
import { NOW, RECENT_FROM, steadyHours, trafficFacts, withMail } from '../traffic/traffic-facts.ts';

const OLD = { createdAt: NOW - 400 * DAY_MS, restrictedSince: null };

describe('the check of traffic', () => {
  const judge = (facts = trafficFacts(), subject: { readonly createdAt: number | null } = OLD) =>
    judgeTraffic(facts, { restrictedSince: null, ...subject }, NOW);
  const kinds = (...args: Parameters<typeof judge>) => judge(...args).map(({ kind, verdict }) => `${kind} ${verdict}`);

  it('is not good while the mail before the restriction may not be recorded yet', () => {
    const steady = trafficFacts({ hours: steadyHours(35, 30) });
    const kindsAfter = (minutes: number) =>
      judgeTraffic(steady, { ...OLD, restrictedSince: NOW - minutes * 60_000 }, NOW).map(
        ({ kind, verdict }) => `${kind} ${verdict}`,
      );
    assert.deepEqual(kindsAfter(14), ['steady_traffic good', 'latest_mail_may_follow unknown']);
    assert.deepEqual(kindsAfter(15), ['steady_traffic good']);
  });

  it('finds nothing unusual in steady mail', () => {
    assert.deepEqual(judge(), [
      {
        kind: 'steady_traffic',
        verdict: 'good',
        values: { source: 'hunting', atLeast: false, messages: 48 * 35, usual: 35, since: RECENT_FROM },
      },
    ]);
  });

  it('finds an hour with many times the usual volume, which alone is a concern', () => {
    const facts = trafficFacts({ hours: withMail(steadyHours(35, 30), 3, 4_085) });
    const [statement] = judge(facts);
    assert.deepEqual(statement, {
      kind: 'volume_jump',
      verdict: 'concern',
      values: {
        ...{ source: 'hunting', atLeast: false, messages: 4_120, hour: NOW - 3 * HOUR_MS, usual: 35, high: 35 },
      },
    });
  });

  it('finds no jump in a few messages, however little mail the connector usually has', () => {
    assert.deepEqual(kinds(trafficFacts({ hours: withMail(steadyHours(1, 30), 3, 60) })), ['steady_traffic good']);
  });

  it('finds mail judged to be spam bad when there is much of it, in one hour or in total', () => {
    const burst = trafficFacts({ hours: withMail(steadyHours(2_000, 30), 3, 300, 300) });
    const [statement] = judge(burst);
    assert.equal(statement.kind, 'judged_mail');
    assert.equal(statement.verdict, 'bad');
    assert.deepEqual(statement.values, {
      ...{ source: 'hunting', atLeast: false, judged: 300, messages: 96_300, percent: 13, since: RECENT_FROM },
    });
    const few = trafficFacts({ hours: withMail(steadyHours(35, 30), 3, 5, 5) });
    assert.deepEqual(kinds(few), ['steady_traffic good']);
    const some = trafficFacts({ hours: withMail(steadyHours(5, 30), 3, 5, 5) });
    assert.deepEqual(kinds(some), ['judged_mail concern']);
  });

  it('never counts past spam as usual', () => {
    const spamBefore = steadyHours(35, 30).map((hour) =>
      hour.at < RECENT_FROM ? { ...hour, messages: 4_000, judged: 3_965 } : hour,
    );
    const facts = trafficFacts({ hours: withMail(spamBefore, 3, 4_085) });
    assert.deepEqual(kinds(facts), ['volume_jump concern']);
  });

  it('does not know what is usual before a week of the past is known', () => {
    const facts = trafficFacts({ knownFrom: RECENT_FROM - 3 * DAY_MS });
    assert.deepEqual(judge(facts), [{ kind: 'past_too_short', verdict: 'unknown', values: { days: 3 } }]);
  });

  it('is unknown when there is no mail to judge', () => {
    assert.deepEqual(kinds(trafficFacts({ hours: [] })), ['no_mail_seen unknown']);
  });

  it('marks counts as a part when the reading is incomplete', () => {
    const hours = withMail(steadyHours(35, 30), 3, 4_085, 600);
    const statements = judge(trafficFacts({ hours, reading: { incomplete: 'more than 4 pages' } }));
    for (const { values } of statements) assert.ok('atLeast' in values && values.atLeast);
  });

  it('contains the reasons of a failed reading', () => {
    const reason = { kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'hunting' } } as const;
    assert.deepEqual(judgeTraffic({ kind: 'unread', reasons: [reason] }, OLD, NOW), [reason]);
  });

  describe('of a new connector', () => {
    const days = (...totals: readonly number[]): readonly TrafficHour[] =>
      totals.map((messages, index) => ({ at: NOW - (totals.length - index) * DAY_MS + HOUR_MS, messages, judged: 0 }));

    it('recognizes it by its creation, or by a gap before its first mail', () => {
      const hours = days(50, 80);
      const young = ['warming_up good'];
      assert.deepEqual(
        kinds(trafficFacts({ hours, knownFrom: NOW - 2 * DAY_MS }), { createdAt: NOW - 3 * DAY_MS }),
        young,
      );
      assert.deepEqual(kinds(trafficFacts({ hours }), { createdAt: null }), young);
      const recreated = { createdAt: NOW - 3 * DAY_MS };
      assert.deepEqual(kinds(trafficFacts({ hours: steadyHours(35, 30) }), recreated), ['steady_traffic good']);
      assert.deepEqual(kinds(trafficFacts({ hours: steadyHours(35, 30) }), OLD), ['steady_traffic good']);
    });

    it('accepts that its mail doubles each day', () => {
      const [statement] = judge(trafficFacts({ hours: days(100, 200, 400, 800) }));
      assert.deepEqual(statement, { kind: 'warming_up', verdict: 'good', values: { days: 3, today: 800 } });
    });

    it('finds faster growth a concern, and proposes a schedule', () => {
      const [statement] = judge(trafficFacts({ hours: days(100, 200, 400, 801) }));
      assert.equal(statement.kind, 'growth_too_fast');
      assert.equal(statement.verdict, 'concern');
      assert.deepEqual(statement.values, {
        ...{ source: 'hunting', atLeast: false, days: 3, messages: 801, before: 400 },
        schedule: [800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200],
      });
    });

    it('accepts a hundred messages on any day', () => {
      assert.deepEqual(kinds(trafficFacts({ hours: days(100) })), ['warming_up good']);
      assert.deepEqual(kinds(trafficFacts({ hours: days(101) })), ['growth_too_fast concern']);
    });

    it('measures growth from mail that was not judged, so that spam does not count as warm-up', () => {
      const hours = withMail(days(100, 100), 24 + 1, 5_000, 5_000);
      assert.ok(kinds(trafficFacts({ hours: withMail(hours, 2, 400) })).includes('growth_too_fast concern'));
    });
  });
});

describe('the verdict on traffic', () => {
  const hour = fc.record({
    hoursAgo: fc.integer({ min: 1, max: 24 * 40 }),
    messages: fc.integer({ min: 1, max: 5_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const mails = fc.array(hour, { maxLength: 60 });
  const createdDaysAgo = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
  const knownDays = fc.integer({ min: 0, max: 45 });

  const hoursOf = (all: readonly { hoursAgo: number; messages: number; share: number }[]) =>
    all.reduce<readonly TrafficHour[]>(
      (hours, { hoursAgo, messages, share }) => withMail(hours, hoursAgo, messages, Math.floor(messages * share)),
      [],
    );
  const rankOf = (hours: readonly TrafficHour[], knownFrom: number, createdAt: number | null) => {
    const recent = { hours: hours.filter(({ at }) => at >= RECENT_FROM) };
    const facts = trafficFacts({ hours, knownFrom, reading: recent });
    return VERDICTS.indexOf(
      finding('traffic', judgeTraffic(facts, { createdAt, restrictedSince: null }, NOW), NOW).verdict,
    );
  };

  it('never improves with more spam', () => {
    fc.assert(
      fc.property(mails, hour, createdDaysAgo, knownDays, (before, more, created, days) => {
        const createdAt = created === null ? null : NOW - created * DAY_MS;
        const knownFrom = NOW - days * DAY_MS;
        const hours = hoursOf(before);
        const spammed = withMail(hours, more.hoursAgo, more.messages, more.messages);
        assert.ok(rankOf(spammed, knownFrom, createdAt) >= rankOf(hours, knownFrom, createdAt));
      }),
      { numRuns: 2_000 },
    );
  });
});
