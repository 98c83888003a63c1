import type { Ending, IncidentState } from '../../incident/model/incident.ts';
import type { Recommendation } from '../../incident/model/recommendations.ts';

const headlines: { readonly [state in IncidentState]: string } = {
  alerted: 'Alert: suspicious connector activity',
  restricted: 'Restricted: Exchange blocked this connector',
  awaiting_confirmation: 'Waiting for a second admin',
  unblocking: 'Unblocking: two admins agreed',
  verifying: 'Verifying: Exchange was asked',
  break_glass_waiting: 'Waiting: break-glass unblock by one person',
  break_glass_unblocking: 'Unblocking: break-glass, by one person',
  break_glass_verifying: 'Verifying: Exchange was asked (break-glass)',
  unblock_failed: 'Unblock failed: this needs people',
  unblocked: 'Unblocked: Exchange no longer lists it',
  closed: 'Closed',
};

const endings: { readonly [ending in Ending]: string } = {
  two_admins:
    'Exchange no longer lists the connector after the unblock by the two admins. It may take up to one hour until all mail flows.',
  break_glass:
    'Exchange no longer lists the connector after a break-glass unblock by one person. It may take up to one hour until all mail flows.',
  earlier_call:
    'No longer restricted. An earlier unblock by this bot may have taken effect late, somebody used the portal or PowerShell, or the restriction ran out.',
  elsewhere:
    'No longer restricted, not by this bot: somebody used the portal or PowerShell, or the restriction ran out.',
  connector_removed: 'The connector was deleted.',
  alert_lapsed: 'Exchange listed no restricted connector for this alert within 24 hours.',
  alert_resolved: 'The alert was resolved, and Exchange listed no restricted connector for it.',
  alert_moved: 'The alert names a restricted connector that has a card of its own.',
};

const recommendations: { readonly [id in Recommendation]: string } = {
  traffic_reviewed:
    'I reviewed what was sent through the connector (message trace, Explorer) and know where it came from.',
  changes_reviewed: 'I reviewed the changes to the connector and reverted those nobody authorised.',
  admins_secured: 'I checked the admin accounts that could change it and secured any that were compromised.',
};

const recommendationLinks: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: 'Open message trace',
  changes_reviewed: 'Open connectors',
  admins_secured: 'Open the audit log',
};

export const cardsEnUs = {
  lang: 'en',
  headlines,
  endings,
  recommendations,
  recommendationLinks,
  summary: (headline: string, name: string) => `${headline} — ${name}`,
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
    restricted:
      'Mail that relays through it is refused with 550 5.7.711. The restriction is lifted only when two different admins agree. First make sure that nobody abuses the connector.',
    awaiting_confirmation:
      'One admin approved the unblock. A different admin must confirm before anything happens. Mail through it is still refused.',
    unblocking:
      'Both admins and the connector are being checked again; then Exchange is asked. Mail through it is still refused.',
    verifying:
      'Exchange was asked and still has to stop listing the connector. It may take up to one hour until all mail flows.',
    break_glass_waiting:
      'One person of the emergency group unblocks this alone when the wait is over. Any approver can stop it until then. Mail through it is still refused.',
    break_glass_unblocking:
      'Person and connector are being checked again; then Exchange is asked. Mail through it is still refused.',
    break_glass_verifying:
      'Exchange was asked by one person alone and still has to stop listing the connector. It may take up to one hour until all mail flows.',
    unblock_failed: 'The connector is still restricted. Read what Exchange said, then approve again or use the portal.',
  },
  facts: {
    connectorId: 'Connector id',
    type: 'Type',
    since: 'Restricted since',
    firstSeen: 'First seen here',
    until: 'Restricted until',
    ended: 'Ended',
    exchangeSays: 'Exchange says',
    match: 'Inbound connector',
    senderIps: 'Sender IP addresses',
    senderDomains: 'Sender domains',
    certificate: 'Certificate name',
    requireTls: 'Requires TLS',
    created: 'Created',
    changed: 'Last changed',
    changedBy: 'Changed by',
    alert: 'Defender alert',
  },
  matches: {
    guid: 'matched by id',
    name: 'matched by exact name; the ids differ',
    not_matched: 'not matched: no inbound connector has this id or name',
    unreadable: 'could not be read: the app may lack the role for Get-InboundConnector',
  },
  yes: 'yes',
  no: 'no',
  none: 'none',
  more: (count: number) => `+${count} more`,
  changedRecently: 'within 7 days before the restriction: check who changed it',
  linkedByTime: 'linked by time only: check it',
  linkedByName: (what: string) => `names ${what}`,
  openAlert: 'open in Defender',
  previousIncident: 'This connector was restricted before; say "history" for when and what was done.',
  recommendationsTitle: 'Before you approve, check in this order',
  reasonLabel: 'Why is it safe to unblock?',
  reasonPlaceholder: 'What happened, and what was done about it',
  reasonError: 'Say why, so that the second admin can judge it.',
  toggleError: 'Tick this when it is done.',
  rejectReasonLabel: 'Reason, if you reject (optional)',
  approval: {
    by: (name: string) => `Approved by ${name}`,
    reason: 'Reason',
    attested: 'The approver attests:',
    known: 'What the card said when it was approved:',
    knownMatch: (match: string) => `Inbound connector: ${match}`,
    lastChange: {
      recent: 'Connector last changed within 7 days before the restriction, or since',
      old: 'Connector last changed more than 7 days before the restriction',
      unknown: 'When the connector was last changed was not known',
    },
    alertLinks: {
      named: 'Defender alert: it names the connector',
      nearness: 'Defender alert: linked by time only',
      unlinked: 'Defender alert: not linked to a connector',
      none: 'Defender alert: none',
    },
    expires: 'Can be confirmed until',
    confirmedBy: (name: string) => `Confirmed by ${name}`,
  },
  quorum: {
    canAct: 'Can approve and confirm here',
    canConfirm: 'Can confirm here',
    names: (names: readonly string[], more: number, complete: boolean) =>
      `${names.join(', ')}${more === 0 ? '' : ` and ${complete ? '' : 'at least '}${more} more`}`,
    elsewhere: (count: number, complete: boolean) =>
      `${complete ? '' : 'At least '}${count} more eligible ${count === 1 ? 'admin is' : 'admins are'} not in this channel.`,
    notAll: 'Not everybody could be read: there may be more.',
    unread: 'Who else may act could not be read just now. Every press is checked all the same.',
    nobodyConfirms: (approver: string) => `Nobody but ${approver}, who approved, could confirm in this channel. `,
    onlyOneActs: (name: string) => `Only ${name} may act in this channel, and two different admins are needed. `,
    nobodyActs: 'Nobody in this channel may act, and two different admins are needed. ',
    makeEligible: 'Make another admin eligible (approver group or role), and add them to this team.',
    addToTeam: (count: number) =>
      count === 1
        ? 'Add the eligible admin who is not in it to this team.'
        : `Add one of the ${count} eligible admins who are not in it to this team.`,
  },
  ended: {
    rejected: (name: string) => `The last approval was rejected by ${name}`,
    withdrawn: (name: string) => `${name} withdrew the last approval`,
    expired: 'The last approval lapsed: nobody confirmed in time',
    overtaken: 'The last approval was overtaken: the restriction went before anyone confirmed',
    configuration_changed: 'The approval is void: the connector was changed after it was approved',
    configurationFound:
      'The approval is void: the settings of the connector were not known when it was approved, and now they are',
    not_eligible: (name: string) => `The approval is void: ${name} may no longer approve or confirm`,
    could_not_recheck: 'The approval is void: people or connector could not be checked again in time',
    audit_trail_broken: (seq: number) =>
      `The approval is void: the audit trail is no longer what it was from entry ${seq} on`,
    changedBy: (by: string, operation: string) => `Changed by ${by} (${operation}), as the audit log says`,
    change: (property: string, before: string, after: string) => `${property}: ${before} → ${after}`,
  },
  call: {
    accepted: 'Exchange accepted the request; being verified',
    unknown: 'Exchange did not answer in time; it may have acted, and is not asked again. Being verified',
    refused: 'Exchange refused',
    notLifted: 'Exchange still lists the connector after the time allowed for verifying',
    next: 'Approve again, or lift it by hand in the portal (Restricted entities) or with this command:',
  },
  modes: {
    manual: {
      headline: 'Verifying: waiting for the unblock by hand',
      unblocking:
        'Both admins and the connector are being checked again; then this card shows what one of them has to do. Mail through it is still refused.',
      verifying:
        'One of the two admins now runs this command in Exchange Online PowerShell, or uses the portal. This bot watches for the effect; until then mail through it is refused.',
      break_glass_unblocking:
        'Person and connector are being checked again; then this card shows what that person has to do. Mail through it is still refused.',
      break_glass_verifying:
        'The person who broke the glass now runs this command in Exchange Online PowerShell, or uses the portal. This bot watches for the effect; until then mail through it is refused.',
      unblock_failed:
        'Exchange still lists the connector: nobody lifted the restriction in the time it was watched. Approve again, or lift it with the command or the portal; that is still noticed.',
      notice: '',
      until: 'Watched until',
    },
    'dry-run': {
      headline: 'Verifying: dry run, Exchange was not asked',
      unblocking:
        'Both admins and the connector are being checked again. This is a dry run: Exchange is not asked, and mail through it is still refused.',
      verifying:
        'This is a dry run: Exchange was not asked, so the connector stays restricted unless somebody lifts it elsewhere.',
      break_glass_unblocking:
        'Person and connector are being checked again. This is a dry run: Exchange is not asked, and mail through it is still refused.',
      break_glass_verifying:
        'This is a dry run: Exchange was not asked, so the connector stays restricted unless somebody lifts it elsewhere.',
      unblock_failed: 'This was a dry run: Exchange was not asked, and the connector is still restricted.',
      notice: 'This bot is in a dry run: whatever is pressed here, Exchange is not asked and nothing is unblocked.',
      until: 'Watched until',
    },
  },
  portal: 'Restricted entities in the portal',
  remarks: {
    acknowledge: (name: string) => `${name} is looking at it`,
    keep_restricted: (name: string) => `${name} wants it to stay restricted`,
  },
  actions: {
    approve: 'Approve unblock',
    confirm: 'Confirm unblock',
    reject: 'Reject',
    withdraw: 'Withdraw my approval',
    acknowledge: 'I am looking at it',
    keep: 'Keep restricted…',
    unlink: 'Not this alert',
    refresh: 'Refresh',
  },
  retired: {
    title: 'This card was replaced',
    text: 'This restriction goes on in another card in this channel. Please use that one.',
  },
  keepReasons: ['Still investigating', 'The compromise is not resolved', 'The connector is no longer needed'],
  keepTitle: 'Why should it stay restricted?',
};
