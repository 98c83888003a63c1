/** Mail that passed an inbound connector: so many recipients at once, all alike. */
export type Mail = {
  /** The connector's name. */
  readonly connector: string;
  readonly at: number;
  readonly messages: number;
  /** Of these, what is judged to be spam. */
  readonly judged: number;
  /** Domains of the envelope and of the From header, and the address of the server. */
  readonly envelope: string;
  readonly from: string;
  readonly address: string;
};

type Delivery = Partial<Omit<Mail, 'connector'>>;

export type MailFlow = {
  /** Whether the tenant has Defender for Office 365 Plan 2, and so the table that hunting reads; and whether the table names connectors as we know them. */
  hunting: { licensed: boolean; namesConnectors: boolean };
  /** Message trace answers with a next link for ever. */
  trace: { endless: boolean };
  deliver(connector: string, delivery: Delivery): void;
  /** So many messages in each hour of `days` days up to now, with a quieter night, in a way that is the same each time. */
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
