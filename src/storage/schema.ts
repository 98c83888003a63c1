/** Times are ms since the epoch; ids and JSON documents are text; a flag is 0 or 1. */
export type Schema = {
  incidents: IncidentRow;
  approvals: ApprovalRow;
  break_glass_acts: BreakGlassRow;
  alerts: { id: string; incident_id: string | null; recorded_at: number };
  observations: ObservationRow;
  cursors: { name: string; position: number };
  conversations: ConversationRow;
  cards: CardRow;
  /** Posts of cards that are under way or have an unknown outcome. */
  card_posts: { incident_id: string; channel_id: string; begun_at: number };
  /** A conversation that messages are sent to, or one of Microsoft's rate limits. Nothing is sent before `held_until`. */
  threads: { id: string; held_until: number };
  sends: { thread_id: string; at: number };
  /** What an incident's card shows about who can still act. */
  quorums: { incident_id: string; document: string };
  jobs: JobRow;
  push: {
    resource: string;
    subscription_id: string | null;
    secret_hash: string;
    refusal: string | null;
    checked_at: number;
  };
  /** The contents of the activity feed that have been read. */
  feed_contents: { id: string; read_at: number };
  /** The texts about an alert in the activity feed. */
  alert_words: { alert_id: string; words: string };
  /** The settings of inbound connectors over time, each from when it was first seen. */
  connector_configurations: { connector_id: string; since: number; fingerprint: string };
  connector_changes: { id: string; at: number; document: string };
  /** A connector's mail in one hour. An hour without mail has no row. */
  traffic_hours: { connector_id: string; at: number; messages: number; judged: number };
  /** The period for which every hour of a connector's mail has been read. */
  traffic_read: { connector_id: string; known_from: number; known_until: number };
  /** The sender domains (`sender`) and addresses (`address`) of a connector's mail. */
  traffic_seen: { connector_id: string; kind: 'sender' | 'address'; value: string; first_at: number; last_at: number };
  posture: PostureRow;
  /** Tasks after an unblock. `done_by` is a JSON document, or null. */
  follow_up_tasks: FollowUpTaskRow;
  signals: { name: string; tried_at: number; succeeded_at: number | null; problem: string | null };
  outages: OutageRow;
  trail: TrailRow;
  channel_moves: ChannelMoveRow;
  /** A single row: the service that uses an SQLite database. `process` is null once it has stopped. */
  holder: { id: number; token: string; process: string | null };
  drills: DrillRow;
  /** A single row: the state after the last self-check. `document` is a JSON object by check id. */
  self_check: { id: number; checked_at: number | null; heartbeat_at: number | null; document: string };
  audit: AuditRow;
  /** A single row: the number and hash of the last audit entry. */
  audit_head: { seq: number; hash: string };
};

export type DrillRow = {
  connector_id: string;
  name: string;
  started_by: string;
  started_at: number;
  lifted_at: number | null;
  /** 1 while the imaginary restriction lasts, then null. It is unique, so that only one drill runs at a time. */
  running: 1 | null;
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
  /** The act that waits or that the incident carries; null in any other state, and when it carries an approval. */
  break_glass_id: string | null;
  ending: string | null;
  /** The approval or break-glass act on which Exchange was called or is about to be. */
  intended_authorization_id: string | null;
  document: string;
};

type BreakGlassRow = {
  id: string;
  incident_id: string;
  actor_id: string;
  reason: string;
  started_at: number;
  acts_at: number;
  reviewer_id: string | null;
  document: string;
};

type ApprovalRow = {
  id: string;
  incident_id: string;
  approver_id: string;
  confirmer_id: string | null;
  approved_at: number;
  /** The revision from which a card shows every danger found since the approval; null where there is none. */
  dangers_from: number | null;
  /** The revision of the card on which the approval was confirmed; null where it is not known. */
  confirmed_shown: number | null;
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
  /** 1 for the watching channel. */
  watches: number;
  welcomed_at: number | null;
  /** Why the bot cannot post there at present; null when it can. */
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
  /** The number of consecutive failures. A new request for the job resets it to 0. */
  attempts: number;
  /** The number of claims, which distinguishes one claim from the next. */
  claims: number;
  lease_until: number | null;
  last_error: string | null;
};

/** The recent readings of one source. `told` is 1 while the channel is notified of its outage. */
export type OutageRow = {
  source: string;
  read_at: number;
  incomplete_since: number | null;
  silent: number;
  back_since: number | null;
  back_readings: number;
  told: number;
  told_at: number | null;
};

/** A single row: the state after the last check of the audit trail. `break` is a JSON document, or null. */
export type TrailRow = {
  id: number;
  checked_at: number | null;
  anchors_read_at: number | null;
  break: string | null;
  accepted_seq: number | null;
  told_accepted_seq: number | null;
};

/** `findings` and `told` are JSON documents, and `verdict` is the worst of the findings. The connector is checked again at `due_at`. */
export type PostureRow = {
  connector_id: string;
  name: string;
  due_at: number;
  checked_at: number | null;
  verdict: string;
  findings: string;
  told: string;
};

type FollowUpTaskRow = {
  incident_id: string;
  task: string;
  opened_at: number;
  done_at: number | null;
  done_by: string | null;
};

/** A proposal to post to another channel; `outcome` is null while it waits, else `confirmed`, `rejected` or `replaced`. */
type ChannelMoveRow = {
  id: string;
  code: string;
  from_channel: string;
  to_channel: string;
  team_id: string | null;
  tenant_id: string;
  proposer_id: string;
  proposer_name: string;
  expires_at: number;
  outcome: string | null;
  decider_id: string | null;
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
