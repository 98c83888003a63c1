import { z } from 'zod';

const attachmentSchema = z.looseObject({ contentType: z.string(), content: z.unknown().optional() });

/** The fields of an activity that the Bot Connector needs; the others are kept unchanged. */
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

/** Returns the card of an activity, the same object on every call. */
export function cardIn(activity: Activity): CardJson | undefined {
  const known = cards.get(activity);
  if (known !== undefined) return known;
  const attachment = activity.attachments?.find((one) => one.contentType === ADAPTIVE_CARD);
  const card = cardSchema.safeParse(attachment?.content);
  if (!card.success) return undefined;
  cards.set(activity, card.data);
  return card.data;
}
