import { mkdir, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { runCommand } from '../../src/command/run-command.ts';
import { launchBrowser } from '../browser/browser.ts';
import { drawCard, openRenderer } from './card-page.ts';
import { type GalleryCard, galleryCards } from './gallery-cards.ts';
import { galleryPage, type Picture } from './gallery-page.ts';
import { faultsOf } from './look.ts';
import { addAxe, openings } from './measure.ts';
import { createSchemaCheck, SCHEMA } from './schema-check.ts';
import { THEMES, type Theme } from './teams-host.ts';

const WIDTHS = [320, 360, 760] as const;
const HELP: Help = {
  summary: "Draws every card of an incident with Microsoft's own renderer, as Teams does, and reports faults.",
  usage: ['npm run gallery -- [--only TEXT] [--quick] [--schema FILE] [--out DIR]'],
  options: [
    ['--only <text>', 'Only cards whose name has this text.'],
    ['--quick', 'The smallest phone in the light theme alone; every width and theme takes minutes.'],
    ['--schema <file>', 'Checks each card against another JSON schema than that of Adaptive Cards 1.5.'],
    ['--out <dir>', 'Where index.html and the pictures go; test-output/gallery when left out.'],
  ],
  examples: ['npm run gallery -- --quick', 'npm run gallery -- --only waiting'],
  exitCodes: { 0: 'No card has a fault.', 1: 'A card has one, or could not be drawn.', 2: NOT_UNDERSTOOD },
};

process.exitCode = await runCommand({ help: HELP, run: draw }, process.argv.slice(2));

/** One card at one width in one theme: as it is posted, unfolded, and with each of its forms open. */
async function picturesOf(page: Page, it: GalleryCard, width: number, theme: Theme, out: string) {
  await page.setViewportSize({ width, height: 900 });
  await drawCard(page, it.card, theme);
  const faults = await faultsOf(page);
  const name = `${it.name} ${it.locale} ${it.data} ${width} ${theme}`;
  const pictures: Picture[] = [];
  for (const [index, opening] of ['', ...(await openings(page))].entries()) {
    if (index > 0) {
      await drawCard(page, it.card, theme);
      await page.getByRole('button', { name: opening, exact: true }).click();
      faults.push(...(await faultsOf(page, 'opened')).map((fault) => `${opening}: ${fault}`));
    }
    const file = `${name} ${index}`.replaceAll(/[^\w-]+/g, '-').toLowerCase();
    await page.locator('#card').screenshot({ path: `${out}/${file}.png` });
    pictures.push({ file: `${file}.png`, title: `${name} ${opening}`.trim(), faults: index === 0 ? faults : [] });
  }
  return pictures;
}

function withFaults(picture: Picture, more: readonly string[]): Picture {
  return { ...picture, faults: [...picture.faults, ...more] };
}

async function draw(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string', default: 'test-output/gallery' },
      only: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
      schema: { type: 'string', default: SCHEMA },
    },
  });
  const { out, only, quick, schema } = values;
  const schemaFaults = await createSchemaCheck(schema);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const browser = await launchBrowser();
  const page = await openRenderer(browser, WIDTHS[0]);
  await addAxe(page);
  const pictures: Picture[] = [];
  for (const it of galleryCards().filter(({ name }) => name.includes(only))) {
    const forbidden = schemaFaults(it.card).map((fault) => `the schema says: ${fault}`);
    for (const width of quick ? WIDTHS.slice(0, 1) : WIDTHS)
      for (const theme of quick ? THEMES.slice(0, 1) : THEMES)
        pictures.push(
          ...(await picturesOf(page, it, width, theme, out)).map((picture) => withFaults(picture, forbidden)),
        );
  }
  await browser.close();
  await writeFile(`${out}/index.html`, galleryPage(pictures));
  const faulty = pictures.filter(({ faults }) => faults.length > 0);
  for (const { title, faults } of faulty) process.stdout.write(`${title}:\n  ${faults.join('\n  ')}\n`);
  process.stdout.write(`${pictures.length} pictures in ${out}/index.html, ${faulty.length} cards with faults\n`);
  return faulty.length === 0 ? 0 : 1;
}
