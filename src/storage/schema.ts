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
  /** A card that is being posted, or was, without anybody knowing where it went. */
  card_posts: { incident_id: string; channel_id: string; begun_at: number };
  /** A conversation that messages are sent to, or a limit of Microsoft's that calls count against; nothing is sent before `held_until`. */
  threads: { id: string; held_until: number };
  sends: { thread_id: string; at: number };
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
  /** Contents of the audit feed that have been read. */
  feed_contents: { id: string; read_at: number };
  /** What the audit feed says of an alert. */
  alert_words: { alert_id: string; words: string };
  /** The settings that inbound connectors have had, each from when it was first seen. */
  connector_configurations: { connector_id: string; since: number; fingerprint: string };
  connector_changes: { id: string; at: number; document: string };
  /** Mail of a connector in one hour; an hour without mail has no row. */
  traffic_hours: { connector_id: string; at: number; messages: number; judged: number };
  /** Since when, and until when, every hour of a connector's mail has been read. */
  traffic_read: { connector_id: string; known_from: number; known_until: number };
  /** Sender domains (`sender`) and addresses (`address`) that a connector had. */
  traffic_seen: { connector_id: string; kind: 'sender' | 'address'; value: string; first_at: number; last_at: number };
  posture: PostureRow;
  /** What people have to do after an unblock; `done_by` is a JSON document, or null. */
  follow_up_tasks: FollowUpTaskRow;
  signals: { name: string; tried_at: number; succeeded_at: number | null; problem: string | null };
  outages: OutageRow;
  trail: TrailRow;
  channel_moves: ChannelMoveRow;
  /** One row: the service that uses an SQLite database; `process` is null once it has stopped. */
  holder: { id: number; token: string; process: string | null };
  drills: DrillRow;
  /** One row: what the self-check last found; `document` is a JSON object by check id. */
  self_check: { id: number; checked_at: number | null; heartbeat_at: number | null; document: string };
  audit: AuditRow;
  /** One row: the number and hash of the last audit entry. */
  audit_head: { seq: number; hash: string };
};

export type DrillRow = {
  connector_id: string;
  name: string;
  started_by: string;
  started_at: number;
  lifted_at: number | null;
  /** 1 while the imaginary restriction lasts, then null; unique, so that there is one drill at a time. */
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
  /** The act that is carried out; null in every state but those of break-glass. */
  break_glass_id: string | null;
  ending: string | null;
  /** The approval, or break-glass act, on which Exchange was, or is about to be, asked. */
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
  /** Failures in a row; a new request for the job starts from 0. */
  attempts: number;
  /** How often it was claimed; tells one claim from the next. */
  claims: number;
  lease_until: number | null;
  last_error: string | null;
};

/** How reading one source has gone; `told` is 1 while the channel knows of its outage. */
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

/** One row: what the check of the audit trail last found; `break` is a JSON document, or null. */
export type TrailRow = {
  id: number;
  checked_at: number | null;
  anchors_read_at: number | null;
  break: string | null;
  accepted_seq: number | null;
  told_accepted_seq: number | null;
};

/** `findings` and `told` are JSON documents, `verdict` is the worst of the findings; the connector is checked again at `due_at`. */
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
