import { type AuditHead, appendAudit } from '../storage/audit.ts';
import type { Trx } from '../storage/database.ts';
import { readIncident } from '../storage/incidents.ts';
import type { Transact } from '../storage/shared-transactions.ts';
import { type Note, noteEntry } from './audit-entry.ts';

/** A person as an activity names them; null for an id that it does not contain. */
type Claimed = { readonly tenantId: string | null; readonly objectId: string | null; readonly name: string };

export type Notes = {
  /** Records an attempt by a person who may not act. The contents of the request decide nothing. */
  noteRefused(incidentId: string, verb: string, by: Claimed, reason: string, shown?: number): Promise<void>;
  /**
   * Records an action outside of any decision, with or without an incident. `alongside` runs in the same transaction. Returns
   * the new head.
   */
  note(
    incidentId: string | null,
    note: Omit<Note, 'incident' | 'actor'>,
    alongside?: (trx: Trx) => Promise<void>,
  ): Promise<AuditHead>;
};

/** Creates the writers of audit entries that change no incident. */
export function createNotes({ transact, clock }: { readonly transact: Transact; readonly clock: () => number }): Notes {
  async function write(
    incidentId: string | null,
    note: Omit<Note, 'incident'>,
    alongside?: (trx: Trx) => Promise<void>,
  ): Promise<AuditHead> {
    return transact(null, async (trx) => {
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
