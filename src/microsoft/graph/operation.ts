const CHECK_MEMBER_GROUPS = /\/checkMemberGroups$/;

/** Returns the name of a call for logs and errors, such as `GET /users/{id}`, without version, query and ids. */
export function operationOf(method: string, path: string): string {
  const [pathname = ''] = path.replace(/^\/v1\.0(?=\/)/, '').split('?');
  const named = pathname.split('/').map((segment) => (isId(segment) ? '{id}' : segment));
  return `${method} ${named.join('/')}`;
}

/**
 * Returns whether a call only reads. `checkMemberGroups` reads although it is a POST (Microsoft Graph: user:
 * checkMemberGroups).
 */
export function isRepeatable(method: string, path: string): boolean {
  return method === 'GET' || (method === 'POST' && CHECK_MEMBER_GROUPS.test(path));
}

function isId(segment: string): boolean {
  return segment.length >= 16 && /\d/.test(segment) && !segment.includes('(');
}
