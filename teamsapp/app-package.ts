import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { z } from 'zod';

const FILES = ['color.png', 'outline.png', 'ja.json'] as const;
const WEBSITE = 'https://learn.microsoft.com/defender-office-365/connectors-remove-blocked';

const commandSchema = z.object({ title: z.string().min(1).max(32), description: z.string().min(1).max(128) });

/** What Teams refuses an app for, as far as this manifest can get it wrong (Teams app manifest schema 1.25). */
const manifestSchema = z.looseObject({
  manifestVersion: z.literal('1.25'),
  id: z.guid(),
  name: z.object({ short: z.string().min(1).max(30), full: z.string().max(100) }),
  description: z.object({ short: z.string().min(1).max(80), full: z.string().min(1).max(4000) }),
  bots: z
    .array(
      z.looseObject({
        botId: z.guid(),
        commandLists: z.array(z.looseObject({ commands: z.array(commandSchema).min(1).max(10) })).max(2),
      }),
    )
    .length(1),
});

/** The Teams app as a zip for upload, for the bot of this Entra application. Throws when the manifest would be refused. */
export async function appPackage(clientId: string): Promise<Uint8Array> {
  const template = new TextDecoder().decode(await fileOf('manifest.json'));
  const manifest = template.replaceAll('${{CLIENT_ID}}', clientId).replaceAll('${{WEBSITE_URL}}', WEBSITE);
  manifestSchema.parse(JSON.parse(manifest));
  const others = await Promise.all(FILES.map(async (name) => [name, await fileOf(name)] as const));
  return zipSync({ 'manifest.json': new TextEncoder().encode(manifest), ...Object.fromEntries(others) });
}

async function fileOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(name, import.meta.url)));
}
