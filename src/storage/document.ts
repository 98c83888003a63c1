import { z } from 'zod';
import type { Person } from '../incident/model/approval.ts';

type Primitive = string | number | boolean | null | undefined;

/** A type with every field required and writable, so that two of them can be compared field by field. */
type Plain<T> = T extends Primitive
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : { -readonly [K in keyof T]-?: Plain<T[K]> };

type Same<A, B> = [Plain<A>] extends [Plain<B>] ? ([Plain<B>] extends [Plain<A>] ? true : false) : false;

/**
 * Declares the schema of a stored `T`. It does not compile unless the schema has exactly the fields of `T`, including optional
 * ones: `z.ZodType<T>` alone accepts a schema without an optional field, which `z.object` then drops.
 */
export function documentOf<T>() {
  return <Schema extends z.ZodType<T>>(schema: Same<T, z.output<Schema>> extends true ? Schema : never): z.ZodType<T> =>
    schema;
}

export const personDocument = documentOf<Person>()(
  z.object({ tenantId: z.string(), objectId: z.string(), name: z.string() }),
);
