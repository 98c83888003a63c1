import type { Person } from '../../incident/model/approval.ts';
import { askedAct, currentAct } from '../../incident/model/break-glass-acts.ts';
import { commentSignature } from '../../incident/model/comment-signature.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { clip, MAX_NAME, oneLine } from './card-text.ts';

const MAX_REASON = 500;
/** The limit that integrations with Defender keep to; longer comments were reported as refused or cut. UTF-16 units. */
const MAX_COMMENT = 950;

/**
 * Returns the `-Reason` for Exchange: both people by name and object id and the approver's reason, on one line; for
 * break-glass, the one person and their reason. Names are cut so that both people always fit.
 */
export function unblockReason(incident: Incident): string {
  const { approval } = incident;
  const act = currentAct(incident) ?? askedAct(incident);
  if (act !== null) return clip(`BREAK GLASS by ${named(act.by)}, alone. Reason: ${oneLine(act.reason)}`, MAX_REASON);
  if (approval === null) return '';
  const confirmer = approval.confirmer === null ? '' : ` Confirmed by ${named(approval.confirmer)}.`;
  const people = `Approved by ${named(approval.approver)}.${confirmer}`;
  return clip(`${people} Reason: ${oneLine(approval.reason)}`, MAX_REASON);
}

/**
 * Returns the comment for the Defender alert: how its incident ended, and the head of the audit trail, which the alert thereby
 * anchors.
 */
export function alertComment(incident: Incident, anchor?: string): string {
  const name = incident.connector?.name ?? incident.connector?.id ?? '';
  const text = endingText(incident, clip(oneLine(name), MAX_NAME));
  const signature = commentSignature(incident.id, anchor);
  return `${clip(text, MAX_COMMENT - signature.length - 1)} ${signature}`;
}

function endingText(incident: Incident, name: string): string {
  switch (incident.ending) {
    case 'two_admins':
    case 'break_glass':
      return `Inbound connector "${name}" was unblocked and Exchange no longer lists it. ${unblockReason(incident)}`;
    case 'earlier_call':
      return `Inbound connector "${name}" is no longer restricted. An earlier unblock by this bot may have taken effect late.`;
    case 'elsewhere':
      return `Inbound connector "${name}" is no longer restricted, not by this bot.`;
    case 'connector_removed':
      return `Inbound connector "${name}" was deleted.`;
    default:
      return `Inbound connector "${name}": the incident is ${incident.state}.`;
  }
}

function named({ name, objectId }: Person): string {
  return `${clip(oneLine(name), MAX_NAME)} (${objectId})`;
}
