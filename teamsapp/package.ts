import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Help, NOT_UNDERSTOOD } from '../src/command/help.ts';
import { runCommand, writeOut } from '../src/command/run-command.ts';
import { appPackage } from './app-package.ts';

const HELP: Help = {
  summary: 'Writes the Teams app as a zip file for upload in the Teams admin center or to the admin team.',
  usage: ['npm run package -- [--client-id <id>] [--out <file>]'],
  options: [
    ['--client-id <id>', 'The application (client) id of the bot, a GUID; CLIENT_ID by default.'],
    ['--out <file>', 'Where to write; dist/teamsapp.zip by default.'],
  ],
  examples: ['npm run package -- --client-id 00000000-0000-0000-0000-000000000000'],
  exitCodes: { 0: 'The file is written.', 1: 'It could not be written.', 2: NOT_UNDERSTOOD },
};

process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const options = { 'client-id': { type: 'string' }, out: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const clientId = z.guid().safeParse(values['client-id'] ?? process.env.CLIENT_ID);
  if (!clientId.success)
    throw new Error(
      'CLIENT_ID is missing or not valid: set it, or pass --client-id, to the application (client) id of the bot, a GUID.',
    );
  const file = resolve(values.out ?? fileURLToPath(new URL('../dist/teamsapp.zip', import.meta.url)));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await appPackage(clientId.data.toLowerCase()));
  await writeOut(`${relative('.', file)} is ready: upload it in the Teams admin center, or to the admin team.\n`);
  return 0;
}
