import assert from 'node:assert/strict';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { countQuorum, type EligibleReading, type Quorum, unreadQuorum } from '../../../src/incident/model/quorum.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { textOf } from '../../tenant/card-reading.ts';
import { AOI, awaiting, BEN, CHIE, HOUR, restricted, T0, unblocking } from '../incident/history.ts';
import { everyState, NASTY } from './card-states.ts';
import { longText, SPACIOUS, worstIncident } from './worst-incident.ts';

const LOCALES = ['en-US', 'ja-JP'] as const;
const DAN = { ...AOI, objectId: '8a1f2c3d-0000-4000-8000-000000000104', name: 'Dan Ito' };
const EVA = { ...AOI, objectId: '8a1f2c3d-0000-4000-8000-000000000105', name: 'Eva Roth' };
type Eligible = EligibleReading['items'];

const draw = (incident: Incident, quorum: Quorum | null, locale: (typeof LOCALES)[number] = 'en-US') =>
  renderIncident(incident, { locale, unblockMode: 'exchange', cloud: 'public' }, quorum);
const count = (incident: Incident, here: Eligible, elsewhere: Eligible = [], complete = true) => {
  const roster = new Map(here.map(({ objectId }) => [objectId, `29:${objectId}`]));
  return countQuorum(incident, { items: [...here, ...elsewhere], complete }, roster, T0 + HOUR);
};
const says = (incident: Incident, quorum: Quorum | null) => textOf(draw(incident, quorum));

describe('who can act, on a card', () => {
  it('names who can approve and confirm, up to three, and counts the rest', () => {
    const text = says(restricted(), count(restricted(), [AOI, BEN, CHIE, DAN, EVA]));
    assert.ok(text.includes(`Can approve here: \n${AOI.name}, ${BEN.name}, ${CHIE.name} and 2 more`), text);
    assert.doesNotMatch(text, /not in this channel/);
  });

  it('names who can confirm, without the approver', () => {
    const text = says(awaiting(), count(awaiting(), [AOI, BEN]));
    assert.ok(text.includes(`Can confirm here: \n${BEN.name}`), text);
    assert.ok(!text.includes(`, ${AOI.name}`));
  });

  it('counts the eligible who are not in the channel apart', () => {
    assert.match(
      says(awaiting(), count(awaiting(), [AOI, BEN], [CHIE])),
      /1 more eligible admin is not in this channel/,
    );
    const two = count(awaiting(), [AOI, BEN], [CHIE, DAN]);
    assert.match(says(awaiting(), two), /2 more eligible admins are not in this channel/);
    assert.match(textOf(draw(awaiting(), two, 'ja-JP')), /権限のある管理者が 2 人います/);
  });

  it('shows that only the approver is present to confirm, and what to do', () => {
    const alone = says(awaiting(), count(awaiting(), [AOI]));
    assert.match(alone, /⚠\ufe0e\nNobody but 佐藤 葵, who approved, can confirm.*Make another admin eligible/);
    const elsewhere = says(awaiting(), count(awaiting(), [AOI], [BEN]));
    assert.match(elsewhere, /⚠\ufe0e\nNobody but 佐藤 葵.*Add the eligible admin who is not in it to this team/);
    assert.match(
      textOf(draw(awaiting(), count(awaiting(), [AOI]), 'ja-JP')),
      /⚠\ufe0e\n.*佐藤 葵 さん以外に最終承認できる人がいません/,
    );
  });

  it('shows first that fewer than two people can act', () => {
    const one = says(restricted(), count(restricted(), [BEN], [AOI, CHIE]));
    assert.match(one, /⚠\ufe0e\nOnly Ben Okafor can approve in this channel.*Add one of the 2 eligible admins/);
    assert.ok(one.indexOf('Only Ben') < one.indexOf('Last changed'));
    assert.match(
      says(restricted(), count(restricted(), [])),
      /⚠\ufe0e\nNobody in this channel can approve.*Make another admin/,
    );
  });

  it('shows "at least" after an incomplete reading, and never that there are too few', () => {
    const text = says(restricted(), count(restricted(), [AOI, BEN, CHIE, DAN], [EVA], false));
    assert.match(text, /and at least 1 more/);
    assert.match(text, /At least 1 more eligible admin is/);
    const none = says(awaiting(), count(awaiting(), [AOI], [], false));
    assert.match(none, /there may be more/);
    assert.doesNotMatch(none, /Nobody but/);
  });

  it('shows that people could not be read, or nothing', () => {
    assert.match(says(restricted(), unreadQuorum(restricted(), T0)), /could not be read just now/);
    assert.doesNotMatch(says(restricted(), null), /eligible|may act|could not be read just now/);
  });

  it("shows its time in the reader's zone", () => {
    assert.match(says(restricted(), count(restricted(), [AOI, BEN])), /\{\{DATE\(2026-11-24T10:00:00Z, SHORT\)\}\}/);
  });

  it("shows when the approval expires, in the reader's zone", () => {
    assert.match(says(awaiting(), null), /Confirm by \{\{DATE\(2026-11-24T10:00:00Z, SHORT\)\}\} \{\{TIME/);
  });

  it('shows nothing in other states, or for another approval than the waiting one', () => {
    const before = count(restricted(), [AOI]);
    for (const incident of [awaiting(), unblocking(), ...Object.values(everyState()).filter(isOver)]) {
      assert.equal(says(incident, before), says(incident, null), incident.state);
    }
  });

  it('shows names as text, whatever is in them', () => {
    const nasty = { ...BEN, name: NASTY };
    for (const quorum of [count(restricted(), [AOI, nasty]), count(restricted(), [nasty])]) {
      const marked: string[] = [];
      JSON.stringify(draw(restricted(), quorum), (_key, value) => {
        if (value?.type === 'TextBlock' && String(value.text).includes('bold')) marked.push(value.text);
        return value;
      });
      assert.deepEqual(marked, []);
    }
    const dated = { ...BEN, name: '{{DATE(2020-01-01T00:00:00Z)}}' };
    assert.doesNotMatch(says(restricted(), count(restricted(), [dated])), /\{\{DATE\(2020/);
  });

  for (const [kind, unit] of Object.entries(SPACIOUS)) {
    it(`stays below 28 KB with ${kind} texts everywhere`, () => {
      const people = [AOI, BEN, CHIE, DAN, EVA].map((person) => ({ ...person, name: longText(unit) }));
      for (const incident of [restricted(), awaiting()].map((it) => worstIncident(it, unit))) {
        for (const quorum of [count(incident, people, people), count(incident, people.slice(0, 1))]) {
          for (const locale of LOCALES) {
            const bytes = Buffer.byteLength(JSON.stringify(draw(incident, quorum, locale)));
            assert.ok(bytes <= 28_000, `${incident.state}: ${bytes} bytes`);
          }
        }
      }
    });
  }
});

function isOver({ endedAt }: Incident): boolean {
  return endedAt !== null;
}
