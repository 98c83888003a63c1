import { type AuditHead, appendAudit } from '../storage/audit.ts';
import type { Db, Trx } from '../storage/database.ts';
import { readIncident } from '../storage/incidents.ts';
import { type Note, noteEntry } from './audit-entry.ts';

/** Somebody as their activity names them; a null is what it did not say. */
type Claimed = { readonly tenantId: string | null; readonly objectId: string | null; readonly name: string };

export type Notes = {
  /** Puts on record that somebody who may not act tried to; what they sent decides nothing. */
  noteRefused(incidentId: string, verb: string, by: Claimed, reason: string, shown?: number): Promise<void>;
  /**
   * Puts on record what was done to an incident, or without one, outside of any decision; gives the new head. What is
   * `alongside` is written with the entry or not at all.
   */
  note(
    incidentId: string | null,
    note: Omit<Note, 'incident' | 'actor'>,
    alongside?: (trx: Trx) => Promise<void>,
  ): Promise<AuditHead>;
};

/** Audit entries of what changes no incident. */
export function createNotes({ db, clock }: { readonly db: Db; readonly clock: () => number }): Notes {
  async function write(
    incidentId: string | null,
    note: Omit<Note, 'incident'>,
    alongside?: (trx: Trx) => Promise<void>,
  ): Promise<AuditHead> {
    return db.transaction().execute(async (trx) => {
      const incident = incidentId === null ? null : await readIncident(trx, incidentId);
      const head = await appendAudit(trx, noteEntry({ ...note, incident }, clock()));
      await alongside?.(trx);
      return head;
    });
  }

  return {
    async noteRefused(incidentId, verb, { tenantId, objectId, name }, refusal, shown) {
      const actor = tenantId === null || objectId === null ? null : { tenantId, objectId, name };
      const details = { refusal, cardRevision: shown ?? null, claimed: { incidentId, tenantId, objectId, name } };
      await write(incidentId, { action: `${verb}_refused`, actor, outcome: 'refused', details });
    },

    note: (incidentId, note, alongside) => write(incidentId, { ...note, actor: null }, alongside),
  };
}
