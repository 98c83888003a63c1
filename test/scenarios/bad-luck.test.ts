import assert from 'node:assert/strict';
import { CHECKS, type Check, type Finding } from '../../src/incident/model/finding.ts';
import { openForReading } from '../../src/storage/database.ts';
import { listOpen } from '../../src/storage/incidents.ts';
import { cardShows, incidentCard } from '../demo/card-watch.ts';
import { textOf } from '../tenant/card-reading.ts';
import { STORIES } from '../tenant/stories.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kobe';
const MAIL: readonly Check[] = ['traffic', 'senders', 'sending_addresses'];
const HUNTING = { service: 'graph', match: 'runHuntingQuery', times: 'until-cleared' } as const;

type BadLuck = {
  readonly name: string;
  readonly happens: (tenant: Tenant) => unknown;
  readonly spoilt: readonly Check[];
  /** The statement that each of these checks must contain, with its verdict. */
  readonly statement: string;
};

const CASES: readonly BadLuck[] = [
  {
    name: 'advanced hunting and message trace that are throttled for minutes',
    happens: ({ faults }) => {
      faults.add({ ...HUNTING, kind: 'throttle', retryAfterSeconds: 180 });
      faults.add({ ...HUNTING, match: 'messageTraces', kind: 'throttle', retryAfterSeconds: 180 });
    },
    spoilt: MAIL,
    statement: 'no_answer unknown',
  },
  {
    name: 'message trace that always has a further page',
    happens: ({ permissions, mail }) => {
      permissions.revoke('ThreatHunting.Read.All');
      mail.trace.endless = true;
    },
    spoilt: MAIL,
    statement: 'incomplete unknown',
  },
  {
    name: 'a name server that answers nothing about the domain',
    happens: ({ dns }) => dns.trouble('simulated.example', 'no_answer'),
    spoilt: ['sender_authentication'],
    statement: 'spf_unread unknown',
  },
  {
    name: 'a name server that fails',
    happens: ({ dns }) => dns.trouble('simulated.example', 'SERVFAIL'),
    spoilt: ['sender_authentication'],
    statement: 'spf_unread unknown',
  },
  {
    name: 'answers to another question',
    happens: ({ dns }) => dns.trouble('simulated.example', 'another_question'),
    spoilt: ['sender_authentication'],
    statement: 'spf_unread unknown',
  },
  {
    name: 'aliases that go round in circles',
    happens: ({ dns }) => {
      dns.remove('simulated.example');
      dns.add('simulated.example', { type: 'CNAME', data: 'loop.simulated.example' });
      dns.add('loop.simulated.example', { type: 'CNAME', data: 'simulated.example' });
    },
    spoilt: ['sender_authentication'],
    statement: 'spf_unread unknown',
  },
  {
    name: 'an SPF record with more than ten lookups',
    happens: ({ dns }) => {
      const names = Array.from({ length: 11 }, (_, index) => `part${index}.simulated.example`);
      for (const name of names) dns.add(name, { type: 'TXT', data: 'v=spf1 ?all' });
      dns.remove('simulated.example');
      const includes = names.map((name) => `include:${name}`).join(' ');
      dns.add('simulated.example', {
        type: 'TXT',
        data: [`v=spf1 ${includes.slice(0, 200)}`, `${includes.slice(200)} -all`],
      });
    },
    spoilt: ['sender_authentication'],
    statement: 'spf_invalid concern',
  },
];

describe('what the checks find when their sources fail', () => {
  let world: World;
  afterEach(() => world.stop());

  const findings = async (): Promise<readonly Finding[]> => {
    const { db, close } = openForReading(world.databaseUrl);
    const [open] = await listOpen(db);
    await close();
    return open?.findings ?? [];
  };
  const everyFinding = () =>
    until(
      async () => {
        const all = await findings();
        return all.length === CHECKS.length ? all : undefined;
      },
      { what: 'what every check found', timeoutMs: 120_000 },
    );
  /** The checks whose findings were handed over together, as the audit trail lists them. */
  const handedOver = async (): Promise<readonly (readonly Check[])[]> => {
    const { db, close } = openForReading(world.databaseUrl);
    const rows = await db.selectFrom('audit').select('details').where('action', '=', 'findings_gathered').execute();
    await close();
    return rows.map(({ details }) => JSON.parse(details).event.findings.map(({ check }: Finding) => check));
  };
  const begin = async (happens: BadLuck['happens']) => {
    world = await startWorld({}, {}, (tenant) => {
      STORIES.honest(tenant, NAME);
      happens(tenant);
    });
  };

  for (const { name, happens, spoilt, statement } of CASES)
    it(`is never good with ${name}, and the card comes all the same`, async () => {
      await begin(happens);
      await cardShows(world.tenant, NAME, 'Restricted');
      for (const { check, verdict, statements } of (await everyFinding()).filter((it) => spoilt.includes(it.check))) {
        const found = statements.map((it) => `${it.kind} ${it.verdict}`);
        assert.notEqual(verdict, 'good', check);
        assert.ok(found.includes(statement), `${check}: ${found.join()}`);
      }
    });

  it('is on the card while advanced hunting does not answer, for all other checks', async () => {
    await begin(({ faults, permissions }) => {
      permissions.revoke('ExchangeMessageTrace.Read.All');
      faults.add({ ...HUNTING, kind: 'lose' });
    });
    const cardMatches = (words: RegExp) => words.test(textOf(incidentCard(world.tenant, NAME)?.card ?? {}));
    await cardShows(world.tenant, NAME, 'Restricted');
    await until(() => cardMatches(/Not changed since/), { what: 'the other findings on the card' });
    const [first] = await handedOver();
    assert.deepEqual(
      MAIL.filter((check) => first?.includes(check)),
      [],
    );
    world.tenant.faults.release();
    for (const { check, verdict } of await everyFinding())
      if (MAIL.includes(check)) assert.equal(verdict, 'unknown', check);
  });
});
