import { hasFailed } from '../failure-message.ts';
import { examinePermission } from './permission.ts';

/** Exchange returns 401 to an app without the permission, and 403 to one that only lacks a role. */
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
