import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import dnsPacket from 'dns-packet';

type RecordData =
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'PTR'; readonly data: string; readonly ttl?: number }
  | { readonly type: 'MX'; readonly data: { readonly preference: number; readonly exchange: string } }
  | { readonly type: 'TXT'; readonly data: string | readonly string[] };

/** How the server misbehaves for every question about a name, or for those of one type. */
type Trouble = 'no_answer' | 'SERVFAIL' | 'REFUSED' | 'malformed' | 'another_id' | 'another_question';

/** A name server on loopback, over UDP and TCP, with the zones that a test adds. */
export type DnsServer = {
  /** The value for `DNS_SERVERS`. */
  readonly address: string;
  /** Questions in order of arrival, as `TYPE name`, with the transport. */
  readonly questions: readonly string[];
  add(name: string, ...records: readonly RecordData[]): void;
  /** Removes every record of the name. */
  remove(name: string): void;
  trouble(name: string, kind: Trouble | null, type?: RecordData['type']): void;
  stop(): Promise<void>;
};

type Zone = {
  readonly records: Map<string, readonly RecordData[]>;
  readonly troubles: Map<string, Trouble>;
  readonly questions: string[];
};

/** RFC 1035, 4.2.1: a longer response is truncated, and requested again over TCP. */
const MAX_UDP_BYTES = 512;
const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const AUTHORITATIVE = 1 << 10;
const TRUNCATED = 1 << 9;

export async function startDnsServer(): Promise<DnsServer> {
  const zone: Zone = { records: new Map(), troubles: new Map(), questions: [] };
  const { udp, tcp, port } = await openOnOnePort(zone);
  return {
    address: `127.0.0.1:${port}`,
    questions: zone.questions,
    add: (name, ...records) => zone.records.set(key(name), [...(zone.records.get(key(name)) ?? []), ...records]),
    remove: (name) => void zone.records.delete(key(name)),
    trouble: (name, kind, type) => {
      const about = troubleKey(name, type);
      if (kind === null) zone.troubles.delete(about);
      else zone.troubles.set(about, kind);
    },
    async stop() {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}

/** Opens UDP and TCP on one port. The port that UDP is given may be in use for TCP; then another is tried. */
async function openOnOnePort(zone: Zone): Promise<{ udp: Socket; tcp: Server; port: number }> {
  const udp = createSocket('udp4');
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const { port } = udp.address();
  const tcp = tcpServer(zone).listen(port, '127.0.0.1');
  try {
    await once(tcp, 'listening');
  } catch {
    udp.close();
    return openOnOnePort(zone);
  }
  udp.on('message', (message, from) => {
    const answer = answerTo(zone, message, 'UDP');
    if (answer !== null) udp.send(answer, from.port, from.address);
  });
  return { udp, tcp, port };
}

/** Creates the TCP server, on which each message follows its length in two bytes. */
function tcpServer(zone: Zone): Server {
  return createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0);
        const answer = answerTo(zone, received.subarray(2, end), 'TCP');
        received = received.subarray(end);
        if (answer === null) continue;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(answer.length);
        socket.write(Buffer.concat([length, answer]));
      }
    });
  });
}

function answerTo(zone: Zone, message: Buffer, transport: 'UDP' | 'TCP'): Buffer | null {
  const query = dnsPacket.decode(message);
  const question = query.questions?.[0];
  if (question === undefined) return null;
  const { name, type } = question;
  zone.questions.push(`${type} ${name.toLowerCase()} ${transport}`);
  const trouble = zone.troubles.get(troubleKey(name, type)) ?? zone.troubles.get(troubleKey(name));
  if (trouble === 'no_answer') return null;
  const head = { type: 'response' as const, id: query.id ?? 0, questions: [question] };
  const flags = AUTHORITATIVE | dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE;
  if (trouble === 'malformed') return dnsPacket.encode({ ...head, flags }).subarray(0, 11);
  if (trouble === 'SERVFAIL' || trouble === 'REFUSED')
    return dnsPacket.encode({ ...head, flags: flags | RCODES[trouble] });
  if (trouble === 'another_id' || trouble === 'another_question') return lie(zone, query, question, trouble);
  const { answers, exists } = lookUp(zone, name, type);
  const rcode = exists ? 0 : RCODES.NXDOMAIN;
  const whole = dnsPacket.encode({ ...head, flags: flags | rcode, answers: [...answers] });
  if (transport === 'TCP' || whole.length <= MAX_UDP_BYTES) return whole;
  return dnsPacket.encode({ ...head, flags: flags | TRUNCATED });
}

/** Sends the forged responses of an attacker who guesses: the requested records under another id, or in response to another question. */
function lie(
  zone: Zone,
  { id = 0 }: dnsPacket.DecodedPacket,
  question: dnsPacket.Question,
  kind: 'another_id' | 'another_question',
): Buffer {
  const { answers } = lookUp(zone, question.name, question.type);
  const isOther = kind === 'another_question';
  return dnsPacket.encode({
    type: 'response',
    id: isOther ? id : (id + 1) % 65_536,
    flags: AUTHORITATIVE | dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE,
    questions: [isOther ? { ...question, name: `other.${question.name}` } : question],
    answers,
  });
}

/** Follows aliases as a resolver does; a circular alias ends where it began. */
function lookUp({ records }: Zone, asked: string, type: string) {
  const answers: dnsPacket.Answer[] = [];
  const seen = new Set<string>();
  let name = asked;
  for (;;) {
    const held = records.get(key(name));
    answers.push(...(held ?? []).filter((record) => record.type === type).map((record) => answerOf(name, record)));
    const alias = held?.find((record) => record.type === 'CNAME');
    if (type === 'CNAME' || alias?.type !== 'CNAME' || seen.has(key(alias.data))) {
      return { answers, exists: held !== undefined || answers.length > 0 };
    }
    answers.push(answerOf(name, alias));
    seen.add(key(alias.data));
    name = alias.data;
  }
}

function answerOf(name: string, record: RecordData): dnsPacket.Answer {
  const about = { name, ttl: 300, class: 'IN' } as const;
  switch (record.type) {
    case 'TXT':
      return { ...about, type: 'TXT', data: partsOf(record.data) };
    case 'MX':
      return { ...about, type: 'MX', data: record.data };
    default:
      return { ...about, ttl: record.ttl ?? 300, type: record.type, data: record.data };
  }
}

/** Splits a text record into parts of at most 255 bytes (RFC 1035, 3.3); a record has at least one. */
function partsOf(data: string | readonly string[]): string[] {
  return typeof data === 'string' ? (data.match(/.{1,255}/gs) ?? ['']) : [...data];
}

function key(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function troubleKey(name: string, type = 'any type'): string {
  return `${type} ${key(name)}`;
}
