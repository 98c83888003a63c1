import type { DisplayState } from '../../incident/model/display-state.ts';
import type { Ending } from '../../incident/model/ending.ts';
import type { Recommendation } from '../../incident/model/recommendations.ts';
import { callEnUs } from './call-en-us.ts';
import { filterBy, openHunting, recommendationLinks, steps, traceBy } from './recommendations-en-us.ts';
import { stripEnUs } from './strip-en-us.ts';

const headlines: { readonly [state in DisplayState]: string } = {
  alerted: 'Alert: suspicious connector activity',
  restricted: 'Restricted: mail is refused',
  awaiting_confirmation: 'Waiting for a second admin',
  unblocking: 'Unblocking: two admins agreed',
  verifying: 'Verifying: unblock requested',
  break_glass_waiting: 'Waiting: one person unblocks this alone (break-glass)',
  break_glass_unblocking: 'Unblocking: one person alone (break-glass)',
  break_glass_verifying: 'Verifying: unblock requested (break-glass)',
  unblock_failed: 'Unblock failed: action needed',
  unblocked: 'Unblocked: no longer restricted',
  closed: 'Closed',
};

const endings: { readonly [ending in Ending]: string } = {
  two_admins: 'Unblocked by the two admins. It may take up to one hour until all mail flows.',
  break_glass: 'Unblocked by one person alone. It may take up to one hour until all mail flows.',
  earlier_call:
    'An earlier unblock by this bot may have taken effect late, somebody used the portal or PowerShell, or the restriction expired.',
  elsewhere: 'Not by this bot: somebody used the portal or PowerShell, or the restriction expired.',
  connector_removed: 'The connector was deleted.',
  alert_lapsed: 'Exchange listed no restricted connector for this alert within 24 hours.',
  alert_resolved: 'The alert was resolved, and Exchange listed no restricted connector for it.',
  alert_moved: 'The alert names a restricted connector that has a card of its own.',
};

const recommendations: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: 'I reviewed the mail sent through the connector and know where it came from.',
  changes_reviewed: 'I reviewed the changes to the connector and reverted what nobody authorized.',
  admins_secured: 'I checked whether the account that made the last change is compromised, and dealt with it.',
};

export const cardsEnUs = {
  lang: 'en',
  headlines,
  /** The headline of `unblock_failed` in a dry run. */
  dryRunOver: 'Restricted: the dry run is over',
  endings,
  recommendations,
  recommendationLinks,
  /** The label of the text to paste into the page. */
  filterBy,
  traceBy,
  /** `{account}` is replaced with the account. */
  accountSecured: 'I checked whether {account}, which made the last change, is compromised, and dealt with it.',
  openHunting,
  steps,
  summary: (name: string, headline: string) => `${name}: ${headline}`,
  spoken: (name: string, headline: string, next: string) => `${name}: ${headline}.${next === '' ? '' : ` ${next}`}`,
  unknownConnector: 'Connector not known yet',
  unnamedConnector: 'Connector without a name',
  withoutId: {
    name: 'A restricted connector we cannot name',
    explanation:
      'Exchange lists this restriction without an id, so it cannot be unblocked from here: use the page of restricted entities.',
    row: 'As Exchange lists it',
  },
  meaning: {
    alerted:
      'Defender raised this alert, but Exchange lists no restricted connector for it yet. This card changes when it does.',
    restricted: 'Senders get 550 5.7.711 for mail through it.',
    awaiting_confirmation: 'Mail stays refused until a different admin confirms.',
    unblocking: 'Both admins and the connector are checked once more, then Exchange is called. Mail is still refused.',
    verifying:
      'Exchange has not removed it from Restricted entities yet. It may take up to one hour until all mail flows.',
    break_glass_waiting: 'Any approver can stop it until then. Mail is still refused.',
    break_glass_unblocking:
      'The person and the connector are checked once more, then Exchange is called. Mail is still refused.',
    break_glass_verifying:
      'Exchange has not removed it from Restricted entities yet. It may take up to one hour until all mail flows.',
    unblock_failed: 'The connector is still restricted and mail is refused.',
  },
  /** What happens next, and who does it. */
  next: {
    alerted: 'Next: nothing to decide yet. Press “Open the alert”.',
    alertedWithoutLink: 'Next: nothing to decide yet. Look at the alert in Defender.',
    restricted: 'Next: one admin reviews and approves, then a different admin confirms.',
    awaiting_confirmation: 'Next: a different admin reviews and confirms, or rejects.',
    awaiting_yours: 'Next: you approved, so a different admin has to confirm.',
    break_glass_waiting: 'Next: any approver can stop it before Exchange is called.',
    unblock_failed: 'Next: approve again, or press “Unblock by hand…”.',
    unblock_refused: 'Next: fix the cause first (see npm run doctor), then approve again; or press “Unblock by hand…”.',
    dry_run_over: 'Next: if mail must flow, press “Unblock by hand…”.',
    review: 'Next: an approver who did not do it reviews it.',
    verifying: 'Next: nothing to do. This card changes when it is done.',
    statusOnly: 'You cannot approve here: only members of the approver group, or holders of an approver role, can.',
  },
  facts: {
    connectorId: 'Connector id',
    type: 'Type',
    since: 'Restricted since',
    lasted: (duration: string) => `Restricted for ${duration}, until`,
    firstSeen: 'First seen here',
    until: 'Restricted until',
    ended: 'Ended',
    exchangeSays: 'Exchange says',
    match: 'Inbound connector',
    senderIps: 'Sending servers',
    senderDomains: 'Sender domains',
    certificate: 'Certificate',
    requireTls: 'TLS',
    created: 'Created',
    changed: 'Last changed',
    changedBy: 'Changed by',
    alert: 'Defender alert',
  },
  matches: {
    guid: 'found by id',
    name: 'found by its exact name; the ids differ',
    not_matched: 'not found: no inbound connector has this id or name',
    unreadable: 'could not be read: the app may lack the role for Get-InboundConnector',
  },
  yes: 'yes',
  no: 'no',
  none: 'none',
  more: (count: number) => `+${count} more`,
  /** Exchange's values in words. */
  values: {
    anyAddress: 'any address',
    anyServerWithCertificate: 'any server that has the certificate below',
    anyDomain: 'any domain',
    subdomains: (domain: string) => `subdomains of ${domain}`,
    tlsRequired: 'required',
    tlsNotRequired: 'not required',
  },
  types: { OnPremises: 'your own mail server', Partner: 'a partner organization' } as Readonly<Record<string, string>>,
  operations: {
    'New-InboundConnector': 'created it',
    'Set-InboundConnector': 'changed it',
    'Remove-InboundConnector': 'deleted it',
  } as Readonly<Record<string, string>>,
  /** Microsoft's terms for alerts; a term that is not listed is shown unchanged. */
  alertTexts: {
    titles: {} as Readonly<Record<string, string>>,
    severities: { informational: 'informational', low: 'low', medium: 'medium', high: 'high' } as Readonly<
      Record<string, string>
    >,
    statuses: { new: 'new', inProgress: 'in progress', resolved: 'resolved' } as Readonly<Record<string, string>>,
    standing: (severity: string, status: string) => `severity: ${severity}, ${status}`,
    severity: (severity: string) => `severity: ${severity}`,
  },
  findings: stripEnUs,
  details: 'Details: settings, alert, activity, ids',
  linkedByName: (what: string) => `names ${what}`,
  openAlert: 'Open the alert',
  recommendationsTitle: 'Work through these in order, and tick what is done.',
  reasonLabel: 'Why is it safe to unblock?',
  reasonPlaceholder: 'What happened, and what was done about it',
  reasonError: 'Give a reason: the second admin judges by it.',
  toggleError: 'Tick this when it is done.',
  rejectTitle: 'The approval ends, and the connector stays restricted.',
  rejectReasonLabel: 'Reason (optional)',
  rejectReasonPlaceholder: 'What the approver should check again',
  confirmTitle: 'Look at the evidence yourself before you confirm: open each page below.',
  evidenceReviewed: 'I looked at the evidence myself and agree.',
  byHandTitle: 'Use the portal, or run this in Exchange Online PowerShell. This card notices either.',
  approval: {
    by: (name: string) => `Approved by ${name}`,
    reason: 'Reason',
    attested: 'Checked by the approver:',
    known: 'Shown at the approval:',
    match: (match: string) => `Inbound connector: ${match}`,
    alertLink: (link: string) => `Defender alert: ${link}`,
    thenNow: (then: string, now: string) => `${then} → now: ${now}`,
    changedSince: 'Changed since the approval',
    same: 'Nothing is known to be worse than at the approval. The checks run again after it, and this card is redrawn if one is worse.',
    lastChange: {
      recent: 'Connector last changed within 7 days before the restriction, or since',
      old: 'Connector last changed more than 7 days before the restriction',
      unknown: 'When the connector was last changed was not known',
    },
    alertLinks: {
      named: 'names the connector',
      nearness: 'matched by time only',
      unlinked: 'not linked to a connector',
      none: 'none',
    },
    expires: 'Confirm by',
    confirmedBy: (name: string) => `Confirmed by ${name}`,
  },
  quorum: {
    canAct: 'Can approve here',
    canConfirm: 'Can confirm here',
    countedAt: 'Eligible admins counted at',
    names: (names: readonly string[], more: number, complete: boolean) =>
      `${names.join(', ')}${more === 0 ? '' : ` and ${complete ? '' : 'at least '}${more} more`}`,
    elsewhere: (count: number, complete: boolean) =>
      `${complete ? '' : 'At least '}${count} more eligible ${count === 1 ? 'admin is' : 'admins are'} not in this channel.`,
    notAll: 'Not everybody could be read: there may be more.',
    unread: 'Who can approve could not be read just now. Every press is checked all the same.',
    nobodyConfirms: (approver: string) => `Nobody but ${approver}, who approved, can confirm in this channel. `,
    onlyOneActs: (name: string) => `Only ${name} can approve in this channel, and two different admins are needed. `,
    nobodyActs: 'Nobody in this channel can approve, and two different admins are needed. ',
    makeEligible: 'Make another admin eligible (approver group or role), and add them to this team.',
    addToTeam: (count: number) =>
      count === 1
        ? 'Add the eligible admin who is not in it to this team.'
        : `Add one of the ${count} eligible admins who are not in it to this team.`,
  },
  ended: {
    rejected: (name: string) => `The last approval was rejected by ${name}`,
    withdrawn: (name: string) => `${name} withdrew the last approval`,
    expired: 'The last approval expired: nobody confirmed in time',
    overtaken: 'The last approval was not needed: the restriction ended before anyone confirmed',
    configurationChanged: 'The approval is void: the connector was changed after it was approved',
    configurationFound: 'Approval void: the settings of the connector were not known when it was approved',
    notEligible: (name: string) => `The approval is void: ${name} can no longer approve or confirm`,
    couldNotRecheck: 'The approval is void: people or connector could not be checked again in time',
    auditTrailBroken: (seq: number) =>
      `The approval is void: the audit trail is no longer what it was from entry ${seq} on`,
    changedBy: (by: string, operation: string) => `According to the audit log ${by} ${operation}`,
    change: (property: string, before: string, after: string) => `${property}: ${before} → ${after}`,
  },
  call: callEnUs,
  modes: {
    manual: {
      headline: 'Verifying: waiting for the unblock by hand',
      unblocking:
        'Both admins and the connector are checked once more; then this card shows what one of them has to do.',
      verifying:
        'One of the two admins now runs this command in Exchange Online PowerShell, or uses the portal. Until then mail is refused.',
      break_glass_unblocking:
        'The person and the connector are checked once more; then this card shows what that person has to do.',
      break_glass_verifying:
        'The person who started break-glass must now run this command in Exchange Online PowerShell, or use the portal. Until then, mail is refused.',
      unblock_failed:
        'Nobody lifted the restriction in the time this bot watched. Mail is still refused; lifting it later is still noticed.',
      notice: '',
      until: 'Watched until',
    },
    'dry-run': {
      headline: 'Verifying: dry run, Exchange was not called',
      unblocking: 'Both admins and the connector are checked once more. Mail is still refused.',
      verifying: 'It stays restricted. If mail must flow, unblock it in Restricted entities.',
      break_glass_unblocking: 'The person and the connector are checked once more. Mail is still refused.',
      break_glass_verifying: 'It stays restricted. If mail must flow, unblock it in Restricted entities.',
      unblock_failed: 'This was a dry run: Exchange was not called, and the connector is still restricted.',
      notice: 'Dry run: nothing will be unblocked.',
      until: 'Watched until',
    },
  },
  portal: 'Open Restricted entities in Defender',
  remarks: {
    acknowledge: (name: string) => `${name} is looking at it`,
    keep_restricted: (name: string) => `${name} wants it to stay restricted`,
    ask: (name: string) => `${name} asked the approver`,
  },
  forms: {
    approve: 'Review and approve…',
    confirm: 'Confirm…',
    reject: 'Reject…',
    keep: 'Keep restricted…',
    byHand: 'Unblock by hand…',
  },
  actions: {
    approve: 'Approve unblock',
    confirm: 'Confirm unblock',
    reject: 'Reject',
    withdraw: 'Withdraw my approval',
    acknowledge: "I'm looking",
    unlink: 'Not this alert',
    refresh: 'Refresh',
    restrictedEntities: 'Restricted entities',
  },
  retired: {
    title: 'This card was replaced',
    text: 'This restriction goes on in another card in this channel. Please use that one.',
  },
  keepReasons: ['Still investigating', 'The compromise is not resolved', 'The connector is no longer needed'],
  keepTitle: 'Why should it stay restricted?',
};
