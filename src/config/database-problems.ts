import { CLOUDS } from './clouds.ts';
import { endpointProblems, endpointsOf, LOOPBACK_HOSTS } from './endpoints.ts';
import type { RawVariables } from './variables.ts';

/** Returns the problems that prevent the service from signing in to its database, one sentence each. */
export function databaseProblems(raw: RawVariables): readonly string[] {
  if (raw.DATABASE_AUTH !== 'entra') return [];
  const address = raw.DATABASE_URL ?? '';
  if (!/^postgres(ql)?:/.test(address) || !URL.canParse(address))
    return [
      'DATABASE_AUTH is entra, but DATABASE_URL is not a postgres:// address: set one, or leave DATABASE_AUTH out.',
    ];
  return [...addressProblems(new URL(address)), ...cloudProblems(raw)];
}

function addressProblems({ username, password, hostname, searchParams }: URL): readonly string[] {
  const problems: string[] = [];
  if (username === '')
    problems.push('DATABASE_URL names no user: with DATABASE_AUTH entra, that is the name of the managed identity.');
  if (password !== '' || searchParams.has('password'))
    problems.push('DATABASE_URL has a password, and DATABASE_AUTH is entra: keep one of the two.');
  if (searchParams.get('sslmode') !== 'verify-full' && !LOOPBACK_HOSTS.has(hostname))
    problems.push(
      'DATABASE_URL lacks sslmode=verify-full, without which a token could be sent to another server: add it.',
    );
  return problems;
}

function cloudProblems(raw: RawVariables): readonly string[] {
  if (endpointProblems(raw).length > 0) return [];
  const { cloud } = endpointsOf(raw);
  if (CLOUDS[cloud].postgres !== null) return [];
  return [`DATABASE_AUTH entra does not work with CLOUD ${cloud}: the audience of its tokens is not published.`];
}
