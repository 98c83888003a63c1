import { z } from 'zod';
import { FOLLOW_UP_TASKS } from '../../incident/model/follow-up.ts';
import { ATTESTABLE } from '../../incident/model/recommendations.ts';
import { clip, MAX_REASON } from '../cards/card-text.ts';
import { wireId } from '../transport/incoming.ts';

/** Control characters that cannot be typed; newlines are kept, because a reason may have several lines. */
const UNTYPED = /[^\P{Cc}\n\t]/gu;

const id = wireId.min(1).max(100);
const text = z
  .string()
  .nullish()
  .transform((value) => clip((value ?? '').toWellFormed().replaceAll(UNTYPED, ' ').trim(), MAX_REASON));
const tick = z.union([z.literal('true'), z.literal(true)]);

/** The revision that was shown. Cards send it as text; any other type does not come from a card of this service. */
const shown = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional();

/** What every card contains about itself; a card of an older version has no `shown`. */
const data = z.object({ incidentId: id, shown });
const ofApproval = data.extend({ approvalId: id });
const ofBreakGlass = data.extend({ breakGlassId: id });

/** The ids of the ticked boxes. */
const ticked = z.looseObject({}).transform((inputs): { readonly attested: readonly string[] } => {
  return { attested: ATTESTABLE.filter((name) => tick.safeParse(inputs[name]).success) };
});

/** Whether the box beside the evidence was ticked; an unticked one is sent as false, and an older card has none. */
const evidence = z
  .object({ evidence_reviewed: z.unknown().optional() })
  .transform(({ evidence_reviewed: box }): { evidenceReviewed?: boolean } => {
    return box === undefined ? {} : { evidenceReviewed: tick.safeParse(box).success };
  });

/** The id differs from that of the card's own reason. */
const breakGlassReason = z
  .object({ break_glass_reason: text })
  .transform(({ break_glass_reason: reason }) => ({ reason }));
const comment = z.object({ reason: text }).transform(({ reason }) => ({ comment: reason }));
const optionalReason = text.transform((reason) => (reason === '' ? null : reason));
/** The language of the labels beside the boxes; absent on a card of an older version. */
const language = z.string().max(35).optional();

const click = z.discriminatedUnion('verb', [
  button('approve', data.extend({ reason: text, language }).and(ticked)),
  button('confirm', ofApproval.and(evidence)),
  button('reject', ofApproval.extend({ reason: optionalReason })),
  button('withdraw', ofApproval),
  button('ask', ofApproval.extend({ question: text })),
  button('keep', data.extend({ reason: text })),
  button('break_glass', data.and(breakGlassReason)),
  button('stop', ofBreakGlass),
  button('review', ofBreakGlass.and(comment)),
  button('done', data.extend({ task: z.enum(FOLLOW_UP_TASKS) })),
  button('unlink', data.extend({ alertId: id })),
  button('acknowledge', data),
  button('refresh', data),
  button('report', data),
]);

/** A pressed button and its inputs; nothing in it identifies the person. */
export type Click = z.infer<typeof click>;

function button<V extends string, D extends object>(verb: V, schema: z.ZodType<D>) {
  return z.object({ verb: z.literal(verb), data: schema }).transform((action) => ({ verb, ...action.data }));
}

const invoke = z.looseObject({ action: click });
const submitted = z.looseObject({ verb: z.string() });

/** Returns the data of an `Action.Submit` in the form of an invoke; null when the value is not that of a button. */
export function submittedAction(value: unknown): { readonly action: object } | null {
  const parsed = submitted.safeParse(value);
  if (!parsed.success) return null;
  const { verb, ...inputs } = parsed.data;
  return { action: { verb, data: inputs } };
}

/** Parses the value of an `adaptiveCard/action` invoke; null when no card of this service can have sent it. */
export function parseClick(value: unknown): Click | null {
  return invoke.safeParse(value).data?.action ?? null;
}
