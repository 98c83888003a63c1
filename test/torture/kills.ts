type Point = {
  readonly service: 'graph' | 'exchange' | 'teams';
  /** A cmdlet, or a part of `METHOD /path`. */
  readonly match: string | RegExp;
  /** So many calls are let through first. */
  readonly skip?: number;
};

/** A call at which the service is killed: before the other side has acted, or after. */
export type Kill = Point & { readonly kind: 'hang' | 'act-then-hang' };

/** Every call the service makes to others on the way from a restriction to its end. */
const POINTS: readonly Point[] = [
  { service: 'exchange', match: 'Get-BlockedConnector' },
  { service: 'exchange', match: 'Get-InboundConnector' },
  { service: 'graph', match: 'GET /v1.0/security/alerts_v2' },
  { service: 'teams', match: /^POST .*\/v3\/conversations$/ },
  { service: 'graph', match: 'checkMemberGroups' },
  { service: 'graph', match: 'checkMemberGroups', skip: 1 },
  { service: 'graph', match: 'checkMemberGroups', skip: 2 },
  { service: 'graph', match: 'transitiveMembers' },
  { service: 'graph', match: 'transitiveMembers', skip: 1 },
  { service: 'teams', match: 'pagedmembers' },
  { service: 'teams', match: /^PUT / },
  { service: 'teams', match: /^PUT /, skip: 1 },
  { service: 'exchange', match: 'Remove-BlockedConnector' },
  { service: 'graph', match: /^POST .*\/comments/ },
  { service: 'graph', match: /^PATCH .*alerts_v2/ },
];

export const ALL_KILLS: readonly Kill[] = (['hang', 'act-then-hang'] as const).flatMap((kind) =>
  POINTS.map((point) => ({ ...point, kind })),
);

/** Those at which most can go wrong. */
export const WORST_KILLS: readonly Kill[] = [
  { service: 'exchange', match: 'Remove-BlockedConnector', kind: 'hang' },
  { service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-hang' },
  { service: 'teams', match: /^POST .*\/v3\/conversations$/, kind: 'hang' },
  { service: 'graph', match: /^POST .*\/comments/, kind: 'act-then-hang' },
];
