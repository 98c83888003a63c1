import { z } from 'zod';
import { CHECKS, type Finding, type Statement, type Statements, VERDICTS } from '../incident/model/finding.ts';
import type { StatementKind } from '../incident/model/statements/statement-values.ts';
import { documentOf } from './document.ts';
import { json, statementDocuments } from './statement-documents.ts';

const stored = z.object({ kind: z.string(), verdict: z.enum(VERDICTS), values: json });
type StoredStatement = z.infer<typeof stored>;

/** A statement of a kind or with values unknown to this version is kept whole, for a version that knows it. */
const statement: z.ZodType<Statement> = stored.transform((it) => {
  const own = unwrapped(it);
  if (isKnown(own)) return own;
  return { kind: 'of_another_version', verdict: own.verdict, values: { kind: own.kind, values: own.values } };
});

/** Unwraps a statement that an earlier version could not read, because this version may be able to. */
function unwrapped(it: StoredStatement): StoredStatement {
  if (it.kind !== 'of_another_version') return it;
  const inner = statementDocuments.of_another_version.safeParse(it.values);
  return inner.success ? { ...it, ...inner.data } : it;
}

function isKnown(it: StoredStatement): it is StoredStatement & Statement {
  return isKind(it.kind) && statementDocuments[it.kind].safeParse(it.values).success;
}

function isKind(kind: string): kind is StatementKind {
  return Object.hasOwn(statementDocuments, kind);
}

const statements: z.ZodType<Statements> = z.tuple([statement], statement).readonly();

const finding = documentOf<Finding>()(
  z.object({
    check: z.enum(CHECKS),
    verdict: z.enum(VERDICTS),
    statements,
    readAt: z.number(),
  }),
);

/** The schema of stored findings. Findings of a check that this version does not have are left out. */
export const findingsDocument: z.ZodType<readonly Finding[]> = z
  .array(z.unknown())
  .transform((items) => items.map((item) => finding.safeParse(item)).flatMap(({ data }) => data ?? []));
