import { z } from 'zod';
import { CLOUD_RESOURCES } from '../tenant/clouds.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { tokenFor } from '../tenant/token-for-tests.ts';
import { bodyOf, empty, json, listen, readCall, writeAnswer } from '../tenant/wire.ts';

type Received = { readonly authorization: string; readonly activity: Readonly<Record<string, unknown>> };

export type ScriptedBot = {
  readonly received: readonly Received[];
  /** Posts or, with an activity id, updates a message, and returns its id. */
  write(conversationId: string, activity: object, activityId?: string): Promise<string>;
  stop(): Promise<void>;
};

const activitySchema = z.record(z.string(), z.unknown());

/** Starts a bot that answers every click with the same sentence and writes what a test specifies. */
export async function startScriptedBot(tenant: Tenant, sentence: string): Promise<ScriptedBot> {
  const received: Received[] = [];
  const clickAnswer = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: sentence };
  const server = await listen(async (request, response) => {
    const call = await readCall(request);
    const activity = activitySchema.parse(bodyOf(call));
    received.push({ authorization: call.headers.authorization ?? '', activity });
    writeAnswer(response, activity.type === 'invoke' ? json(200, clickAnswer) : empty(200));
  });
  tenant.connectBot(server.origin);
  const token = await tokenFor(tenant, CLOUD_RESOURCES.public.bot);
  return {
    received,
    async write(conversationId, activity, activityId) {
      const path = `v3/conversations/${encodeURIComponent(conversationId)}/activities${activityId === undefined ? '' : `/${activityId}`}`;
      const response = await fetch(new URL(path, tenant.teams.serviceUrl), {
        method: activityId === undefined ? 'POST' : 'PUT',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ type: 'message', ...activity }),
      });
      return z.object({ id: z.string() }).parse(await response.json()).id;
    },
    stop: server.stop,
  };
}

export function card(text: string): object {
  const content = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', id: 'state', text }],
    actions: [{ type: 'Action.Execute', verb: 'approve', title: 'Approve', data: { incidentId: 'one' } }],
  };
  return { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}
