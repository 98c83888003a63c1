import type { Config } from '../../config/config.ts';
import { text } from '../finding.ts';
import type { TokenFailure } from '../token-failure.ts';
import { tokenFailuresEnUs } from './names-en-us.ts';

type Credential = Config['credential']['kind'];

/** A managed identity has no app registration, which is where Entra's portal adds application permissions. */
const grant = (roles: string, credential: Credential) =>
  credential === 'managed_identity'
    ? `Grant ${roles} to the managed identity with install/permissions/permissions.sh (App registrations does not list it)`
    : `Grant ${roles} in Entra (App registrations → the app → API permissions → Application permissions) and give admin consent`;
const NEW_TOKEN = 'then wait for a new token (a managed identity keeps one for up to 24 hours)';

type Expiring = 'secret' | 'certificate';

/** Texts of the checks of Microsoft's services. */
export const microsoftEnUs = {
  token: {
    ok: text('Issued.'),
    failed: (failure: TokenFailure, reason: string) => {
      const [says, todo] = tokenFailuresEnUs[failure];
      return text(`${says} ${reason}`, todo);
    },
  },
  credentialExpiry: {
    never: text('A managed identity has no secret and no certificate that could expire.'),
    fine: (what: Expiring, date: string) => text(`The ${what} is valid until ${date}.`),
    soon: (what: Expiring, days: number, date: string) =>
      text(
        `The ${what} expires in ${days} days (${date}); after that nothing is watched and nobody is notified.`,
        `Create a new ${what} for the application in Entra, and set it before that day; a managed identity needs none.`,
      ),
    expired: (what: Expiring, date: string) =>
      text(`The ${what} expired on ${date}.`, `Create a new ${what} for the application in Entra, and set it.`),
    noSuchSecret: text(
      'No secret that Entra lists for this application begins like the configured one, so its expiry is not known.',
    ),
    notGranted: (role: string) =>
      text(`${role} is not granted; it is optional. The expiry of the secret is not known: note it in your calendar.`),
    refused: (role: string, reason: string) =>
      text(
        `${role} is granted, but Microsoft refuses the request, so the expiry of the secret is not known. ${reason}`,
        `Check that admin consent was given in this tenant; ${NEW_TOKEN}.`,
      ),
  },
  permission: {
    ok: (role: string) => text(`${role} is granted and works.`),
    unseen: (role: string) => text(`A call that needs ${role} works, although the token does not contain it.`),
    notNeeded: text('Not needed with these settings.'),
    missing: (role: string, credential: Credential) =>
      text(`The application permission ${role} is not granted.`, `${grant(role, credential)}; ${NEW_TOKEN}.`),
    ineffective: (role: string, reason: string) =>
      text(
        `${role} is granted, but Microsoft refuses the request. ${reason}`,
        `Check that admin consent was given in this tenant and that the tenant has the licence; ${NEW_TOKEN}.`,
      ),
    readOnly: (role: string, credential: Credential) =>
      text(
        `${role} is not granted: alerts can be read, but not commented on or resolved.`,
        `${grant(role, credential)}; ${NEW_TOKEN}.`,
      ),
    noAlertsHere: text(
      'Graph has no Defender alerts in this cloud: restrictions are detected only by reading Exchange.',
    ),
  },
  powershell: {
    ok: text('PowerShell and the ExchangeOnlineManagement module are installed.'),
    notUsed: text('Not used in this mode.'),
    problem: (problem: string) => text(problem, 'See docs/powershell.md for what mode powershell needs.'),
  },
  exchange: {
    readable: (cmdlet: string, rows: number) => text(`${cmdlet} works (rows: ${rows}).`),
    forbidden: (cmdlet: string, role: string) =>
      text(
        `Exchange refuses ${cmdlet} to this app: it lacks the role, or the cmdlet is unknown to Exchange (the response is the same: HTTP 403 without a message).`,
        `Give the app's service principal the Entra role ${role}, or add it to an Exchange role group whose roles hold ${cmdlet} (to find them: Get-ManagementRoleEntry "*\\${cmdlet}"); it may take an hour to take effect.`,
      ),
    incomplete: (reason: string) =>
      text(
        `The response is not complete. ${reason}`,
        'Wait and try again; until it is complete, nothing counts as not restricted.',
      ),
  },
  exchangeHost: {
    one: text('Exchange has one address in this cloud.'),
    answers: (host: string) => text(`Exchange responds at ${host}.`),
    other: (host: string, other: string) =>
      text(`Exchange does not respond at ${host}, but at ${other}.`, `Set EXCHANGE_ENDPOINT=https://${other}.`),
    none: (hosts: string, reason: string) =>
      text(
        `Exchange responds to this app at none of ${hosts}. ${reason}`,
        'See the message above and the Exchange checks below.',
      ),
  },
  unblock: {
    ok: text('Exchange offers Remove-BlockedConnector to this app.'),
    manual: text('Mode manual: a person runs the command that the card shows.'),
    dryRun: text('Mode dry-run: nothing is unblocked, and every card says so.'),
    notOffered: text(
      'Exchange does not offer Remove-BlockedConnector to this app, so an unblock would very likely be refused.',
      "Give the app's service principal the Entra role Security Administrator, or add it to an Exchange role group whose roles hold the cmdlet. Microsoft does not document this list of cmdlets.",
    ),
    unknown: (reason: string) =>
      text(
        `Whether this app may run Remove-BlockedConnector cannot be determined without running it. ${reason}`,
        "Check that the app's service principal has the Entra role Security Administrator, or is in an Exchange role group that holds the cmdlet.",
      ),
  },
  alertPolicy: {
    seen: (count: number) =>
      text(`The policy "Suspicious connector activity" raised alerts in the last 30 days: ${count}.`),
    unknown: text(
      'An app cannot read whether the policy "Suspicious connector activity" is on; it raised no alert in the last 30 days.',
      'In Security & Compliance PowerShell: Connect-IPPSSession; Get-ProtectionAlert | Where-Object ImmutableId -eq 8bb9c6c8-dc12-40e1-5bb8-08da05b13393 | Format-List Name,Disabled — Disabled should be False. Restrictions are detected either way.',
    ),
  },
  auditLog: {
    ok: text('Auditing is on.'),
    off: text(
      'Auditing is off in this organization, so Defender raises no alerts; restrictions are still detected by reading Exchange.',
      'In Exchange Online PowerShell: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
    ),
    unknown: (reason: string) =>
      text(
        `Whether auditing is on cannot be read. ${reason}`,
        'In Exchange Online PowerShell: Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled — it should be True.',
      ),
  },
  auditSearch: {
    ok: text('The audit log can be searched: cards show who changed a connector.'),
    refused: (reason: string) =>
      text(
        `The audit log cannot be searched, so cards do not show who changed a connector; nothing else depends on it. ${reason}`,
        "Give the app's service principal the Exchange role View-Only Audit Logs: the role groups Compliance Management and Organization Management hold it by default, Security Administrator and Global Reader do not.",
      ),
  },
  identityRisk: {
    notGranted: (role: string) =>
      text(
        `${role} is not granted; it is optional. Whether the account that changed a connector is at risk stays unknown.`,
      ),
    unlicensed: text(
      'The tenant has no Identity Protection (Microsoft Entra ID P2). Whether the account that changed a connector is at risk stays unknown.',
    ),
    refused: (role: string, reason: string) =>
      text(
        `${role} is granted, but Identity Protection refuses the request. ${reason}`,
        `Check that admin consent was given in this tenant; ${NEW_TOKEN}.`,
      ),
  },
  trafficSources: {
    notGranted: {
      hunting: (role: string) =>
        text(
          `${role} is not granted; it is optional. Without it, findings on traffic, senders and addresses come from message trace.`,
        ),
      message_trace: (role: string) =>
        text(
          `${role} is not granted; it is optional. Without it and without advanced hunting, traffic, senders and addresses stay unknown.`,
        ),
    },
    unlicensed: text(
      'The tenant has no EmailEvents table (Microsoft Defender for Office 365 Plan 2). Findings on mail come from message trace.',
    ),
    refused: {
      hunting: (role: string, reason: string) =>
        text(
          `${role} is granted, but advanced hunting refuses the request. ${reason}`,
          `Check that admin consent was given in this tenant; ${NEW_TOKEN}.`,
        ),
      message_trace: (role: string, reason: string) =>
        text(
          `${role} is granted, but message trace refuses the request. ${reason}`,
          `Microsoft's own application for it must have a service principal in this tenant: az ad sp create --id 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373; ${NEW_TOKEN}.`,
        ),
    },
  },
  approverRoles: {
    ok: text('Active roles can be read, including those activated in Privileged Identity Management.'),
    permanentOnly: text(
      'The tenant has no Entra ID P2, so nobody can activate a role: everyone who holds one permanently, directly or through a group, may approve.',
      'Nothing, if that is what you want; otherwise name a group in APPROVER_GROUP_ID.',
    ),
    forbidden: (reason: string, credential: Credential) =>
      text(
        `The holders of the approver roles cannot be read, so nobody can approve by role. ${reason}`,
        `${grant('RoleAssignmentSchedule.Read.Directory or, in a tenant without Entra ID P2, RoleManagement.Read.Directory', credential)}; ${NEW_TOKEN}.`,
      ),
  },
  shapes: {
    ok: text('All responses from Microsoft had known shapes.'),
    unexpected: (shape: string, detail: string) =>
      text(
        `Microsoft sent a response in an unknown shape (${shape}): ${detail}`,
        'docs/first-tenant.md explains each shape; write a report (--report FILE) and send it to the maintainers of this service.',
      ),
  },
  botKeys: {
    ok: text("The Bot Framework's keys can be fetched."),
    unreachable: (reason: string) =>
      text(
        `The Bot Framework's keys cannot be fetched, so no click can be authenticated. ${reason}`,
        'Allow connections from here to BOT_OPENID_METADATA_URL, and check CLOUD.',
      ),
  },
  publicUrl: {
    polling: (seconds: number) => text(`Not configured: Exchange and Defender are read every ${seconds} seconds.`),
    ok: text("Passes Graph's handshake."),
    noHandshake: (reason: string) =>
      text(
        `PUBLIC_URL does not pass Graph's handshake from here. ${reason}`,
        'Start the service, and check that /api/notifications is forwarded to it over HTTPS. Until then it only polls.',
      ),
  },
  subscription: {
    active: (hours: number) => text(`The subscription in Graph is valid for ${hours} more hours.`),
    refused: text('Graph refused a subscription to alerts in this tenant: polling only, which is sufficient.'),
    lost: text(
      'Graph granted a subscription to alerts before, and refuses it now: until it is granted again, the service only polls.',
      'See subscription_refused in the log for the reason; check that PUBLIC_URL is reachable and that SecurityAlert.ReadWrite.All is granted.',
    ),
    absent: text(
      'Graph has no subscription of this service, and has not refused one.',
      'Start the service: it requests one. Until then it only polls.',
    ),
  },
  clock: {
    ok: text("This machine's clock agrees with Microsoft's."),
    unknown: text('No response from Microsoft contained the time.'),
    skewed: (service: string, seconds: number) =>
      text(
        `The clocks of this machine and ${service} differ by ${seconds} seconds.`,
        'Turn on NTP on this machine; tokens are refused from a difference of five minutes.',
      ),
  },
};
