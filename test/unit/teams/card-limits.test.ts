import assert from 'node:assert/strict';
import { type Aftermath, FOLLOW_UP_TASKS } from '../../../src/incident/model/follow-up.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { countQuorum } from '../../../src/incident/model/quorum.ts';
import { clip, clipSentence, literal } from '../../../src/teams/cards/card-text.ts';
import { renderConnector, renderHistory } from '../../../src/teams/cards/connectors-card.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { renderConnectors } from '../../../src/teams/cards/status-card.ts';
import type { ConnectorsStatus } from '../../../src/teams/cards/view-models.ts';
import { blockText, textOf } from '../../tenant/card-reading.ts';
import { awaiting, CONNECTOR, restricted, T0, unblocking } from '../incident/history.ts';
import { everyState } from './card-states.ts';
import { longText, SPACIOUS, worstIncident } from './worst-incident.ts';

const LOCALES = ['en-US', 'ja-JP'] as const;
const STATUS: ConnectorsStatus = {
  connectors: [],
  readAt: T0,
  incompleteReason: null,
  channelFailure: null,
  watch: { push: 'off', pollMs: 60_000 },
  alerted: [],
};

/** As many people as Teams refreshes a card for, with ids as long as Teams' are, and a name of every kind of length. */
function crowdOf(incident: Incident, unit: string) {
  const items = Array.from({ length: 60 }, (_, index) => ({ objectId: `p${index}`, name: unit.repeat(300) }));
  const roster = new Map(items.map(({ objectId }) => [objectId, `29:1${objectId.padEnd(86, 'x')}`]));
  return countQuorum(incident, { items, complete: true }, roster, T0);
}

const MENTIONS = Array.from({ length: 5 }, (_, index) => ({
  id: `29:1${index}`.padEnd(90, 'x'),
  name: '界'.repeat(64),
}));

/** Of an incident that is over, every task; of another, a long story of the restriction before. */
function worstAftermath({ endedAt }: Incident, unit: string): Aftermath {
  const long = longText(unit);
  const by = { tenantId: 't', objectId: 'o', name: long };
  const followUps = FOLLOW_UP_TASKS.map((task) => ({ task, openedAt: T0, done: { by, at: T0 } }));
  if (endedAt === null)
    return {
      followUps: [],
      since: null,
      watchedUntil: null,
      earlier: { endedAt: T0, approver: long, confirmer: long, reason: long, followUps },
    };
  const open = followUps.map((followUp, index) => (index % 2 === 0 ? { ...followUp, done: null } : followUp));
  return { followUps: open, since: { messages: 1e9, judged: 1e9 }, watchedUntil: T0, earlier: null };
}

const connectorOf = (incident: Incident | null, name: string, id: string) => {
  return { id, name, restricted: incident !== null, type: 'OnPremises', enabled: false, incident };
};

function assertFits(card: object, what: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(card));
  assert.ok(bytes <= 28_000, `${what} takes ${bytes} bytes`);
}

describe('what a card takes', () => {
  for (const [kind, unit] of Object.entries(SPACIOUS)) {
    it(`is at most 28 KB for an incident in any state, with ${kind} texts everywhere`, () => {
      for (const [name, incident] of Object.entries(everyState())) {
        const worst = worstIncident(incident, unit);
        for (const locale of LOCALES) {
          for (const unblockMode of ['exchange', 'manual', 'dry-run'] as const) {
            const view = {
              locale,
              unblockMode,
              cloud: 'public',
              breakGlass: { waitMs: 900_000 },
              mentions: MENTIONS,
            } as const;
            const card = renderIncident(worst, view, crowdOf(worst, unit), worstAftermath(worst, unit));
            assertFits(card, `${name} (${locale}, ${unblockMode})`);
            assert.ok((blockText(card, 'state') ?? '').length > 0);
          }
        }
      }
    });

    it(`is at most 28 KB for an answer, with ${kind} texts everywhere`, () => {
      const worst = worstIncident(unblocking(), unit);
      const connectors = Array.from({ length: 300 }, (_, index) =>
        connectorOf(worst, unit.repeat(300), `${CONNECTOR.id}${index}`),
      );
      const status = {
        ...STATUS,
        connectors,
        incompleteReason: longText(unit),
        channelFailure: longText(unit),
      };
      for (const locale of LOCALES) {
        const signals = (['notification', 'alerts', 'exchange', 'activity_feed'] as const).map((name) => {
          return { name, state: 'failing', succeededAt: T0, reason: longText(unit) } as const;
        });
        assertFits(renderConnectors({ ...status, watch: { ...status.watch, signals } }, locale), 'connectors');
        assertFits(renderHistory(Array(20).fill(worst), null, locale), 'history');
        const voided = worstIncident({ ...restricted(), approval: awaiting().approval }, unit);
        assertFits(renderConnector(connectorOf(voided, unit.repeat(300), 'x'), status, locale), 'connector');
      }
    });
  }

  it('is not saved on the usual: a whole history and a whole reason are shown', () => {
    const reason = awaiting().approval?.reason ?? '';
    assert.ok(reason.length > 0);
    const text = textOf(renderHistory(Array(12).fill(unblocking()), null, 'ja-JP'));
    assert.equal(text.split(reason).length - 1, 12);
    assert.ok(
      textOf(renderIncident(unblocking(), { locale: 'ja-JP', unblockMode: 'exchange', cloud: 'public' })).includes(
        reason,
      ),
    );
  });

  it('leaves out the last items of a list, and shows their number', () => {
    const text = textOf(renderHistory(Array(20).fill(worstIncident(unblocking(), '界')), null, 'en-US'));
    const shown = text.split('being unblocked').length - 1;
    assert.ok(shown > 0 && shown < 20);
    assert.ok(text.includes(`+${20 - shown} more: ask "history <name>"`));
  });
});

describe('outside text on a card', () => {
  it('is cut to its length whatever it is made of, never inside a character', () => {
    for (const unit of Object.values(SPACIOUS)) assert.ok(clip(unit.repeat(500), 64).length <= 64);
    assert.equal(clip('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 24), '👨‍👩‍👧‍👦👨‍👩‍👧‍👦…');
    assert.equal(clip('界'.repeat(64), 64), '界'.repeat(64));
  });

  it('is cut around a time that the card draws, never inside it', () => {
    const time = '{{DATE(2026-11-24T09:00:00Z, SHORT)}} {{TIME(2026-11-24T09:00:00Z)}}';
    const sentence = `4,120 messages in the hour from ${time}; usually 35.`;
    assert.equal(clipSentence(sentence, 84), sentence);
    assert.equal(clipSentence(sentence, 40), '4,120 messages in the hour from…');
    assert.equal(clipSentence(sentence, 66), `4,120 messages in the hour from ${time}…`);
    assert.equal(clipSentence(`5,605 通 (${time} 以降)`, 12), '5,605 通…');
    assert.equal(clipSentence('x'.repeat(100), 10), `${'x'.repeat(9)}…`);
  });

  it('carries out no date, however many braces are before it', () => {
    for (const braces of ['{{', '{{{', '{{{{{']) {
      assert.doesNotMatch(literal(`${braces}DATE(2026-01-01T00:00:00Z)}}`, 100), /\{\{/);
    }
  });

  it('cannot be disguised by marks that turn the direction of writing', () => {
    assert.equal(literal('Relay \u202eakasO\u202c\u2066x\u2028y\u0000', 100), 'Relay akasO x y');
  });
});
