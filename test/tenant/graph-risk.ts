import { GraphRefusal, graphJson, type Route } from './graph-answers.ts';

/** Identity Protection's risks of accounts, by object id. */
export type Risks = {
  /** Whether the tenant has Microsoft Entra ID P2. */
  licensed: boolean;
  readonly users: Map<string, { readonly riskLevel: string; readonly riskState: string }>;
};

export function createRisks(): Risks {
  return { licensed: true, users: new Map() };
}

/** Microsoft Graph: Get riskyUser. The refusal without a licence, and its status, were seen in practice. */
export function riskRoutes(risks: Risks): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/v1\.0\/identityProtection\/riskyUsers\/([^/]+)$/,
      answer(call, [id = '']) {
        if (!risks.licensed) throw new GraphRefusal(403, 'Forbidden', 'Your tenant is not licensed for this feature.');
        const risk = risks.users.get(id);
        if (risk === undefined) throw new GraphRefusal(404, 'ResourceNotFound', `No risky user with id ${id}.`);
        return graphJson(call, 200, { id, ...risk });
      },
    },
  ];
}
