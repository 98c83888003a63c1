import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { appPackage } from './app-package.ts';

const { values } = parseArgs({ options: { 'client-id': { type: 'string' } } });
const clientId = z.guid().safeParse(values['client-id'] ?? process.env.CLIENT_ID);
if (clientId.success) {
  const folder = new URL('../dist/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('teamsapp.zip', folder), await appPackage(clientId.data.toLowerCase()));
  console.log('dist/teamsapp.zip is ready: upload it in the Teams admin center, or to the admin team.');
} else {
  console.error(
    'CLIENT_ID is missing or not valid: set it, or pass --client-id, to the application (client) id of the bot, a GUID.',
  );
  process.exitCode = 1;
}
