import { isLoopback } from '../../config/endpoints.ts';

/** Where requests to one service go: its endpoint, or the host of the tenant's own that it sends callers to. */
export type Route = {
  /** The origin to send to now. */
  origin(): string;
  /** Takes a redirect: later requests go to the host it names. False, and nothing changes, when our token may not go there. */
  follow(location: string | null): boolean;
  /** Back to the endpoint, after the other host could not be reached. */
  reset(): void;
};

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Every request goes to the endpoint and nowhere else. */
export function fixedRoute(endpoint: string): Route {
  const { origin } = new URL(endpoint);
  return { origin: () => origin, follow: () => false, reset: () => {} };
}

/**
 * A service that has hosts of their own for some tenants, below its own name and over https. Only the host of a redirect
 * is taken: path, method and body stay ours, and a port is left out, since one has been seen that only speaks to browsers
 * (cisagov/ScubaGear, EXORestHelper.psm1; the Go client of terraform-provider-msadmin). A loopback endpoint may send
 * to another loopback one.
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
