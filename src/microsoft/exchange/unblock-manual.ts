import type { Unblock } from './unblock.ts';

/** Mode `manual`: calls nothing. The card shows the command for a person to run, and the service waits for its effect. */
export const unblockManual: Unblock = async () => ({ requestId: null, done: 'by_hand' });
