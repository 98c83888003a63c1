import { z } from 'zod';

const attachmentSchema = z.looseObject({ contentType: z.string(), content: z.unknown().optional() });

/** What the Bot Connector needs to know of an activity; the rest is kept as it came. */
export const activitySchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  attachments: z.array(attachmentSchema).optional(),
});

export type Activity = z.infer<typeof activitySchema>;

export type CardJson = Readonly<Record<string, unknown>>;

const cardSchema = z.record(z.string(), z.unknown());
const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

const cards = new WeakMap<Activity, CardJson>();

/** The card of an activity, the same object at every call. */
export function cardIn(activity: Activity): CardJson | undefined {
  const known = cards.get(activity);
  if (known !== undefined) return known;
  const attachment = activity.attachments?.find((one) => one.contentType === ADAPTIVE_CARD);
  const card = cardSchema.safeParse(attachment?.content);
  if (!card.success) return undefined;
  cards.set(activity, card.data);
  return card.data;
}
