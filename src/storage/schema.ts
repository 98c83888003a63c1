/** Times are ms since the epoch; ids and JSON documents are text; a flag is 0 or 1. */
export type Schema = {
  incidents: IncidentRow;
  approvals: ApprovalRow;
  alerts: { id: string; incident_id: string | null; recorded_at: number };
  observations: ObservationRow;
  cursors: { name: string; position: number };
  conversations: ConversationRow;
  cards: CardRow;
  /** What an incident's card shows of who can still act. */
  quorums: { incident_id: string; document: string };
  jobs: JobRow;
  push: {
    resource: string;
    subscription_id: string | null;
    secret_hash: string;
    refusal: string | null;
    checked_at: number;
  };
  audit: AuditRow;
  /** One row: the number and hash of the last audit entry. */
  audit_head: { seq: number; hash: string };
};

type IncidentRow = {
  id: string;
  revision: number;
  state: string;
  connector_id: string | null;
  opened_at: number;
  ended_at: number | null;
  approver_id: string | null;
  confirmer_id: string | null;
  ending: string | null;
  /** The approval on which Exchange was, or is about to be, asked. */
  intended_approval_id: string | null;
  document: string;
};

type ApprovalRow = {
  id: string;
  incident_id: string;
  approver_id: string;
  confirmer_id: string | null;
  approved_at: number;
  document: string;
};

type ObservationRow = {
  id: 'latest' | 'complete';
  began_at: number;
  complete: number;
  problem: string | null;
  document: string;
};

type ConversationRow = {
  id: string;
  service_url: string;
  tenant_id: string;
  team_id: string | null;
  /** 1 for the one channel that watches. */
  watches: number;
  welcomed_at: number | null;
  /** Why the bot cannot post there now; null when it can. */
  problem: string | null;
};

type CardRow = {
  incident_id: string;
  channel_id: string;
  activity_id: string;
  posted_at: number;
};

export type JobRow = {
  id: string;
  key: string;
  lane: string;
  task: string;
  payload: string;
  state: 'waiting' | 'running' | 'dead';
  run_at: number;
  attempts: number;
  lease_until: number | null;
  last_error: string | null;
};

export type AuditRow = {
  seq: number;
  at: number;
  action: string;
  incident_id: string | null;
  connector_id: string | null;
  actor_id: string | null;
  actor_name: string | null;
  details: string;
  previous_hash: string;
  hash: string;
};
