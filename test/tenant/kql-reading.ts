/** The restrictions in a query of `EmailEvents`; undefined when this tenant cannot parse the query. */
export type MailQuery = {
  readonly words: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly recentFrom: number;
};

const TOKEN = /"(?:\\.|[^"\\\n])*"|datetime\([^)"]*\)|[\w.]+|[^\s\w]/gy;

/** The tokens of the one supported query, with `?` for a text and `#` for a time; a name cannot add tokens to it. */
const CONDITION =
  /^let mail = materialize \( EmailEvents \| where Timestamp > = # and Timestamp < # \| where ((?:Connectors has \? or )*Connectors has \?) \| project /;
const REST =
  /; union( ,?)? \( mail \| summarize [^?#]* by Hour \| extend Part = \? \) , \( mail \| summarize [^?#]* by Address \| top \d+ by Messages \| extend Part = \? \) , \( mail \| summarize [^?#]* by Envelope , From \| top \d+ by Messages \| extend Part = \? \)$/;

export function readMailQuery(query: string): MailQuery | undefined {
  const tokens = tokensOf(query);
  if (tokens === undefined) return undefined;
  const skeleton = tokens.map(kindOf).join(' ');
  const [, condition] = CONDITION.exec(skeleton) ?? [];
  if (condition === undefined || !REST.test(skeleton)) return undefined;
  const texts = tokens.filter((token) => token.startsWith('"')).map(unquoted);
  const [from, until, recentFrom] = tokens.filter((token) => token.startsWith('datetime(')).map(timeOf);
  if (from === undefined || until === undefined || recentFrom === undefined) return undefined;
  return { words: texts.slice(0, condition.split('?').length - 1), from, until, recentFrom };
}

function tokensOf(query: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const token = new RegExp(TOKEN);
  for (let rest = query.trimStart(); rest !== ''; rest = rest.slice(token.lastIndex).trimStart()) {
    token.lastIndex = 0;
    const [found] = token.exec(rest) ?? [];
    if (found === undefined) return undefined;
    tokens.push(found);
  }
  return tokens;
}

function kindOf(token: string): string {
  if (token.startsWith('"')) return '?';
  return token.startsWith('datetime(') ? '#' : token;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => ESCAPED[escaped] ?? escaped);
}

function timeOf(literal: string): number {
  return Date.parse(literal.slice('datetime('.length, -1));
}
