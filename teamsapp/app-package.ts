import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { checkedTranslation, manifestSchema } from './manifest-rules.ts';

const ICONS = ['color.png', 'outline.png'] as const;
const WEBSITE = 'https://learn.microsoft.com/defender-office-365/connectors-remove-blocked';

/** The Teams app as a zip for upload, for the bot of this Entra application. Throws when Teams would refuse it. */
export async function appPackage(clientId: string): Promise<Uint8Array> {
  const template = await textOf('manifest.json');
  const manifest = template.replaceAll('${{CLIENT_ID}}', clientId).replaceAll('${{WEBSITE_URL}}', WEBSITE);
  const japanese = await textOf('ja.json');
  checkedTranslation(JSON.parse(japanese), manifestSchema.parse(JSON.parse(manifest)));
  const icons = await Promise.all(ICONS.map(async (name) => [name, await fileOf(name)] as const));
  const encode = (text: string) => new TextEncoder().encode(text);
  return zipSync({ 'manifest.json': encode(manifest), 'ja.json': encode(japanese), ...Object.fromEntries(icons) });
}

async function fileOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(name, import.meta.url)));
}

async function textOf(name: string): Promise<string> {
  return new TextDecoder().decode(await fileOf(name));
}
