import type { Random } from '../random.ts';

type Point = {
  readonly service: 'graph' | 'exchange' | 'teams' | 'identity';
  /** A cmdlet, or a part of `METHOD /path`. */
  readonly match?: string | RegExp;
  /** The number of such calls that pass before this one. */
  readonly skip?: number;
};

/** A call during which the service is killed. The call is lost, carried out only after the kill, or carried out and not answered. */
export type Aim = Point & { readonly kind: 'lose' | 'hang' | 'act-then-hang' };

/** Every call the service makes to other systems between a restriction and its end. */
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

/** The calls at which a kill can do most damage, in the order in which a restriction reaches them. */
export const WORST_AIMS: readonly Aim[] = [
  { service: 'teams', match: /^POST .*\/v3\/conversations$/, kind: 'lose' },
  { service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-hang' },
  { service: 'graph', match: /^POST .*\/comments/, kind: 'act-then-hang' },
];

export function drawAim(random: Random): Aim {
  return { ...random.pick(POINTS), kind: random.pick(KINDS) };
}
