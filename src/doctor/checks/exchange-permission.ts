import { hasFailed } from '../failure-message.ts';
import { examinePermission } from './permission.ts';

/** Exchange answers 401 to an app without it, and 403 to one that lacks a role beside it. */
export const examineExchangePermission = examinePermission(
  'exchange',
  'Exchange.ManageAsApp',
  async ({ connections }) => {
    try {
      await connections.listBlocked();
      return 'works';
    } catch (error) {
      if (hasFailed(error, 'unauthorized')) throw error;
      return hasFailed(error, 'forbidden') ? 'works' : 'untried';
    }
  },
);
