import type { Examine } from '../check.ts';
import { failed, ok, warning } from '../finding.ts';

const MOST_NAMES = 5;
const LEAST_APPROVERS = 2;

/** Whether those who may approve are where the cards are. */
export const examineApproversInChannel: Examine = async ({ connections, words }) => {
  const [{ items: approvers }, roster] = await Promise.all([connections.listApprovers(), connections.roster()]);
  const there = new Set(roster.map(({ objectId }) => objectId?.toLowerCase()));
  const absent = approvers.filter(({ objectId }) => !there.has(objectId.toLowerCase()));
  if (absent.length === 0) return ok(words.approversInChannel.ok);
  const names = absent.slice(0, MOST_NAMES).map(({ name }) => name);
  const list = [...names, ...(absent.length > MOST_NAMES ? ['…'] : [])].join(', ');
  const present = approvers.length - absent.length;
  if (present < LEAST_APPROVERS) return failed(words.approversInChannel.tooFew(present, list));
  return warning(words.approversInChannel.missing(absent.length, list));
};
