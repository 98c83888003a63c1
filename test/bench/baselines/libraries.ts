import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import '@microsoft/microsoft-graph-client';
import '@microsoft/teams-ai/lib/Application.js';
import '@microsoft/teams-ai/lib/TeamsAdapter.js';
import 'botbuilder';
import 'fastest-levenshtein';
import 'ipaddr.js';
import 'jose';
import 'kysely';
import 'kysely/migration';
import 'pg';
import 'pino';
import 'prom-client';
import 'restify';
import 'zod';
import { listening } from './listening.ts';

/** A process that loads what the service loads before it is ready, and does nothing else. */
createRequire(import.meta.url)('@azure/identity');
listening(createServer());
