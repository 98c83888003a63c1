import { z } from 'zod';

/** Faults of the process itself; faults of Exchange are those of the tenant. */
const misbehaviourSchema = z.enum([
  'banner',
  'hang-before-connecting',
  'hang-with-a-child-that-holds-the-pipes',
  'end-before-calling',
  'end-after-acting',
  'speak-nonsense',
]);
export type Misbehaviour = z.infer<typeof misbehaviourSchema>;

/** The machine that the simulated PowerShell is installed on, and the tenant it reaches. */
export const stateSchema = z.object({
  powershell: z.string(),
  /** Null when not installed. */
  module: z.string().nullable(),
  organization: z.string(),
  environment: z.string(),
  exchange: z.string(),
  tenantId: z.string(),
  misbehaviours: z.array(misbehaviourSchema),
});
export type State = z.infer<typeof stateSchema>;

/** One start of the process, without the token. */
export const runSchema = z.object({
  arguments: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  document: z.record(z.string(), z.unknown()),
});
export type Run = z.infer<typeof runSchema>;
