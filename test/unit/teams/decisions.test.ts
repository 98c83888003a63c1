import assert from 'node:assert/strict';
import { breakGlassCode } from '../../../src/incident/model/code.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { replyText } from '../../../src/teams/cards/messages/sentences.ts';
import type { Locale } from '../../../src/teams/locales/locale.ts';
import type { ChangingClick } from '../../../src/teams/turns/clicks.ts';
import { parseCommand } from '../../../src/teams/turns/commands.ts';
import { createDecisions } from '../../../src/teams/turns/decisions.ts';
import {
  AOI,
  BEN,
  breakGlass,
  breakGlassVerifying,
  breakGlassWaiting,
  play,
  restricted,
  T0,
} from '../incident/history.ts';

const ANSWER = 'the answer to the click';
const CODE = breakGlassCode({ id: 'act-1' });
const FOREIGN = breakGlassCode({ id: 'an act of nobody' });

describe('stopping break-glass by typing', () => {
  let open: readonly Incident[];
  let clicks: ChangingClick[];

  async function type(text: string, locale: Locale = 'en-US') {
    const decide = createDecisions({
      listOpen: async () => open,
      async answerClick(click) {
        clicks.push(click);
        return ANSWER;
      },
    });
    const command = parseCommand(text);
    assert.ok(command.kind === 'stop_break_glass', text);
    return decide({ command, sender: BEN, locale });
  }
  const stopped = (id: string) =>
    play(play(restricted(), breakGlass(AOI, T0 + 1, id)), {
      kind: 'stop_break_glass',
      at: T0 + 2,
      by: BEN,
      breakGlassId: id,
    });

  beforeEach(() => {
    open = [{ ...restricted(), id: 'another' }, breakGlassWaiting()];
    clicks = [];
  });

  for (const locale of ['en-US', 'ja-JP'] as const) {
    it(`is offered with the code in the announcement, and its command is the click of the button (${locale})`, async () => {
      const [act] = breakGlassWaiting().breakGlassActs;
      assert.ok(act);
      const { text } = replyText({ kind: 'break_glass_started', act }, breakGlassWaiting(), { locale }, []);
      const [, offered = ''] = /\*\*(.+?)\*\*/.exec(text) ?? [];
      assert.deepEqual(parseCommand(offered), { kind: 'stop_break_glass', code: CODE });
      assert.deepEqual(await type(offered, locale), { text: ANSWER, understood: true });
      const { id: incidentId } = breakGlassWaiting();
      assert.deepEqual(clicks, [{ verb: 'stop', incidentId, breakGlassId: 'act-1' }]);
    });

    it(`lists what waits with its code when none is given (${locale})`, async () => {
      const command = locale === 'en-US' ? 'stop break-glass' : '緊急解除を中止';
      const { text, understood } = await type(command, locale);
      assert.ok(text.includes(`**${command} ${CODE}**`) && text.includes(AOI.name), text);
      assert.equal(text.split('\n- ').length, 2, 'only the one that waits is listed');
      assert.equal(understood, false);
      open = [restricted(), breakGlassVerifying()];
      const { text: nothing } = await type(command, locale);
      assert.match(nothing, /nothing to stop|待機中の緊急解除はない/);
      assert.deepEqual(clicks, []);
    });
  }

  it('clicks nothing with a code of no act, and lists what waits', async () => {
    for (const code of [FOREIGN, '7K2', 'all']) {
      const { text, understood } = await type(`stop break-glass ${code}`);
      assert.match(text, new RegExp(`^No break-glass unblock with the code ${code} .*stop break-glass ${CODE}`, 's'));
      assert.equal(understood, false);
    }
    assert.deepEqual(clicks, []);
  });

  it('sends the code of an act that no longer waits to be refused as the button is', async () => {
    for (const incident of [breakGlassVerifying(), stopped('act-1')]) {
      open = [incident];
      assert.deepEqual(await type(`stop break-glass ${CODE}`), { text: ANSWER, understood: true });
    }
    assert.deepEqual(
      clicks.map((click) => click.verb === 'stop' && click.breakGlassId),
      ['act-1', 'act-1'],
    );
  });

  it('stops the one that waits when an ended act has the same code, and neither of two that wait', async () => {
    open = [{ ...stopped('act-1'), id: 'ended' }, breakGlassWaiting()];
    await type(`stop break-glass ${CODE}`);
    assert.deepEqual(
      clicks.map(({ incidentId }) => incidentId),
      [breakGlassWaiting().id],
    );
    open = [{ ...breakGlassWaiting(), id: 'second' }, breakGlassWaiting()];
    assert.match((await type(`stop break-glass ${CODE}`)).text, /^More than one break-glass unblock/);
    assert.equal(clicks.length, 1);
  });

  it('lists ten at most, and how many more there are', async () => {
    open = Array.from({ length: 12 }, (_, index) => ({ ...breakGlassWaiting(), id: `incident-${index}` }));
    const { text } = await type('stop break-glass');
    assert.equal(text.split('\n- ').length, 12);
    assert.match(text, /\+2 more$/);
  });
});
