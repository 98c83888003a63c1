import type { Approval, Person } from '../incident/model/approval.ts';
import type { BreakGlassAct } from '../incident/model/break-glass.ts';
import { isDrill } from '../incident/model/drill.ts';
import type { IncidentEvent } from '../incident/model/events.ts';
import { fingerprint } from '../incident/model/fingerprint.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { Refusal } from '../incident/model/refusal.ts';
import { recordedCalls } from '../shared/call-trace.ts';
import { type AuditEntry, fingerprintDigest } from '../storage/audit.ts';

/** The shape of an entry's details (docs/audit.md); the entries of shape 1 carry no number. */
const SHAPE = 2;

type Details = Readonly<Record<string, unknown>>;

/** An action outside of any decision: of a job, of the service, or a click that led to no decision. */
export type Note = {
  readonly action: string;
  readonly incident: Incident | null;
  readonly actor: Person | null;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly details: Details;
};

export function openedEntry(incident: Incident, at: number): AuditEntry {
  const { connector, alerts, previousIncidentId } = incident;
  const event = { connector, alerts, previousIncidentId };
  return { ...subject(incident), at, action: 'opened', actor: null, details: about(incident, 'applied', { event }) };
}

/** Builds the entry of an event that changed an incident from `before` to `after`. */
export function appliedEntry(before: Incident, after: Incident, event: IncidentEvent, at: number): AuditEntry {
  const details = about(after, 'applied', { from: before.state, ...eventDetails(event, after) });
  return { ...subject(after), at, action: event.kind, actor: actorOf(event), details };
}

/** Builds the entry of a refused click, with the reason. */
export function refusedEntry(incident: Incident, event: IncidentEvent, refusal: Refusal, at: number): AuditEntry {
  const details = about(incident, 'refused', {
    refusal: refusal.reason,
    told: refusal,
    ...eventDetails(event, incident),
  });
  return { ...subject(incident), at, action: `${event.kind}_refused`, actor: actorOf(event), details };
}

export function noteEntry({ action, incident, actor, outcome, details }: Note, at: number): AuditEntry {
  return { ...subject(incident), at, action, actor, details: about(incident, outcome, details) };
}

function subject(incident: Incident | null): Pick<AuditEntry, 'incidentId' | 'connectorId'> {
  return { incidentId: incident?.id ?? null, connectorId: incident?.connector?.id ?? null };
}

/** Returns the details of every entry: the outcome, the incident at that time, and the calls that were made for it. */
function about(incident: Incident | null, outcome: Note['outcome'] | 'applied', details: Details): Details {
  const standing =
    incident === null
      ? {}
      : {
          ...(isDrill(incident) ? { drill: true } : {}),
          state: incident.state,
          revision: incident.revision,
          connector: incident.connector?.name ?? null,
          fingerprint: fingerprintDigest(fingerprint(incident.connector?.configuration ?? null)),
        };
  return { shape: SHAPE, outcome, ...standing, ...details, calls: recordedCalls() };
}

/** The fields of an event that an entry records under other names. */
const RECORDED_ELSEWHERE: ReadonlySet<string> = new Set([
  'kind',
  'at',
  'by',
  'shown',
  'reason',
  'attested',
  'cardTexts',
]);

/** Returns the event's own details, and the approval or break-glass act it is about. */
function eventDetails(event: IncidentEvent, { approval, breakGlassActs }: Incident): Details {
  const authorizationId = authorizationIn(event);
  const concerned = approval?.id === authorizationId ? approval : null;
  const act = breakGlassActs.find(({ id }) => id === authorizationId);
  return {
    happenedAt: event.at,
    cardRevision: 'shown' in event ? (event.shown ?? null) : null,
    reason: 'reason' in event ? event.reason : (concerned?.reason ?? act?.reason ?? null),
    approval: concerned && summary(concerned),
    ...(act === undefined ? {} : { breakGlass: aloneOf(act) }),
    ...('attested' in event
      ? { attested: event.attested, attestation: concerned?.attestation ?? event.cardTexts }
      : {}),
    event: Object.fromEntries(Object.entries(event).filter(([name]) => !RECORDED_ELSEWHERE.has(name))),
  };
}

function summary({ id, approver, approvedAt, confirmer, confirmedAt, fingerprint: print }: Approval): Details {
  return { id, approver, approvedAt, confirmer, confirmedAt, fingerprint: fingerprintDigest(print) };
}

/** Returns the id of the approval or break-glass act an event is about; null when it is about neither. */
function authorizationIn(event: IncidentEvent): string | null {
  if ('authorizationId' in event) return event.authorizationId;
  if ('breakGlassId' in event) return event.breakGlassId;
  return 'approvalId' in event ? event.approvalId : null;
}

/** Returns the recorded details of a break-glass act and its review. */
function aloneOf({ id, by, reason, startedAt, actsAt, fingerprint: print, review }: BreakGlassAct): Details {
  return { id, by, reason, startedAt, actsAt, fingerprint: fingerprintDigest(print), review };
}

function actorOf(event: IncidentEvent): Person | null {
  return 'by' in event ? event.by : null;
}
