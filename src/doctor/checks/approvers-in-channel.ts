import type { Examine } from '../check.ts';
import { failed, ok, warning } from '../finding.ts';
import { MIN_APPROVERS } from './groups.ts';

const MAX_NAMES = 5;

/** Checks whether the approvers are members of the team that the cards are posted in. */
export const examineApproversInChannel: Examine = async ({ connections, strings }) => {
  const [{ items: approvers }, roster] = await Promise.all([connections.listApprovers(), connections.roster()]);
  const there = new Set(roster.map(({ objectId }) => objectId?.toLowerCase()));
  const absent = approvers.filter(({ objectId }) => !there.has(objectId.toLowerCase()));
  if (absent.length === 0) return ok(strings.approversInChannel.ok);
  const names = absent.slice(0, MAX_NAMES).map(({ name }) => name);
  const list = [...names, ...(absent.length > MAX_NAMES ? ['…'] : [])].join(', ');
  const present = approvers.length - absent.length;
  if (present < MIN_APPROVERS) return failed(strings.approversInChannel.tooFew(present, list));
  return warning(strings.approversInChannel.missing(absent.length, list));
};
