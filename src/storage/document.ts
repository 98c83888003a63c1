import type { z } from 'zod';

type Primitive = string | number | boolean | null | undefined;

/** A type with every field required and writable, so that two of them can be compared field by field. */
type Plain<T> = T extends Primitive
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : { -readonly [K in keyof T]-?: Plain<T[K]> };

type Same<A, B> = [Plain<A>] extends [Plain<B>] ? ([Plain<B>] extends [Plain<A>] ? true : false) : false;

/**
 * A schema for what is stored of `T`. It does not compile unless the schema has every field of `T`, optional ones too, and no
 * other: `z.ZodType<T>` alone accepts a schema without an optional field, which `z.object` then drops.
 */
export function documentOf<T>() {
  return <Schema extends z.ZodType<T>>(schema: Same<T, z.output<Schema>> extends true ? Schema : never): z.ZodType<T> =>
    schema;
}
