import { isLoopback } from '../../config/endpoints.ts';

/** The destination of requests to one service: its endpoint, or the tenant-specific host to which the service redirects. */
export type Route = {
  /** Returns the current origin. */
  origin(): string;
  /** Follows a redirect: later requests go to its host. Returns false and changes nothing when our token may not be sent there. */
  follow(location: string | null): boolean;
  /** Returns to the endpoint, after the other host could not be reached. */
  reset(): void;
};

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Creates a route that always leads to the endpoint. */
export function fixedRoute(endpoint: string): Route {
  const { origin } = new URL(endpoint);
  return { origin: () => origin, follow: () => false, reset: () => {} };
}

/**
 * Creates a route for a service that redirects some tenants to their own host, over https and under the service's host
 * name. Only the redirect's host is used: path, method and body stay unchanged, and the port is dropped, because a port has
 * been seen that only serves browsers (cisagov/ScubaGear, EXORestHelper.psm1; the Go client of terraform-provider-msadmin).
 * A loopback endpoint may redirect to another loopback one.
 */
export function tenantRoute(endpoint: string): Route {
  const home = new URL(endpoint);
  let current = home.origin;
  return {
    origin: () => current,
    follow(location) {
      const target = location !== null && URL.canParse(location, endpoint) ? new URL(location, endpoint) : null;
      if (target === null || !isBelow(target, home)) return false;
      const origin = isLoopback(target) ? target.origin : `https://${target.hostname}`;
      if (origin === current) return false;
      current = origin;
      return true;
    },
    reset() {
      current = home.origin;
    },
  };
}

function isBelow(target: URL, home: URL): boolean {
  if (isLoopback(home)) return isLoopback(target);
  const isNamed = target.hostname === home.hostname || target.hostname.endsWith(`.${home.hostname}`);
  return target.protocol === 'https:' && isNamed && target.username === '' && target.password === '';
}
