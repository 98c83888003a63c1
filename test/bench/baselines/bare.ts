import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import { type Activity, ActivityTypes, ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import restify, { type Next, type Request, type Response } from 'restify';
import { z } from 'zod';
import { listening } from './listening.ts';

/**
 * A server with only the libraries: restify parses a notification and responds, and teams-ai authenticates an activity and
 * answers each click with the same sentence. Its settings are those that the service passes to botbuilder, as JSON.
 */
const settings = z.record(z.string(), z.string()).parse(JSON.parse(process.argv[2] ?? '{}'));
const credentials = new ConfigurationServiceClientCredentialFactory({ ...settings, MicrosoftAppType: 'MultiTenant' });
const adapter = new TeamsAdapter(settings, credentials);
const SENTENCE = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Nothing has changed.' };

const server = restify.createServer({ name: '' });
server.use(restify.plugins.bodyParser({ mapParams: false }));
server.post('/api/notifications', (_request: Request, response: Response, next: Next) => {
  response.send(202);
  next();
});
server.post('/api/messages', async (request: Request, response: Response) => {
  const { body, headers, method = 'POST' } = request;
  await adapter.process({ body, headers, method }, response, async (context) => {
    const answer: Partial<Activity> = {
      type: ActivityTypes.InvokeResponse,
      value: { status: 200, body: SENTENCE },
    };
    await context.sendActivity(answer);
  });
});
listening(server.server);
