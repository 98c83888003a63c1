/** Mail that passed an inbound connector: a number of identical messages at one moment. */
export type Mail = {
  /** The connector's name. */
  readonly connector: string;
  readonly at: number;
  readonly messages: number;
  /** The number of these that are judged to be spam. */
  readonly judged: number;
  /** Domains of the envelope and of the From header, and the address of the server. */
  readonly envelope: string;
  readonly from: string;
  readonly address: string;
};

type Delivery = Partial<Omit<Mail, 'connector'>>;

export type MailFlow = {
  /**
   * Whether the tenant has Defender for Office 365 Plan 2, and with it the table that hunting reads; and whether the table has
   * the connectors' names.
   */
  hunting: { licensed: boolean; namesConnectors: boolean };
  /** Whether message trace returns a next link forever. */
  trace: { endless: boolean };
  deliver(connector: string, delivery: Delivery): void;
  /** Adds this number of messages in each hour of the last `days` days, fewer at night, the same on every call. */
  steady(connector: string, perHour: number, days: number, delivery?: Delivery): void;
  all(): readonly Mail[];
};

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const USUAL: Omit<Mail, 'connector' | 'at' | 'messages'> = {
  judged: 0,
  envelope: 'simulated.example',
  from: 'simulated.example',
  address: '192.0.2.10',
};

export function createMailFlow(now: () => number): MailFlow {
  const mails: Mail[] = [];
  const deliver = (connector: string, delivery: Delivery) =>
    void mails.push({ ...USUAL, at: now(), messages: 1, ...delivery, connector });
  return {
    hunting: { licensed: true, namesConnectors: true },
    trace: { endless: false },
    deliver,
    steady(connector, perHour, days, delivery = {}) {
      const latest = Math.floor(now() / HOUR_MS) * HOUR_MS - HOUR_MS;
      for (let hour = 0; hour < days * DAY_HOURS; hour += 1) {
        const messages = Math.max(1, Math.round(perHour * (hour % DAY_HOURS < 8 ? 0.5 : 1) + (hour % 5) - 2));
        deliver(connector, { messages, ...delivery, at: latest - hour * HOUR_MS });
      }
    },
    all: () => mails,
  };
}
