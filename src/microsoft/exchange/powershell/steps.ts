import { z } from 'zod';

const rows = z.array(z.unknown());
const texts = z.array(z.string());

/** What `invoke-cmdlet.ps1` says of itself, one JSON document a step. */
const stepSchema = z.discriminatedUnion('step', [
  /** Written before the cmdlet begins: without it Exchange was asked for nothing. */
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

/** What it got to, at most. */
export type Progress = { readonly calling: boolean; readonly last: Done | Failed | null };

/** Lines that are no step of ours are left out; the last outcome counts. */
export function progressIn(documents: readonly unknown[]): Progress {
  const steps = documents.flatMap((document) => stepSchema.safeParse(document).data ?? []);
  const last = steps.findLast((step) => step.step !== 'calling');
  return { calling: steps.some(({ step }) => step === 'calling'), last: last ?? null };
}
