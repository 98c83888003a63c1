import { version as nodeVersion } from 'node:process';
import product from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config/config.ts';
import { createConnections, type Runtime } from '../connections.ts';
import type { Finding } from '../finding.ts';
import { EXCHANGE_PROBES } from './exchange-probes.ts';
import { FEED_PROBES } from './feed-probes.ts';
import { GRAPH_PROBES } from './graph-probes.ts';
import { OPEN_QUESTIONS, questionOf, SETTLED_ELSEWHERE } from './open-questions.ts';
import { linesOf, type Probe, type ReportContext } from './probe.ts';
import { createSendRequest } from './request.ts';
import { hourOf } from './shape-text.ts';

const FEED_OFF: Probe['run'] = async () => ['not requested: ACTIVITY_FEED is off'];

export const PROBES: readonly Probe[] = [...EXCHANGE_PROBES, ...GRAPH_PROBES, ...FEED_PROBES];

/**
 * Creates a report for the maintainers with the shapes of Microsoft's responses, and nothing that identifies the tenant or a
 * person. A failed probe becomes a line of it.
 */
export async function createReport(config: Config, runtime: Runtime, findings: readonly Finding[]): Promise<string> {
  const connections = createConnections(config, runtime);
  const now = runtime.clock();
  const context: ReportContext = {
    config,
    connections,
    exchange: createSendRequest(connections, config.exchange),
    graph: createSendRequest(connections, config.graph),
    feed: config.activityFeed === null ? null : createSendRequest(connections, config.activityFeed),
    now,
  };
  try {
    const sections: string[] = [];
    for (const probe of PROBES) sections.push(await section(probe, context));
    const seen = connections.shapes.seen().map(({ shape }) => shape);
    return [...head(config, now, findings), ...sections, tail(seen)].join('\n');
  } finally {
    await connections.close();
  }
}

function head(config: Config, now: number, findings: readonly Finding[]): readonly string[] {
  const by = (expected: Finding['status']) => findings.filter(({ status }) => status === expected).map(({ id }) => id);
  return [
    '# Connector Guard: report from a tenant',
    '',
    "Names, types and lengths of the fields in Microsoft's responses. The only values are enums, counts and times to the hour.",
    'Read it before you send it; docs/first-tenant.md explains to whom and why.',
    '',
    `- version ${product.version}, Node ${nodeVersion}, made ${hourOf(now)}`,
    `- cloud ${config.cloud}, mode ${config.unblockMode}, identity ${config.credential.kind}`,
    `- doctor: failed ${by('failed').join(', ') || 'nothing'}; warnings ${by('warning').join(', ') || 'none'}`,
    '',
  ];
}

async function section(probe: Probe, context: ReportContext): Promise<string> {
  const run = FEED_PROBES.includes(probe) && context.feed === null ? FEED_OFF : probe.run;
  const lines = await linesOf({ ...probe, run }, context);
  return [`## ${probe.title}`, ...settling(probe), '```', ...lines, '```', ''].join('\n');
}

function settling({ settles }: Probe): readonly string[] {
  return settles.length === 0 ? [] : ['Settles:', ...settles.map((id) => `- ${questionOf(id)}`)];
}

function tail(unexpected: readonly string[]): string {
  const shapes = [...new Set(unexpected)].toSorted().join(', ') || 'none';
  return [
    '## Not settled by this report',
    ...OPEN_QUESTIONS.flatMap((id) =>
      SETTLED_ELSEWHERE[id] === undefined ? [] : [`- ${questionOf(id)}: ${SETTLED_ELSEWHERE[id]}`],
    ),
    '',
    `Shapes that were not as expected: ${shapes}`,
    '',
  ].join('\n');
}
