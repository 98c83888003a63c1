export type TokenFailure =
  | 'unknown_application'
  | 'secret_expired'
  | 'secret_wrong'
  | 'certificate_unreadable'
  | 'certificate_unknown'
  | 'unknown_tenant'
  | 'unknown_resource'
  | 'no_managed_identity'
  | 'identity_not_assigned'
  | 'clock_wrong'
  | 'other';

/**
 * Entra's codes are documented (Microsoft Entra authentication and authorization error codes); the others are texts of
 * @azure/identity and of App Service.
 */
const KINDS: readonly (readonly [RegExp, TokenFailure])[] = [
  [/AADSTS700016\b/, 'unknown_application'],
  [/AADSTS7000222\b/, 'secret_expired'],
  [/AADSTS7000215\b/, 'secret_wrong'],
  [/AADSTS(700027|7000214|500133)\b.*(clock|not yet valid|expired assertion)|AADSTS700024\b/i, 'clock_wrong'],
  [/AADSTS700027\b/, 'certificate_unknown'],
  [/AADSTS(90002|900023)\b/, 'unknown_tenant'],
  [/AADSTS(500011|650057)\b/, 'unknown_resource'],
  [/No (User Assigned|.*Managed) .*Identity found|identity_not_found|Identity not found/i, 'identity_not_assigned'],
  [/ENOENT|EACCES|PEM-encoded|asymmetric key|unsupported.*PEM/i, 'certificate_unreadable'],
  [/ManagedIdentityCredential|managed.identity|169\.254\.169\.254/i, 'no_managed_identity'],
];

/** Classifies why there is no token, by the message of the failure. */
export function tokenFailureIn(message: string): TokenFailure {
  return KINDS.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
}
