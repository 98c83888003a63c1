#!/usr/bin/env node
// Stands in for Azure CLI: keeps its state in a file, writes down what it is asked, and answers --query as az would.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

type State = {
  identity: boolean;
  bot: boolean;
  teams: boolean;
  assignments: { id: string; resourceId: string; appRoleId: string }[];
  /** Entra groups, by name. */
  groups: string[];
  /** Whether the tenant has a service principal of Microsoft's application for message trace. */
  messageTrace: boolean;
  /** How many more times Graph does not know the new identity. */
  unknown: number;
};

const STATE_FILE = process.env.AZ_STATE ?? '';
const CALLS_FILE = process.env.AZ_CALLS ?? '';
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  '00000003-0000-0000-c000-000000000000': [
    ...[
      'SecurityAlert.ReadWrite.All',
      'User.Read.All',
      'GroupMember.Read.All',
      'RoleAssignmentSchedule.Read.Directory',
    ],
    ...['RoleManagement.Read.Directory', 'ThreatHunting.Read.All', 'ExchangeMessageTrace.Read.All'],
    ...['IdentityRiskyUser.Read.All', 'Organization.Read.All', 'Mail.ReadWrite'],
  ],
  '00000002-0000-0ff1-ce00-000000000000': ['Exchange.ManageAsApp', 'full_access_as_app'],
  'c5393580-f805-4401-95e8-94b7a6ef2fc2': ['ActivityFeed.Read', 'ActivityFeed.ReadDlp'],
};

const args = process.argv.slice(2);
const option = (name: string) => args[args.indexOf(name) + 1] ?? '';
const state: State = existsSync(STATE_FILE)
  ? JSON.parse(readFileSync(STATE_FILE, 'utf8'))
  : {
      identity: false,
      bot: false,
      teams: false,
      assignments: [],
      groups: [],
      messageTrace: false,
      unknown: Number(process.env.AZ_UNKNOWN ?? 0),
    };

appendFileSync(CALLS_FILE, `${JSON.stringify(args)}\n`);
const answer = answerTo(args.slice(0, 3).join(' '));
writeFileSync(STATE_FILE, JSON.stringify(state));
if (answer === null) process.exit(3);
process.stdout.write(`${answer}\n`);

/** Null where the real one fails: the thing does not exist. */
function answerTo(command: string): string | null {
  if (command.startsWith('account show')) return process.env.AZ_TENANT_ID ?? 'tenant-1';
  if (command.startsWith('identity show')) return state.identity ? idOf(option('--query')) : null;
  if (command.startsWith('group create')) return '{}';
  if (command === 'ad group create') return set({ groups: [...state.groups, option('--display-name')] });
  if (command === 'ad group member') return state.groups.includes(option('--group')) ? '' : null;
  if (command === 'ad group delete') return set({ groups: state.groups.filter((name) => name !== option('--group')) });
  if (command === 'ad sp show') return state.messageTrace ? '{}' : null;
  if (command === 'ad sp create') return set({ messageTrace: true });
  if (command === 'ad sp delete') return set({ messageTrace: false });
  if (command.startsWith('identity create')) return set({ identity: true });
  if (command.startsWith('identity delete')) return set({ identity: false });
  if (command === 'bot msteams show') return state.teams ? 'on' : null;
  if (command === 'bot msteams create') return set({ teams: true });
  if (command.startsWith('bot show')) return state.bot ? 'bot' : null;
  if (command.startsWith('bot create')) return set({ bot: true });
  if (command.startsWith('bot delete')) return set({ bot: false, teams: false });
  if (command.startsWith('rest --method')) return rest(option('--method'), option('--url'));
  return null;
}

/** What a test wants an id to be, else one that says what it is of. */
function idOf(query: string): string {
  const { AZ_CLIENT_ID: clientId, AZ_PRINCIPAL_ID: principalId } = process.env;
  return { clientId, principalId }[query] ?? `${query}-1`;
}

function rest(method: string, url: string): string | null {
  const resource = url.match(/servicePrincipals\(appId='([^']+)'\)$/)?.[1];
  if (resource !== undefined) {
    if (option('--query') === 'id') return resource;
    const role = option('--query').match(/value=='([^']+)'/)?.[1] ?? '';
    return OFFERED[resource]?.includes(role) ? `${resource}/${role}` : '';
  }
  if (method === 'post') {
    const { resourceId, appRoleId } = JSON.parse(option('--body'));
    state.assignments.push({ id: `assignment-${state.assignments.length + 1}`, resourceId, appRoleId });
    return '{}';
  }
  if (method === 'delete') {
    state.assignments = state.assignments.filter(({ id }) => !url.endsWith(`/${id}`));
    return '';
  }
  if (/\/servicePrincipals\/[^/]+$/.test(url)) {
    state.unknown = Math.max(0, state.unknown - 1);
    return state.unknown === 0 ? 'principal' : null;
  }
  const wanted = option('--query').match(/appRoleId=='([^']+)'/)?.[1];
  const found = state.assignments.filter(({ appRoleId }) => wanted === undefined || appRoleId === wanted);
  return found.map(({ id }) => id).join('\n');
}

function set(change: Partial<State>): string {
  Object.assign(state, change);
  return '{}';
}
