import type { MailFlow } from './mail.ts';

const HOUR_MS = 3_600_000;

/** More than a month of legitimate mail, then a newsletter within one hour, none of which is judged to be spam. */
export function volumeJump(mail: MailFlow, connector: string, at: number): void {
  mail.steady(connector, 35, 31);
  mail.deliver(connector, { at, messages: 4_120, judged: 12 });
}

/** More than a month of legitimate mail, then spam from foreign domains through the same server. */
export function hijackedServer(mail: MailFlow, connector: string, at: number): void {
  mail.steady(connector, 35, 31);
  for (const [index, domain] of ['parcel-office.example', 'bank-notice.example', 'prize.example'].entries())
    mail.deliver(connector, { at: at - index * 600_000, messages: 1_400, judged: 854, envelope: domain, from: domain });
}

/** No mail at all until an unknown connector begins to send from an unknown address. */
export function attackersConnector(mail: MailFlow, connector: string, at: number): void {
  for (let hour = 0; hour < 3; hour += 1)
    mail.deliver(connector, {
      at: at - hour * HOUR_MS,
      messages: 900,
      judged: 700,
      envelope: 'invoice-portal.example',
      from: 'simulated.example',
      address: '198.51.100.77',
    });
}
