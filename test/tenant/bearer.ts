import { type Application, entraIssuer } from './identity.ts';
import type { SigningKey } from './signing-keys.ts';
import type { Call } from './wire.ts';

/** Creates the check whether a call carries a token that this tenant issued to this application for this resource. */
export function bearerCheck(application: Application, key: SigningKey, audience: string) {
  return async (call: Call): Promise<boolean> => {
    const [scheme, token] = (call.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || token === undefined) return false;
    const claims = await key.verify(token, { issuer: entraIssuer(application.tenantId), audience });
    return claims !== undefined && claims.appid === application.clientId && claims.tid === application.tenantId;
  };
}
