import { hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { HttpError } from './response.ts';

/** What a delivery of Graph's is believed to be: how much of it is ours, and what it says of our subscription. */
export type Delivery = { readonly genuine: number; readonly forged: number; readonly lifecycle: readonly string[] };

/** Whose notifications are believed. */
type Ours = { readonly secret: string; readonly tenantId: string };

/** The envelope of Graph's change notifications; nothing in it is believed but that something changed. */
const envelopeSchema = z.object({
  value: z
    .array(
      z.object({
        clientState: z.string().nullish(),
        tenantId: z.string().nullish(),
        lifecycleEvent: z.string().max(100).nullish(),
      }),
    )
    .min(1),
});

type Notification = z.infer<typeof envelopeSchema>['value'][number];

/** Reads a delivery. Throws an `HttpProblem` when it is none (400), or when nothing in it is genuine (403). */
export function readDelivery(body: unknown, ours: Ours): Delivery {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) {
    throw new HttpError(400, 'bad_envelope', 'Send an object whose "value" is a list of change notifications.');
  }
  const isOurs = isGenuine(ours);
  const genuine = envelope.data.value.filter(isOurs);
  if (genuine.length === 0) {
    throw new HttpError(403, 'not_genuine', 'Send the clientState and the tenant of a subscription of this service.');
  }
  const lifecycle = genuine.flatMap(({ lifecycleEvent }) => lifecycleEvent ?? []);
  return { genuine: genuine.length, forged: envelope.data.value.length - genuine.length, lifecycle };
}

function isGenuine({ secret, tenantId: ourTenant }: Ours): (notification: Notification) => boolean {
  const expected = digest(secret);
  return ({ clientState, tenantId }) => {
    const sameTenant = tenantId == null || tenantId.toLowerCase() === ourTenant.toLowerCase();
    return timingSafeEqual(digest(clientState ?? ''), expected) && sameTenant;
  };
}

/** Of one length, so that a comparison takes the same time whatever is given. */
function digest(value: string): Buffer {
  return hash('sha256', value, 'buffer');
}
