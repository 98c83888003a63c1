import assert from 'node:assert/strict';
import { readAlertTexts, saveFeedContents, unreadContents } from '../../../src/storage/activity-feed.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

describeOnBothDatabases('the contents of the activity feed', (fresh) => {
  it('are recognized as read among more than a statement has parameters', async () => {
    const { db, close } = await openDatabase(await fresh());
    const ids = Array.from({ length: 70_000 }, (_, index) => `20261124$${index}`);
    await saveFeedContents(db, ids.slice(-2), { alertTexts: [], changes: [] }, 0);
    assert.deepEqual([...(await unreadContents(db, ids))], ids.slice(0, -2));
    await close();
  });

  it('are saved although a text contains what no database stores', async () => {
    const { db, close } = await openDatabase(await fresh());
    const alertTexts = [{ alertId: 'fa1', text: 'relay\u0000 osaka \ud83d' }];
    await saveFeedContents(db, ['content'], { alertTexts, changes: [] }, 0);
    assert.equal((await readAlertTexts(db, ['fa1'])).get('fa1'), 'relay\ufffd osaka \ufffd');
    await close();
  });
});
