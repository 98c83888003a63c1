import { hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { HttpError } from './response.ts';

/** A delivery of Graph notifications: how many are genuine and forged, and the lifecycle events of our subscription. */
export type Delivery = { readonly genuine: number; readonly forged: number; readonly lifecycle: readonly string[] };

/** The secret and tenant that genuine notifications carry. */
type Ours = { readonly secret: string; readonly tenantId: string };

/** The envelope of Graph's change notifications. Only the fact that something changed is used. */
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

/**
 * Creates the parser of deliveries. It throws an `HttpError` when one is malformed (400) or contains no genuine notification
 * (403).
 */
export function createDeliveryReader(ours: Ours): (body: unknown) => Delivery {
  const isGenuine = createGenuineCheck(ours);
  return (body) => {
    const envelope = envelopeSchema.safeParse(body);
    if (!envelope.success) {
      throw new HttpError(400, 'bad_envelope', 'Send an object whose "value" is a list of change notifications.');
    }
    const genuine = envelope.data.value.filter(isGenuine);
    if (genuine.length === 0) {
      throw new HttpError(403, 'not_genuine', 'Send the clientState and the tenant of a subscription of this service.');
    }
    const lifecycle = genuine.flatMap(({ lifecycleEvent }) => lifecycleEvent ?? []);
    return { genuine: genuine.length, forged: envelope.data.value.length - genuine.length, lifecycle };
  };
}

function createGenuineCheck({ secret, tenantId: ourTenant }: Ours): (notification: Notification) => boolean {
  const expected = digest(secret);
  return ({ clientState, tenantId }) => {
    const sameTenant = tenantId == null || tenantId.toLowerCase() === ourTenant.toLowerCase();
    return timingSafeEqual(digest(clientState ?? ''), expected) && sameTenant;
  };
}

/** Hashes a value to a fixed length, so that comparing takes the same time for every input. */
function digest(value: string): Buffer {
  return hash('sha256', value, 'buffer');
}
