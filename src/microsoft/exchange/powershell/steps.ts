import { z } from 'zod';

const rows = z.array(z.unknown());
const texts = z.array(z.string());

/** The progress that `invoke-cmdlet.ps1` reports, one JSON document per step. */
const stepSchema = z.discriminatedUnion('step', [
  /** Written before the cmdlet begins: without it, Exchange has not been called. */
  z.object({ step: z.literal('calling') }),
  z.object({ step: z.literal('done'), rows, warnings: texts }),
  z.object({
    step: z.literal('failed'),
    during: z.enum(['module', 'connect', 'call']),
    message: z.string(),
    /** PowerShell's FullyQualifiedErrorId. */
    id: z.string(),
  }),
]);

type Step = z.infer<typeof stepSchema>;
export type Failed = Extract<Step, { step: 'failed' }>;
export type Done = Extract<Step, { step: 'done' }>;

/** How far a script got. */
export type Progress = { readonly calling: boolean; readonly last: Done | Failed | null };

/** Returns the progress from the documents of a script. Documents that are not steps are ignored, and the last outcome counts. */
export function progressIn(documents: readonly unknown[]): Progress {
  const steps = documents.flatMap((document) => stepSchema.safeParse(document).data ?? []);
  const last = steps.findLast((step) => step.step !== 'calling');
  return { calling: steps.some(({ step }) => step === 'calling'), last: last ?? null };
}
