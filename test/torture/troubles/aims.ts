import type { Random } from '../random.ts';

type Point = {
  readonly service: 'graph' | 'exchange' | 'teams' | 'identity';
  /** A cmdlet, or a part of `METHOD /path`. */
  readonly match?: string | RegExp;
  /** So many such calls are let through first. */
  readonly skip?: number;
};

/** A call at which the service is killed, and what becomes of the call: never done, done only afterwards, done but not answered. */
export type Aim = Point & { readonly kind: 'lose' | 'hang' | 'act-then-hang' };

/** Every call the service makes to others on the way from a restriction to its end. */
const POINTS: readonly Point[] = [
  { service: 'exchange', match: 'Get-BlockedConnector' },
  { service: 'exchange', match: 'Get-InboundConnector' },
  { service: 'graph', match: 'GET /v1.0/security/alerts_v2' },
  { service: 'teams', match: /^POST .*\/v3\/conversations$/ },
  { service: 'teams', match: /^POST .*\/activities/ },
  { service: 'graph', match: 'checkMemberGroups' },
  { service: 'graph', match: 'checkMemberGroups', skip: 1 },
  { service: 'graph', match: 'checkMemberGroups', skip: 2 },
  { service: 'graph', match: 'transitiveMembers' },
  { service: 'graph', match: 'transitiveMembers', skip: 1 },
  { service: 'teams', match: 'pagedmembers' },
  { service: 'teams', match: /^PUT / },
  { service: 'teams', match: /^PUT /, skip: 1 },
  { service: 'exchange', match: 'Remove-BlockedConnector' },
  { service: 'exchange', match: 'Remove-BlockedConnector' },
  { service: 'graph', match: /^POST .*\/comments/ },
  { service: 'graph', match: /^PATCH .*alerts_v2/ },
  { service: 'identity' },
];

const KINDS = ['lose', 'hang', 'act-then-hang'] as const;

/** Those at which most can go wrong, in the order in which a restriction comes by them. */
export const WORST_AIMS: readonly Aim[] = [
  { service: 'teams', match: /^POST .*\/v3\/conversations$/, kind: 'lose' },
  { service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-hang' },
  { service: 'graph', match: /^POST .*\/comments/, kind: 'act-then-hang' },
];

export function drawAim(random: Random): Aim {
  return { ...random.pick(POINTS), kind: random.pick(KINDS) };
}
