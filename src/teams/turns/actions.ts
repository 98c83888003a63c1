import { z } from 'zod';
import { FOLLOW_UP_TASKS, type FollowUpTask } from '../../incident/model/follow-up.ts';
import { ATTESTABLE } from '../../incident/model/recommendations.ts';
import { clip, MAX_REASON } from '../cards/card-text.ts';
import { wireId } from '../transport/incoming.ts';

/** What a pressed card contains about itself. */
type Shown = {
  /** The revision of the incident it was drawn from; absent on a card of an older version. */
  readonly shown?: number | undefined;
};

/** A pressed button and its inputs; nothing in it identifies the person. */
export type Click = Shown & Pressed;

type Pressed =
  | {
      readonly verb: 'approve';
      readonly incidentId: string;
      readonly reason: string;
      /** Ids of the recommendations that were ticked. */
      readonly attested: readonly string[];
      /** The language of the labels beside the checkboxes; absent on a card of an older version. */
      readonly language?: string | undefined;
    }
  | { readonly verb: 'withdraw'; readonly incidentId: string; readonly approvalId: string }
  | {
      readonly verb: 'confirm';
      readonly incidentId: string;
      readonly approvalId: string;
      /** Whether the box beside the evidence was ticked; absent from a card without one. */
      readonly evidenceReviewed?: boolean | undefined;
    }
  | {
      readonly verb: 'reject';
      readonly incidentId: string;
      readonly approvalId: string;
      readonly reason: string | null;
    }
  | { readonly verb: 'ask'; readonly incidentId: string; readonly approvalId: string; readonly question: string }
  | { readonly verb: 'done'; readonly incidentId: string; readonly task: FollowUpTask }
  | { readonly verb: 'acknowledge'; readonly incidentId: string }
  | { readonly verb: 'refresh'; readonly incidentId: string }
  | { readonly verb: 'report'; readonly incidentId: string }
  | { readonly verb: 'unlink'; readonly incidentId: string; readonly alertId: string }
  | { readonly verb: 'break_glass'; readonly incidentId: string; readonly reason: string }
  | { readonly verb: 'stop'; readonly incidentId: string; readonly breakGlassId: string }
  | { readonly verb: 'review'; readonly incidentId: string; readonly breakGlassId: string; readonly comment: string }
  | { readonly verb: 'keep'; readonly incidentId: string; readonly reason: string };

/** Not `reason`, which is the id of the card's own input. */
const BREAK_GLASS_REASON = 'break_glass_reason';

/** Control characters that cannot be typed; newlines are kept, because a reason may have several lines. */
const UNTYPED = /[^\P{Cc}\n\t]/gu;

const id = wireId.min(1).max(100);
const text = z
  .string()
  .nullish()
  .transform((value) => clip((value ?? '').toWellFormed().replaceAll(UNTYPED, ' ').trim(), MAX_REASON));
const tick = z.union([z.literal('true'), z.literal(true)]);

/** Cards send the revision as text; any other type does not come from a card of this service. */
const shown = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional();

const data = z.looseObject({ incidentId: id, shown });
const ofApproval = data.extend({ approvalId: id });
const ofAlert = data.extend({ alertId: id });
const ofBreakGlass = data.extend({ breakGlassId: id });
const withReason = z.looseObject({ reason: text });
/** Absent from a card of an older version; an unticked box is sent as false. */
const evidence = z.looseObject({ evidence_reviewed: z.unknown().optional() });

const action = z.discriminatedUnion('verb', [
  z.object({
    verb: z.literal('approve'),
    data: data.extend({ ...withReason.shape, language: z.string().max(35).optional() }),
  }),
  z.object({ verb: z.literal('keep'), data: data.extend(withReason.shape) }),
  z.object({ verb: z.literal('ask'), data: ofApproval.extend({ question: text }) }),
  z.object({ verb: z.literal('confirm'), data: ofApproval.extend(evidence.shape) }),
  z.object({ verb: z.literal('withdraw'), data: ofApproval }),
  z.object({ verb: z.literal('reject'), data: ofApproval.extend(withReason.shape) }),
  z.object({ verb: z.literal('break_glass'), data: data.extend({ [BREAK_GLASS_REASON]: text }) }),
  z.object({ verb: z.literal('stop'), data: ofBreakGlass }),
  z.object({ verb: z.literal('review'), data: ofBreakGlass.extend(withReason.shape) }),
  z.object({ verb: z.literal('done'), data: data.extend({ task: z.enum(FOLLOW_UP_TASKS) }) }),
  z.object({ verb: z.literal('acknowledge'), data }),
  z.object({ verb: z.literal('refresh'), data }),
  z.object({ verb: z.literal('report'), data }),
  z.object({ verb: z.literal('unlink'), data: ofAlert }),
]);

const invoke = z.looseObject({ action });
const submitted = z.looseObject({ verb: z.string() });

/** Returns the data of an `Action.Submit` in the form of an invoke; null when the value is not that of a button. */
export function submittedAction(value: unknown): { readonly action: object } | null {
  const parsed = submitted.safeParse(value);
  if (!parsed.success) return null;
  const { verb, ...data } = parsed.data;
  return { action: { verb, data } };
}

/** Parses the value of an `adaptiveCard/action` invoke; null when no card of this service can have sent it. */
export function parseClick(value: unknown): Click | null {
  const parsed = invoke.safeParse(value);
  return parsed.success ? clickOf(parsed.data.action) : null;
}

function clickOf(its: z.infer<typeof action>): Click {
  const { shown } = its.data;
  return { ...pressedIn(its), ...(shown === undefined ? {} : { shown }) };
}

function pressedIn({ verb, data: its }: z.infer<typeof action>): Pressed {
  const { incidentId } = its;
  switch (verb) {
    case 'approve':
      return {
        verb,
        incidentId,
        reason: its.reason,
        attested: ATTESTABLE.filter((name) => tick.safeParse(its[name]).success),
        ...(its.language === undefined ? {} : { language: its.language }),
      };
    case 'break_glass':
      return { verb, incidentId, reason: its[BREAK_GLASS_REASON] };
    case 'stop':
      return { verb, incidentId, breakGlassId: its.breakGlassId };
    case 'review':
      return { verb, incidentId, breakGlassId: its.breakGlassId, comment: its.reason };
    case 'keep':
      return { verb, incidentId, reason: its.reason };
    case 'done':
      return { verb, incidentId, task: its.task };
    case 'reject':
      return { verb, incidentId, approvalId: its.approvalId, reason: its.reason === '' ? null : its.reason };
    case 'ask':
      return { verb, incidentId, approvalId: its.approvalId, question: its.question };
    case 'confirm': {
      const { evidence_reviewed: box, approvalId } = its;
      const reviewed = box === undefined ? {} : { evidenceReviewed: tick.safeParse(box).success };
      return { verb, incidentId, approvalId, ...reviewed };
    }
    case 'withdraw':
      return { verb, incidentId, approvalId: its.approvalId };
    case 'unlink':
      return { verb, incidentId, alertId: its.alertId };
    case 'acknowledge':
    case 'refresh':
    case 'report':
      return { verb, incidentId };
  }
}
