import { openForReading } from '../../src/storage/database.ts';
import { until } from '../tenant/until.ts';

const REDRAWING = ['gather_findings', 'post_card', 'update_card'] as const;

/** Resolves when no job is left that redraws a card, which would fold a form that is open in a window. */
export async function cardsAtRest(databaseUrl: string): Promise<void> {
  const { db, close } = openForReading(databaseUrl);
  try {
    const isAtRest = async () => {
      const left = db.selectFrom('jobs').select('id').where('task', 'in', REDRAWING).where('state', '!=', 'dead');
      return (await left.executeTakeFirst()) === undefined;
    };
    await until(isAtRest, { what: 'no card is about to be redrawn' });
  } finally {
    await close();
  }
}
