import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import { type ApprovalFacts, applied, type Facts, type Judgement, refused, who } from './facts.ts';
import { sameSettings } from './same-settings.ts';

/** A confirmer confirms only what was shown: the approved configuration and everything found since. */
export function judgeConfirm(facts: Facts, approval: ApprovalFacts, event: IncidentEvent<'confirm'>): Judgement {
  const { at, by, shown } = event;
  if (at >= approval.expiresAt) return refused('approval_expired');
  if (approval.approver === who(by)) return refused('own_approval');
  const now = facts.connector?.configuration ?? null;
  const drawn =
    shown === undefined ? now : (facts.drawn.findLast(({ revision }) => revision <= shown)?.configuration ?? null);
  if (!sameSettings(drawn, now) || !sameSettings(approval.shown, now)) return refused('configuration_changed');
  const isUnseen = (revision: number) => shown === undefined || revision > shown;
  if ([...approval.dangers.values()].some(isUnseen)) return refused('findings_got_worse');
  return applied({ ...facts, approval: { ...approval, confirmer: who(by) } }, 'unblock_connector');
}
