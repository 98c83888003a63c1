/** The part of OData's `$filter` that the service uses with the alerts API: comparisons joined with `and`. */
export type Clause = { readonly property: string; readonly operator: string; readonly value: string };

const CLAUSE = /\s*([\w/]+)\s+(eq|ne|gt|ge|lt|le)\s+('(?:[^']|'')*'|[^\s']+)\s*(?:and\s+|$)/y;

/** Parses a filter; undefined when the text is not one. */
export function parseFilter(text: string): readonly Clause[] | undefined {
  const clauses: Clause[] = [];
  const clause = new RegExp(CLAUSE);
  while (clause.lastIndex < text.length) {
    const [, property, operator, value] = clause.exec(text) ?? [];
    if (property === undefined || operator === undefined || value === undefined) return undefined;
    clauses.push({ property, operator, value });
  }
  return clauses.length === 0 ? undefined : clauses;
}

export function matches(row: Readonly<Record<string, unknown>>, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) => holds(row[clause.property], clause));
}

function holds(held: unknown, { property, operator, value }: Clause): boolean {
  if (typeof held !== 'string') return operator === 'ne';
  const isTime = property.endsWith('DateTime');
  const wanted = unquoted(value);
  const order = isTime ? compare(sortableTime(held), sortableTime(wanted)) : compare(held, wanted);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    default:
      return order <= 0;
  }
}

export function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Pads the fraction of a second, from which Graph drops trailing zeros, so that times can be compared as text. */
export function sortableTime(text: string): string {
  const [, seconds = text, fraction = ''] = /^(.*?:\d\d)(?:\.(\d{1,7}))?Z$/.exec(text) ?? [];
  return `${seconds}.${fraction.padEnd(7, '0')}`;
}

export function isGraphTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(text);
}

function unquoted(value: string): string {
  return value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value;
}
