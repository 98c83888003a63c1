import assert from 'node:assert/strict';
import type { Refusal } from '../../../src/incident/model/refusal.ts';
import type { Place } from '../../../src/storage/conversations.ts';
import type { ConnectorDetails, ConnectorStatus, ConnectorsStatus } from '../../../src/teams/cards/view-models.ts';
import { createChat, type Question } from '../../../src/teams/turns/chat.ts';
import { parseCommand } from '../../../src/teams/turns/commands.ts';
import type { Eligibility } from '../../../src/teams/turns/eligibility.ts';
import { createReaders } from '../../../src/teams/turns/readers.ts';
import { AOI, restricted, T0 } from '../incident/history.ts';

const ADMIN_CHANNEL = '19:admin@thread.tacv2';

function connector(digit: number, name: string | null, overrides: Partial<ConnectorStatus> = {}): ConnectorStatus {
  const id = `159eb7c4-75d7-43e2-95fe-ced44b3e0a0${digit}`;
  return { id, name, restricted: false, type: 'OnPremises', enabled: true, incident: null, ...overrides };
}

function placeAt(channelId: string): Place {
  return { channelId, serviceUrl: 'https://smba.example/', tenantId: AOI.tenantId, teamId: null };
}

describe('the chat', () => {
  let status: ConnectorsStatus;
  let refusal: Refusal | null;
  let reconciles: number;
  let checked: string[];
  let checksRequested: number;
  let details: ConnectorDetails;
  let watched: { place: Place; by: string }[];
  let watching: string | null;
  let configured: boolean;

  const ask = async (text: string, overrides: Partial<Question> = {}) => {
    const eligibility = async (): Promise<Eligibility> => {
      return refusal === null ? { kind: 'eligible', person: AOI } : { kind: 'refused', refusal };
    };
    const chat = createChat({
      readStatus: async () => status,
      readHistory: async (name) => (name === null ? [restricted()] : []),
      linkToCards: async (ids) => new Map(ids.map((id) => [id, `https://teams.microsoft.com/l/message/${id}`])),
      readDetails: async () => details,
      async checkConnector(id) {
        checked.push(id);
        return true;
      },
      async requestChecks() {
        checksRequested += 1;
      },
      async requestReconcile() {
        reconciles += 1;
      },
      eligibility,
      mayNotRead: createReaders({ watchingChannelId: async () => watching, eligibility, clock: Date.now }),
      requestReport: async (incidentId) => `report on ${incidentId}`,
      drill: async ({ stop }) => `drill ${stop}`,
      decide: async ({ command }) => ({ text: `decided ${command.kind}`, understood: false }),
      async watchHere(place, { name }) {
        watched.push({ place, by: name });
        return { kind: 'watching' };
      },
      readMove: async () => null,
      decideMove: async () => ({ kind: 'refused', reason: 'no_such_move' }),
      channelIsConfigured: configured,
      timeZone: 'Asia/Tokyo',
    });
    const answer = await chat({
      command: parseCommand(text),
      addressed: true,
      sender: AOI,
      place: placeAt('a:chat'),
      memberId: '29:aoi',
      isPersonal: true,
      scope: 'chat',
      locale: 'en-US',
      ...overrides,
    });
    return answer?.kind === 'card' ? JSON.stringify(answer.card) : (answer?.text ?? '');
  };
  const inChannel = (channelId: string) => ({ scope: 'channel', place: placeAt(channelId) }) as const;

  beforeEach(() => {
    const relay = connector(1, 'Relay Osaka', { restricted: true, incident: restricted() });
    const rest = [connector(2, 'Relay Tokyo'), connector(3, 'Partner <b>', { enabled: false })];
    status = {
      connectors: [relay, ...rest],
      readAt: T0,
      incompleteReason: null,
      channelFailure: null,
      watch: { push: 'off', pollMs: 60_000 },
      alerted: [],
    };
    refusal = null;
    reconciles = 0;
    checked = [];
    checksRequested = 0;
    details = { posture: null, lastDays: null, isChecking: false };
    watched = [];
    watching = ADMIN_CHANNEL;
    configured = false;
  });

  it('shows the connectors as last read, and requests a new reading', async () => {
    const card = await ask('status connectors');
    assert.match(card, /AdaptiveCard.*Relay Osaka.*Relay Tokyo/s);
    assert.equal(reconciles, 1);
  });

  for (const name of ['relay osaka', '159EB7C4-75D7-43E2-95FE-CED44B3E0A01', '"Relay Osaka"']) {
    it(`shows the one connector that is called ${name}`, async () => {
      const card = await ask(`status connectors ${name}`);
      assert.match(card, /AdaptiveCard.*Relay Osaka/s);
      assert.doesNotMatch(card, /Relay Tokyo/);
    });
  }

  it('reports that no connector has the name, and suggests similar names', async () => {
    assert.equal(
      await ask('status connectors relay'),
      'No inbound connector is called "relay". Did you mean: Relay Osaka, Relay Tokyo?',
    );
    assert.equal(
      await ask('status connectors zzz'),
      'No inbound connector is called "zzz". Send "status connectors" to see all of them.',
    );
  });

  it('distinguishes connectors of one name by their ids', async () => {
    status = { ...status, connectors: [connector(1, 'Twin'), connector(2, 'twin')] };
    const text = await ask('status connectors twin');
    assert.match(text, /^Did you mean: Twin \(159eb7c4.*a01\), twin \(159eb7c4.*a02\)\?$/);
  });

  it('writes names as text, whatever is in them', async () => {
    const text = await ask('status connectors partner [x](https://example.com) <at>');
    assert.doesNotMatch(text, /<|[^\\]\[x/);
  });

  it('reports that Exchange has not been read yet rather than that a connector is unknown', async () => {
    status = { ...status, connectors: [], readAt: null };
    assert.match(await ask('status connectors Relay'), /AdaptiveCard.*has not been read/s);
  });

  it('answers everyone in the admin channel without asking the directory', async () => {
    refusal = { reason: 'directory_unreachable' };
    assert.match(await ask('status connectors', inChannel(ADMIN_CHANNEL)), /Relay Osaka/);
    assert.match(await ask('history', inChannel(ADMIN_CHANNEL)), /Relay from Osaka/);
  });

  it('answers only eligible people elsewhere, and requests no reading for anyone else', async () => {
    refusal = { reason: 'not_member' };
    for (const question of ['status connectors', 'status connectors Relay Osaka', 'history']) {
      assert.match(await ask(question, inChannel('19:lounge@thread.tacv2')), /^You may not read/);
    }
    assert.equal(reconciles, 0);
  });

  it('does not answer a message without a mention while no channel watches', async () => {
    refusal = { reason: 'guest' };
    watching = null;
    assert.match(await ask('status connectors', inChannel(ADMIN_CHANNEL)), /^You may not read/);
  });

  it('reports that permission to read could not be checked while the directory does not respond', async () => {
    refusal = { reason: 'directory_unreachable' };
    assert.match(await ask('history'), /^Microsoft Graph did not answer/);
  });

  it('checks one connector before it answers, or has all of them checked', async () => {
    assert.match(await ask('check connectors Relay Osaka'), /Relay Osaka/);
    assert.equal(checked.length, 1);
    assert.match(await ask('コネクタの点検'), /3 connectors are being checked/);
    assert.equal(checksRequested, 1);
    assert.match(await ask('check connectors Relay Nowhere'), /No inbound connector is called/);
    assert.equal(checked.length, 1);
  });

  it('requests a report on the open or latest incident, or on the one that is named', async () => {
    assert.equal(await ask('report'), `report on ${restricted().id}`);
    assert.equal(await ask(`report ${restricted().id.toUpperCase()}`), `report on ${restricted().id}`);
    assert.match(await ask('report Relay Nowhere'), /No incident of .*Relay Nowhere/);
  });

  it('lists past incidents, of one connector when it is named', async () => {
    assert.match(await ask('history'), /AdaptiveCard.*Relay from Osaka/s);
    assert.match(await ask('history Nobody'), /No incident of \\"Nobody\\"/);
  });

  it('suggests similar connectors for a name without history, and none for a known connector', async () => {
    assert.match(await ask('history Relay Osa'), /No incident of \\"Relay Osa\\".*Did you mean: Relay Osaka/s);
    const text = await ask('history Relay Osaka');
    assert.match(text, /No incident of \\"Relay Osaka\\"/);
    assert.doesNotMatch(text, /Did you mean/);
  });

  it('answers help, greetings and unknown messages from anyone', async () => {
    refusal = { reason: 'not_member' };
    assert.match(await ask('help'), /AdaptiveCard.*What I do/s);
    assert.match(await ask('hello'), /What I do/);
    assert.match(await ask('make me a sandwich'), /I did not understand that/);
    assert.match(await ask(''), /I did not understand that/);
    assert.doesNotMatch(await ask('make me a sandwich'), /drill/);
  });

  it('answers in the language of the asker', async () => {
    assert.match(await ask('ヘルプ', { locale: 'ja-JP' }), /できること/);
    assert.match(await ask('status connectors zzz', { locale: 'ja-JP' }), /という受信コネクタはありません/);
  });

  it('lets an eligible person make a channel the one that watches, on their name', async () => {
    assert.equal(
      await ask('watch here', inChannel('19:new@thread.tacv2')),
      'Cards are posted to this channel from now on.',
    );
    assert.deepEqual(watched, [{ place: placeAt('19:new@thread.tacv2'), by: AOI.name }]);
  });

  it('lets nobody else choose the channel, not even from the admin channel', async () => {
    refusal = { reason: 'not_member' };
    assert.match(await ask('watch here', inChannel(ADMIN_CHANNEL)), /^Only members of the approver group/);
    refusal = { reason: 'directory_unreachable' };
    assert.match(await ask('watch here', inChannel(ADMIN_CHANNEL)), /^Microsoft Graph did not answer/);
    assert.deepEqual(watched, []);
  });

  it('watches no chat, and no channel while one is configured', async () => {
    assert.match(await ask('watch here'), /^Say this in a channel/);
    configured = true;
    assert.match(await ask('watch here', inChannel('19:new@thread.tacv2')), /ADMIN_CHANNEL_ID/);
    assert.deepEqual(watched, []);
  });
});
