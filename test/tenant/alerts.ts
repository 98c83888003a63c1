import { randomBytes } from 'node:crypto';

/** An alerts_v2 record with the keys of Microsoft Graph's alert resource, nulls included. Every alert of this tenant is synthetic. */
export type Alert = {
  readonly id: string;
  readonly title: string;
  readonly detectorId: string;
  readonly status: 'new' | 'inProgress' | 'resolved' | 'unknown';
  readonly createdDateTime: string;
  readonly lastUpdateDateTime: string;
  readonly resolvedDateTime: string | null;
  readonly comments: readonly AlertComment[];
  readonly [property: string]: unknown;
};

type AlertComment = {
  readonly '@odata.type': '#microsoft.graph.security.alertComment';
  readonly comment: string;
  readonly createdByDisplayName: string;
  readonly createdDateTime: string;
};

export type AlertChange = 'created' | 'updated';
type AlertListener = (alert: Alert, change: AlertChange) => void;

/** The built-in policy "Suspicious connector activity": the same GUID in every tenant (cisagov/ScubaGear; maester365/maester). */
const CONNECTOR_POLICY_ID = '8bb9c6c8-dc12-40e1-5bb8-08da05b13393';
const SYNTHETIC_TAG = 'synthetic: simulated tenant';

export type Alerts = {
  /** Raises an alert of the connector policy; every property can be overridden. */
  raise(overrides?: Partial<Alert>): Alert;
  /** Changes an alert, such as by a repetition, which Defender adds to the existing alert (Defender XDR: alert policies). */
  touch(id: string, changes?: Partial<Alert>): Alert;
  remove(id: string): void;
  find(id: string): Alert | undefined;
  all(): readonly Alert[];
  comment(id: string, text: string, author: string): Alert;
  onChange(listener: AlertListener): void;
};

export function createAlerts(now: () => number, tenantId: string): Alerts {
  const alerts = new Map<string, Alert>();
  const listeners: AlertListener[] = [];
  const keep = (alert: Alert, change: AlertChange) => {
    alerts.set(alert.id, alert);
    for (const listener of listeners) listener(alert, change);
    return alert;
  };
  const need = (id: string) => {
    const alert = alerts.get(id);
    if (alert === undefined) throw new Error(`no alert ${id}`);
    return alert;
  };
  const touch = (id: string, changes: Partial<Alert> = {}) =>
    keep({ ...need(id), lastUpdateDateTime: graphTime(now()), ...changes }, 'updated');
  return {
    raise: (overrides = {}) => keep(newAlert(now(), tenantId, overrides), 'created'),
    touch,
    remove: (id) => void alerts.delete(id),
    find: (id) => alerts.get(id),
    all: () => [...alerts.values()],
    comment: (id, text, author) => touch(id, { comments: [...need(id).comments, newComment(text, author, now())] }),
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Formats a time as Graph does, without trailing zeros in the fraction: `19:26:28.99Z` in wazuh/wazuh#37898. */
export function graphTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z');
}

function newComment(comment: string, author: string, at: number): AlertComment {
  return {
    '@odata.type': '#microsoft.graph.security.alertComment',
    comment,
    createdByDisplayName: author,
    createdDateTime: graphTime(at),
  };
}

/** Creates an alert. Values are inferred from alerts of other built-in policies (wazuh/wazuh#37940); no real one has been published. */
function newAlert(at: number, tenantId: string, overrides: Partial<Alert>): Alert {
  const providerAlertId = `${randomBytes(4).toString('hex')}-54a1-3a15-63fb-${randomBytes(6).toString('hex')}`;
  const id = overrides.id ?? `fa${providerAlertId}`;
  const time = graphTime(at);
  return {
    ...NULL_PROPERTIES,
    id,
    providerAlertId,
    incidentId: String(Math.floor(at / 1000) % 100_000),
    status: 'new',
    severity: 'high',
    serviceSource: 'microsoftDefenderForOffice365',
    detectionSource: 'microsoftDefenderForOffice365',
    productName: 'Microsoft Defender for Office 365',
    detectorId: CONNECTOR_POLICY_ID,
    tenantId,
    title: 'Suspicious connector activity',
    description: 'Connector has been restricted from sending messages due to potential compromise activity. -V1.0.0.1',
    recommendedActions: '',
    category: 'ThreatManagement',
    categories: ['ThreatManagement'],
    alertWebUrl: `https://security.microsoft.com/alerts/${id}?tid=${tenantId}`,
    mitreTechniques: [],
    createdDateTime: time,
    lastUpdateDateTime: time,
    firstActivityDateTime: time,
    lastActivityDateTime: time,
    comments: [],
    evidence: [],
    systemTags: [SYNTHETIC_TAG],
    ...overrides,
  };
}

const NULL_PROPERTIES = {
  actorDisplayName: null,
  additionalData: null,
  alertPolicyId: null,
  assignedTo: null,
  classification: null,
  customDetails: null,
  determination: null,
  incidentWebUrl: null,
  investigationState: null,
  resolvedDateTime: null,
  threatDisplayName: null,
  threatFamilyName: null,
};
