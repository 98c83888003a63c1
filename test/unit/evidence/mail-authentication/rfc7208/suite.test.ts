import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { createDns } from '../../../../../src/dns/resolver.ts';
import { checkSpf, type SpfAnswer } from '../../../../../src/evidence/mail-authentication/spf.ts';
import { type DnsServer, startDnsServer } from '../../../../tenant/dns-server.ts';

/**
 * The openspf.org test suite for RFC 7208 (rfc7208-tests.yml, with its BSD licence beside it), run against a name server that
 * serves its zones.
 */
const text = z.union([z.string(), z.array(z.string())]);
const record = z.union([
  z.literal('TIMEOUT'),
  z.object({ SPF: text }),
  z.object({ TXT: text }),
  z.object({ A: z.string() }),
  z.object({ AAAA: z.string() }),
  z.object({ PTR: z.string() }),
  z.object({ CNAME: z.string() }),
  z.object({ MX: z.tuple([z.number(), z.string()]) }),
]);
const suiteSchema = z.object({
  description: z.string(),
  tests: z.record(
    z.string(),
    z.object({
      helo: z.string(),
      host: z.string(),
      mailfrom: z.string().nullish(),
      result: z.union([z.string(), z.array(z.string())]),
    }),
  ),
  zonedata: z.record(z.string(), z.array(record)),
});
type Suite = z.infer<typeof suiteSchema>;

const file = await readFile(new URL('rfc7208-tests.yml', import.meta.url), 'utf8');
const suites = parseAllDocuments(file).flatMap((document) => {
  const parsed = suiteSchema.safeParse(document.toJS());
  return parsed.data ?? [];
});

function serve(server: DnsServer, zone: Suite['zonedata']): void {
  for (const [name, records] of Object.entries(zone)) {
    // Records of type SPF are served as type TXT too, unless the zone has TXT records of its own (a rule of the suite).
    const hasTexts = records.some((it) => typeof it === 'object' && 'TXT' in it);
    // Then only queries of the obsolete type SPF get no response.
    const isAnswered = records.some((it) => typeof it === 'object' && 'TXT' in it && it.TXT !== 'NONE');
    const answered = records.filter((it) => it !== 'TIMEOUT' || !isAnswered);
    for (const it of answered) serveRecord(server, name, it, hasTexts);
  }
}

function serveRecord(server: DnsServer, name: string, it: z.infer<typeof record>, hasTexts: boolean): void {
  if (it === 'TIMEOUT') server.trouble(name, 'no_answer');
  else server.add(name, ...recordsOf(it, hasTexts));
}

/** Returns no records when the name only has to exist. */
function recordsOf(
  it: Exclude<z.infer<typeof record>, 'TIMEOUT'>,
  hasTexts: boolean,
): Parameters<DnsServer['add']>[1][] {
  if ('TXT' in it) return it.TXT === 'NONE' ? [] : [{ type: 'TXT', data: it.TXT }];
  if ('SPF' in it) return hasTexts ? [] : [{ type: 'TXT', data: someText(it.SPF) }];
  if ('MX' in it) return [{ type: 'MX', data: { preference: it.MX[0], exchange: it.MX[1] } }];
  const [[type, data] = ['', '']] = Object.entries(it);
  return type === 'A' || type === 'AAAA' || type === 'PTR' || type === 'CNAME' ? [{ type, data }] : [];
}

/** A TXT record has one part or more (RFC 1035, 3.3.14). */
function someText(data: string | readonly string[]) {
  return data.length === 0 ? '' : data;
}

/** node:dns refuses to look up names with these characters, so their result is `temperror`. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  ...['a-colon-domain', 'a-colon-domain-ip4mapped', 'mx-colon-domain', 'mx-colon-domain-ip4mapped'],
  'macro-mania-in-domain',
]);

/** Cases with a result other than `temperror` in which a name server does not respond. */
const WITHOUT_ANSWER: ReadonlySet<string> = new Set(['exp-dns-error']);

describe('SPF in the test suite for RFC 7208', () => {
  it('has all sections of the suite', () => assert.equal(suites.length, parseAllDocuments(file).length));

  for (const { description, tests, zonedata } of suites) {
    describe(description, () => {
      const cases = Object.entries(tests);
      const expectedOf = (name: string, result: string | readonly string[]) =>
        NOT_ASKED.has(name) ? ['temperror'] : [result].flat();
      let answers: ReadonlyMap<string, SpfAnswer>;
      before(async () => {
        const server = await startDnsServer();
        serve(server, zonedata);
        const check = async ([name, { helo, host, mailfrom, result }]: (typeof cases)[number]) => {
          const isWithout = expectedOf(name, result).includes('temperror') || WITHOUT_ANSWER.has(name);
          const dns = createDns({ servers: [server.address], timeoutMs: isWithout ? 250 : 10_000, clock: () => 0 });
          return [name, await checkSpf(dns, { sender: mailfrom ?? '', helo, address: host })] as const;
        };
        // All at once, because some wait for a server that does not respond.
        answers = new Map(await Promise.all(cases.map(check)).finally(server.stop));
      });

      for (const [name, { result }] of cases) {
        it(name, () => {
          const answer = answers.get(name) ?? assert.fail('not checked');
          const expected = expectedOf(name, result);
          assert.ok(expected.includes(answer.result), `${JSON.stringify(answer)}, not ${expected.join(' or ')}`);
        });
      }
    });
  }
});
