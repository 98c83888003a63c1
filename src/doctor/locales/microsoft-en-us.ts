import { text } from '../finding.ts';
import type { TokenFailure } from '../token-failure.ts';
import { tokenFailuresEnUs } from './names-en-us.ts';

const CONSENT = 'in Entra (App registrations or Enterprise applications, API permissions) and give admin consent';
const NEW_TOKEN = 'then wait for a new token (a managed identity keeps one for up to 24 hours)';

type Expiring = 'secret' | 'certificate';

/** Of what Microsoft's services say. */
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
        `The ${what} expires in ${days} days (${date}); from then on nothing is watched and nobody is notified.`,
        `Make a new ${what} for the application in Entra, and set it before that day; a managed identity needs none.`,
      ),
    expired: (what: Expiring, date: string) =>
      text(`The ${what} expired on ${date}.`, `Make a new ${what} for the application in Entra, and set it.`),
    noSuchSecret: text(
      'Entra shows no secret of this application that begins like ours, so when it expires is not known.',
    ),
    notGranted: (role: string) =>
      text(`${role} is not granted; it is optional. When the secret expires is not known: note it in your calendar.`),
    refused: (role: string, reason: string) =>
      text(
        `${role} is granted, yet Microsoft refuses, so when the secret expires is not known. ${reason}`,
        `See that admin consent was given in this tenant; ${NEW_TOKEN}.`,
      ),
  },
  permission: {
    ok: (role: string) => text(`${role} is granted and works.`),
    unseen: (role: string) => text(`What ${role} is for works, though the token does not name it.`),
    notNeeded: text('Not needed with these settings.'),
    missing: (role: string) =>
      text(`The application permission ${role} is not granted.`, `Grant ${role} to the app ${CONSENT}; ${NEW_TOKEN}.`),
    ineffective: (role: string, reason: string) =>
      text(
        `${role} is granted, yet Microsoft refuses. ${reason}`,
        `See that admin consent was given in this tenant and that the tenant has the licence; ${NEW_TOKEN}.`,
      ),
    readOnly: (role: string) =>
      text(
        `${role} is not granted: alerts can be read, but not commented on or resolved.`,
        `Grant ${role} to the app ${CONSENT}; ${NEW_TOKEN}.`,
      ),
    noAlertsHere: text('Graph has no Defender alerts in this cloud: restrictions are seen by reading Exchange alone.'),
  },
  powershell: {
    ok: text('PowerShell and the ExchangeOnlineManagement module are there.'),
    notUsed: text('Not used in this mode.'),
    problem: (problem: string) => text(problem, 'docs/powershell.md says what mode powershell needs.'),
  },
  exchange: {
    readable: (cmdlet: string, rows: number) => text(`${cmdlet} answers (rows: ${rows}).`),
    forbidden: (cmdlet: string, role: string) =>
      text(
        `Exchange refuses ${cmdlet} to this app: it lacks the role, or the cmdlet is unknown to Exchange (the two look the same: HTTP 403 without words).`,
        `Give the app's service principal the Entra role ${role}, or add it to an Exchange role group whose roles hold ${cmdlet} (to find them: Get-ManagementRoleEntry "*\\${cmdlet}"); it may take an hour to work.`,
      ),
    incomplete: (reason: string) =>
      text(
        `The answer is not complete. ${reason}`,
        'Wait and try again; until it is complete, nothing counts as not restricted.',
      ),
  },
  exchangeHost: {
    one: text('Exchange has one address in this cloud.'),
    answers: (host: string) => text(`Exchange answers at ${host}.`),
    other: (host: string, other: string) =>
      text(`Exchange does not answer at ${host}, but at ${other}.`, `Set EXCHANGE_ENDPOINT=https://${other}.`),
    none: (hosts: string, reason: string) =>
      text(
        `Exchange answers this app at none of ${hosts}. ${reason}`,
        'See what was said, and what the checks of Exchange below say.',
      ),
  },
  unblock: {
    ok: text('Exchange offers Remove-BlockedConnector to this app.'),
    manual: text('Mode manual: a person runs the command that the card shows.'),
    dryRun: text('Mode dry-run: nothing is unblocked, and every card says so.'),
    notOffered: text(
      'Exchange does not offer Remove-BlockedConnector to this app, so an unblock would very likely be refused.',
      "Give the app's service principal the Entra role Security Administrator, or add it to an Exchange role group whose roles hold the cmdlet. Exchange does not document this answer.",
    ),
    unknown: (reason: string) =>
      text(
        `Whether this app may run Remove-BlockedConnector cannot be told without running it. ${reason}`,
        "See that the app's service principal has the Entra role Security Administrator, or an Exchange role group that holds the cmdlet.",
      ),
  },
  alertPolicy: {
    seen: (count: number) =>
      text(`The policy "Suspicious connector activity" raised alerts in the last 30 days: ${count}.`),
    unknown: text(
      'Whether the policy "Suspicious connector activity" is on cannot be read by an app; it raised no alert in the last 30 days.',
      'In Security & Compliance PowerShell: Connect-IPPSSession; Get-ProtectionAlert | Where-Object ImmutableId -eq 8bb9c6c8-dc12-40e1-5bb8-08da05b13393 | Format-List Name,Disabled — Disabled should be False. Restrictions are seen either way.',
    ),
  },
  auditLog: {
    ok: text('Auditing is on.'),
    off: text(
      'Auditing is off in this organization, so Defender raises no alerts; restrictions are still seen by reading Exchange.',
      'In Exchange Online PowerShell: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
    ),
    unknown: (reason: string) =>
      text(
        `Whether auditing is on cannot be read. ${reason}`,
        'In Exchange Online PowerShell: Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled — it should be True.',
      ),
  },
  auditSearch: {
    ok: text('The audit log can be searched: cards say who changed a connector.'),
    refused: (reason: string) =>
      text(
        `The audit log cannot be searched, so cards do not say who changed a connector; nothing else depends on it. ${reason}`,
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
        `${role} is granted, yet Identity Protection refuses. ${reason}`,
        `See that admin consent was given in this tenant; ${NEW_TOKEN}.`,
      ),
  },
  trafficSources: {
    notGranted: {
      hunting: (role: string) =>
        text(
          `${role} is not granted; it is optional. Findings on traffic, senders and addresses come from message trace.`,
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
          `${role} is granted, yet advanced hunting refuses. ${reason}`,
          `See that admin consent was given in this tenant; ${NEW_TOKEN}.`,
        ),
      message_trace: (role: string, reason: string) =>
        text(
          `${role} is granted, yet message trace refuses. ${reason}`,
          `Microsoft's own application for it must have a service principal in this tenant: New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373; ${NEW_TOKEN}.`,
        ),
    },
  },
  approverRoles: {
    ok: text('Active roles can be read, those activated in Privileged Identity Management too.'),
    permanentOnly: text(
      'The tenant has no Entra ID P2, so nobody can activate a role: whoever holds one permanently, directly or through a group, may approve.',
      'Nothing, if that is what you want; else name a group in APPROVER_GROUP_ID.',
    ),
    forbidden: (reason: string) =>
      text(
        `Who holds the approver roles cannot be read, so no role lets anybody approve. ${reason}`,
        `Grant RoleAssignmentSchedule.Read.Directory or, in a tenant without Entra ID P2, RoleManagement.Read.Directory to the app ${CONSENT}; ${NEW_TOKEN}.`,
      ),
  },
  shapes: {
    ok: text('All that Microsoft sent was of the shapes this service knows.'),
    unexpected: (shape: string, detail: string) =>
      text(
        `Microsoft sent something in a shape this service does not know (${shape}): ${detail}`,
        'docs/first-tenant.md says what each means; write a report (--report FILE) and send it to whoever maintains this service.',
      ),
  },
  botKeys: {
    ok: text("The Bot Framework's keys can be fetched."),
    unreachable: (reason: string) =>
      text(
        `The Bot Framework's keys cannot be fetched, so no click could be trusted. ${reason}`,
        'Open the network from here to BOT_OPENID_METADATA_URL, and check CLOUD.',
      ),
  },
  publicUrl: {
    polling: (seconds: number) => text(`Not configured: Exchange and Defender are read every ${seconds} seconds.`),
    ok: text('Answers the handshake of Graph.'),
    noHandshake: (reason: string) =>
      text(
        `PUBLIC_URL does not answer the handshake from here. ${reason}`,
        'Start the service, and see that /api/notifications is passed on to it over https. Until then it only polls.',
      ),
  },
  subscription: {
    active: (hours: number) => text(`Graph has a subscription of ours for ${hours} more hours.`),
    refused: text('Graph granted no subscription for alerts in this tenant: polling only, which is enough.'),
    absent: text(
      'Graph has no subscription of ours, and has not refused one.',
      'Start the service: it asks for one. Until then it only polls.',
    ),
  },
  clock: {
    ok: text("Our clock agrees with Microsoft's."),
    unknown: text('No service of Microsoft said what time it is.'),
    skewed: (service: string, seconds: number) =>
      text(
        `Our clock is ${seconds} seconds from that of ${service}.`,
        'Turn on NTP on this machine; from five minutes on, tokens are refused.',
      ),
  },
};
