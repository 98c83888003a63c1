/** What Azure and Entra hold for the script for permissions, as far as Azure CLI reads and changes it. */
export type AzureState = {
  identity: boolean;
  /** How the bot signs in; null while there is none. */
  bot: string | null;
  teams: boolean;
  assignments: { id: string; resourceId: string; appRoleId: string }[];
  /** Entra groups, by name. */
  groups: string[];
  /** Whether the tenant has a service principal of Microsoft's application for message trace. */
  messageTrace: boolean;
  /** Whether the machine that runs the service has the identity. */
  machine: boolean;
  /** How many more times Graph does not know the new identity. */
  unknown: number;
};

/** Ids that a test needs to be particular ones; by default they name what they identify. */
export type AzureIds = { readonly tenantId?: string; readonly clientId?: string; readonly principalId?: string };

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

/** The client id of the application that is registered. */
export const APPLICATION = '3f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';

export function emptyAzure(unknown = 0): AzureState {
  const nothing = { identity: false, bot: null, teams: false, messageTrace: false, machine: false };
  return { ...nothing, assignments: [], groups: [], unknown };
}

/** Carries out a command line of `az` and returns its output; null where the real one fails, because the thing does not exist. */
export function answerOfAz(state: AzureState, ids: AzureIds, args: readonly string[]): string | null {
  const command = args.slice(0, 3).join(' ');
  const option = (name: string) => optionOf(args, name);
  const set = (change: Partial<AzureState>) => {
    Object.assign(state, change);
    return '{}';
  };
  if (command.startsWith('account show')) return ids.tenantId ?? 'tenant-1';
  if (command.startsWith('identity show')) return state.identity ? idOf(option('--query'), ids) : null;
  if (command.startsWith('group create')) return '{}';
  if (command === 'ad group create') return set({ groups: [...state.groups, option('--display-name')] });
  if (command === 'ad group member') return state.groups.includes(option('--group')) ? '' : null;
  if (command === 'ad group delete') return set({ groups: state.groups.filter((name) => name !== option('--group')) });
  if (command === 'ad sp show') return state.messageTrace ? '{}' : null;
  if (command === 'ad app create') return APPLICATION;
  if (command === 'ad sp create') {
    if (option('--id') === APPLICATION) return 'application-principal-1';
    return set({ messageTrace: true });
  }
  if (command === 'vm identity assign') return option('--identities') === 'id-1' ? set({ machine: true }) : null;
  if (command === 'vm identity remove') return option('--identities') === 'id-1' ? set({ machine: false }) : null;
  if (command === 'ad sp delete') return set({ messageTrace: false });
  if (command.startsWith('identity create')) return set({ identity: true });
  if (command.startsWith('identity delete')) return set({ identity: false });
  if (command === 'bot msteams show') return state.teams ? 'on' : null;
  if (command === 'bot msteams create') return set({ teams: true });
  if (command.startsWith('bot show')) return state.bot === null ? null : 'bot';
  if (command.startsWith('bot create')) return state.bot === null ? set({ bot: option('--app-type') }) : null;
  if (command.startsWith('bot delete')) return set({ bot: null, teams: false });
  if (command.startsWith('rest --method')) return rest(state, args);
  return null;
}

function idOf(query: string, { clientId, principalId }: AzureIds): string {
  return { clientId, principalId }[query] ?? `${query}-1`;
}

function optionOf(args: readonly string[], name: string): string {
  return args[args.indexOf(name) + 1] ?? '';
}

function rest(state: AzureState, args: readonly string[]): string | null {
  const method = optionOf(args, '--method');
  const url = optionOf(args, '--url');
  const query = optionOf(args, '--query');
  const resource = url.match(/servicePrincipals\(appId='([^']+)'\)$/)?.[1];
  if (resource !== undefined) {
    if (query === 'id') return resource;
    const role = query.match(/value=='([^']+)'/)?.[1] ?? '';
    return OFFERED[resource]?.includes(role) ? `${resource}/${role}` : '';
  }
  if (method === 'post') {
    const { resourceId, appRoleId } = JSON.parse(optionOf(args, '--body'));
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
  const wanted = query.match(/appRoleId=='([^']+)'/)?.[1];
  const found = state.assignments.filter(({ appRoleId }) => wanted === undefined || appRoleId === wanted);
  return found.map(({ id }) => id).join('\n');
}
