import type { Unblock } from './unblock.ts';

/** Mode `manual`: the card shows the command, a person runs it, and the effect is watched for. */
export const unblockManual: Unblock = async () => ({ requestId: null, done: 'by_hand' });
