import type { DatabaseLoss, NotedAnchor, TrailBreak, UntrustedTrail } from '../incident/model/trail.ts';
import { type AuditHead, readAuditHead } from '../storage/audit.ts';
import type { Db, Trx } from '../storage/database.ts';
import { readTrail } from '../storage/trail.ts';
import { readAcceptance } from './accepted.ts';

/** What this process knows about the audit trail independently of the database, which its owner can change. */
export type TrailWatch = {
  /** Returns the reason why nothing may be unblocked now, or null. */
  broken(db: Db | Trx): Promise<UntrustedTrail | null>;
  /** Remembers a break that a check in this process found after the acceptance in entry `acceptedSeq`, if any. */
  found(found: TrailBreak, acceptedSeq: number | null): void;
  /** Remembers the head of an intact trail as an anchor outside of the database. */
  intact(head: AuditHead, at: number): void;
  /** Returns the remembered anchors, for comparison in the next check. */
  anchors(): readonly NotedAnchor[];
};

type Known = { readonly found: TrailBreak; readonly acceptedSeq: number };

type Dependencies = {
  /** Returns why the database cannot be trusted; null while it can. */
  readonly loss: (db: Db | Trx) => Promise<DatabaseLoss | null>;
  readonly clock: () => number;
};

const LOSSES: Readonly<Record<DatabaseLoss, string>> = {
  file_replaced: 'the database file was deleted or replaced while the service was running',
  taken_over: 'another service has opened the same database',
};

/**
 * Creates a watch. A break this process has seen is cleared only by a newer acceptance in the trail itself, whatever the table
 * contains.
 */
export function createTrailWatch({ loss, clock }: Dependencies): TrailWatch {
  let known: Known | null = null;
  let last: NotedAnchor | null = null;
  let lostSince: number | null = null;

  return {
    async broken(db) {
      const lost = await loss(db);
      lostSince = lost === null ? null : (lostSince ?? clock());
      if (lost !== null && lostSince !== null) {
        const { seq } = await readAuditHead(db);
        return { fault: { seq, reason: LOSSES[lost] }, anchors: [], foundAt: lostSince, loss: lost };
      }
      const { found, acceptedSeq } = await readTrail(db);
      const before = known?.acceptedSeq ?? 0;
      if (found !== null) known = { found, acceptedSeq: Math.max(before, acceptedSeq ?? 0) };
      else if (known !== null && (acceptedSeq ?? 0) > before && (await readAcceptance(db, acceptedSeq)) !== null)
        known = null;
      return known?.found ?? null;
    },
    found(found, acceptedSeq) {
      known = { found, acceptedSeq: Math.max(known?.acceptedSeq ?? 0, acceptedSeq ?? 0) };
    },
    intact({ seq, hash }, notedAt) {
      last = { seq, hash, alertId: null, author: '', notedAt };
    },
    anchors: () => (last === null ? [] : [last]),
  };
}
