import assert from 'node:assert/strict';
import { z } from 'zod';
import { messageLink } from '../../../src/teams/cards/links.ts';
import { renderConnectors } from '../../../src/teams/cards/status-card.ts';
import { parseCommand } from '../../../src/teams/turns/commands.ts';
import { readListing } from '../../../src/teams/turns/listing.ts';
import { textOf } from '../../tenant/card-reading.ts';
import { T0 } from '../incident/history.ts';
import { statusOf } from './status-of.ts';

const LINK = 'https://teams.microsoft.com/l/message/19%3Aadmin/1?tenantId=t&parentMessageId=1';

const links = new Map([
  ['incident-0', LINK],
  ['incident-1', LINK],
]);

const nodeSchema = z.record(z.string(), z.unknown());
/** Every object of the card that is of a type. */
function ofType(node: unknown, type: string): readonly Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === type ? [nodeSchema.parse(node)] : [];
  return [...own, ...Object.values(node).flatMap((child) => ofType(child, type))];
}
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));

describe('the status of a thousand connectors', () => {
  const card = renderConnectors(statusOf(1_000, 2), 'en-US', { links });

  it('begins with those restricted, each with a button to its card', () => {
    const names = textOf(card).match(/Relay \d{4}/g) ?? [];
    assert.deepEqual(names.slice(0, 2), ['Relay 0000', 'Relay 0001']);
    assert.deepEqual(
      ofType(card, 'Action.OpenUrl').map(({ url }) => url),
      [LINK, LINK],
    );
    assert.ok(bytes(card) < 28_000, `${bytes(card)} bytes`);
  });

  it('shows the signals in one line and the other connectors in one line, both of which unfold', () => {
    const folded = ofType(card, 'Action.ToggleVisibility').map(({ title }) => title);
    assert.equal(folded.length, 2);
    assert.match(String(folded[0]), /All signals work/);
    assert.match(String(folded[1]), /^998 connectors are not restricted: ✖.* 142 Danger · ▲ 143 Check/);
    const failing = statusOf(10, 0);
    const signals = [{ name: 'exchange', state: 'failing', succeededAt: T0, reason: '503' }] as const;
    const unwell = renderConnectors({ ...failing, watch: { ...failing.watch, signals } }, 'en-US');
    assert.match(textOf(unwell), /1 signal is failing/);
  });

  it('does not say that the signals work before each of them has answered', () => {
    const status = statusOf(10, 0);
    const waiting = (name: 'exchange' | 'alerts') =>
      ({ name, state: 'waiting', succeededAt: null, reason: null }) as const;
    const shown = (signals: readonly ReturnType<typeof waiting>[], readAt: number | null) =>
      textOf(renderConnectors({ ...status, readAt, watch: { ...status.watch, signals } }, 'en-US'));
    const started = shown([waiting('alerts'), waiting('exchange')], null);
    assert.match(started, /\? No answer yet: Defender alerts, Exchange/);
    assert.match(shown([waiting('alerts')], T0), /\? No answer yet: Defender alerts\n/);
    assert.match(shown([], null), /\? No answer yet: Exchange/);
    assert.doesNotMatch(started, /All signals work/);
  });

  it('has no mark of the last check beside a restricted connector', () => {
    assert.match(textOf(renderConnectors(statusOf(3, 1), 'en-US')), /Relay 0000: \nwaiting for a second admin\n/);
  });

  it('leads from page to page through every connector, worst first', () => {
    const seen = new Set<string>();
    for (let page = 1; page <= 50; page += 1) {
      const shown = renderConnectors(statusOf(1_000, 2), 'en-US', { listing: { filter: null, page } });
      for (const name of textOf(shown).match(/Relay \d{4}/g) ?? []) seen.add(name);
      assert.ok(bytes(shown) < 28_000);
    }
    assert.equal(seen.size, 1_000);
    assert.match(
      textOf(renderConnectors(statusOf(1_000, 2), 'en-US', { listing: { filter: null, page: 2 } })),
      /Danger/,
    );
  });

  it('filters by a verdict, and each button sends a command that the bot parses', () => {
    const shown = renderConnectors(statusOf(1_000, 2), 'ja-JP', { listing: { filter: 'bad', page: 1 } });
    assert.match(textOf(shown), /危険: 142 個 \(1 \/ 8 ページ\)/);
    for (const it of [shown, card]) {
      for (const { data } of ofType(it, 'Action.Submit')) {
        const { msteams } = z
          .object({ msteams: z.object({ type: z.literal('messageBack'), text: z.string() }) })
          .parse(data);
        const command = parseCommand(msteams.text);
        assert.ok(command.kind === 'status', msteams.text);
        assert.ok(command.name === null || readListing(command.name) !== null, msteams.text);
      }
    }
  });

  it('fits into a card when all of them are restricted', () => {
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const all = renderConnectors(statusOf(1_000, 1_000), locale, { links });
      assert.ok(bytes(all) < 28_000);
      assert.match(textOf(all), /992/);
    }
  });
});

describe('a part of the list of connectors', () => {
  for (const [text, listing] of [
    ['page 3', { filter: null, page: 3 }],
    ['Danger', { filter: 'bad', page: 1 }],
    ['bad page 2', { filter: 'bad', page: 2 }],
    ['制限中', { filter: 'restricted', page: 1 }],
    ['危険 2 ページ', { filter: 'bad', page: 2 }],
    ['3ページ目', { filter: null, page: 3 }],
    ['', null],
    ['Relay page', null],
    ['page', null],
  ] as const) {
    it(`is ${listing === null ? 'not selected' : 'selected'} by "${text}"`, () => {
      assert.deepEqual(readListing(text), listing);
    });
  }
});

describe('the address of a card', () => {
  const place = { channelId: '19:a b@thread.tacv2', activityId: '17', teamId: 'team', tenantId: 'tenant' };

  it('opens its message in the channel', () => {
    assert.equal(
      messageLink(place, 'public'),
      'https://teams.microsoft.com/l/message/19%3Aa%20b%40thread.tacv2/17?tenantId=tenant&groupId=team&parentMessageId=17',
    );
  });

  it('is none in a cloud whose address is not published', () => {
    assert.equal(messageLink(place, 'gcc-high'), null);
  });
});
