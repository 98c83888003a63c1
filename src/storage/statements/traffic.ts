import { z } from 'zod';

const source = z.enum(['hunting', 'trace']);
const texts = z.array(z.string()).readonly();
const number = z.number();
const counted = { source, atLeast: z.boolean() };

/** The schemas of stored statements about traffic, senders and sending addresses. */
export const trafficDocuments = {
  volume_jump: z.object({ ...counted, messages: number, hour: number, usual: number, high: number }),
  judged_mail: z.object({ ...counted, judged: number, messages: number, percent: number, since: number }),
  steady_traffic: z.object({ ...counted, messages: number, usual: number, since: number }),
  past_too_short: z.object({ days: number }),
  no_mail_seen: z.object({ source, since: number }),
  warming_up: z.object({ days: number, today: number }),
  growth_too_fast: z.object({
    ...counted,
    days: number,
    messages: number,
    before: number,
    schedule: z.array(number).readonly(),
  }),
  trace_needs_addresses: z.object({}),

  unregistered_domains: z.object({ domains: texts, count: number, messages: number, percent: number }),
  mismatched_senders: z.object({ pairs: texts, messages: number, percent: number }),
  new_sender_domains: z.object({ domains: texts, count: number, messages: number, days: number }),
  registered_senders: z.object({ domains: texts, count: number }),
  senders_not_compared: z.object({ domains: texts, count: number }),
  no_senders_seen: z.object({ since: number }),
  from_not_in_trace: z.object({}),

  unlisted_addresses: z.object({ addresses: texts, count: number, messages: number }),
  new_addresses: z.object({ addresses: texts, count: number, days: number, messages: number }),
  no_reverse_name: z.object({ addresses: texts, count: number }),
  reverse_name_differs: z.object({ addresses: texts, count: number, name: z.string() }),
  expected_addresses: z.object({ addresses: texts, count: number }),
  addresses_not_compared: z.object({ addresses: texts, count: number, source }),
  no_addresses_seen: z.object({ since: number }),
};
