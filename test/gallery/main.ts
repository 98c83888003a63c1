import { mkdir, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { runCommand } from '../../src/command/run-command.ts';
import { launchBrowser } from '../browser/browser.ts';
import { type GalleryCard, galleryCards } from './gallery-cards.ts';
import { galleryPage, type Picture } from './gallery-page.ts';
import { axeFaults, faultsIn } from './look.ts';
import { createSchemaCheck, SCHEMA } from './schema-check.ts';
import { drawSheet, measureSheet, openSheet, pictureOf } from './sheet.ts';
import { THEMES, type Theme } from './teams-host.ts';

const WIDTHS = [320, 360, 760] as const;
const HELP: Help = {
  summary: "Draws every card of an incident with Microsoft's own renderer, as Teams does, and reports faults.",
  usage: ['npm run gallery -- [--only TEXT] [--quick] [--schema FILE] [--out DIR]'],
  options: [
    ['--only <text>', 'Only cards whose name has this text.'],
    [
      '--quick',
      'The smallest phone in the light theme alone; everything takes up to twenty minutes on a busy machine.',
    ],
    ['--schema <file>', 'Checks each card against another JSON schema than that of Adaptive Cards 1.5.'],
    ['--out <dir>', 'Where index.html and the pictures go; test-output/gallery when left out.'],
  ],
  examples: ['npm run gallery -- --quick', 'npm run gallery -- --only waiting'],
  exitCodes: { 0: 'No card has a fault.', 1: 'A card has one, or could not be drawn.', 2: NOT_UNDERSTOOD },
};

process.exitCode = await runCommand({ help: HELP, run: draw }, process.argv.slice(2));

type Wanted = { readonly widths: readonly number[]; readonly themes: readonly Theme[] };

/** One card in every theme at every width, as it is posted and with each of its folds and forms open; the faults of each picture. */
async function picturesOf(page: Page, it: GalleryCard, { widths, themes }: Wanted, out: string): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const theme of themes) {
    const columns = await drawSheet(page, it.card, theme);
    for (const width of widths) {
      const measured = await measureSheet(page, width);
      const faults = columns.flatMap((title, index) => {
        const column = measured[index];
        const found = column === undefined ? ['it is not drawn'] : faultsIn(column, index === 0 ? 'posted' : 'opened');
        return found.map((fault) => (title === '' ? fault : `${title}: ${fault}`));
      });
      const rules = rulesFor(theme === themes[0], width === widths[0]);
      if (rules !== null) faults.push(...(await axeFaults(page, rules)));
      const title = `${it.name} ${it.locale} ${it.data} ${width} ${theme}`;
      const file = `${title.replaceAll(/[^\w-]+/g, '-').toLowerCase()}.png`;
      const isKept = isPictured(it, width, theme);
      if (isKept) await pictureOf(page, `${out}/${file}`);
      pictures.push({ file: isKept ? file : null, title, faults });
    }
  }
  return pictures;
}

/** A theme changes no layout, and a width no colour; so all rules are checked once, the others where their result can change. */
function rulesFor(isFirstTheme: boolean, isFirstWidth: boolean) {
  if (isFirstTheme) return isFirstWidth ? 'all' : 'ofLayout';
  return isFirstWidth ? 'ofColours' : null;
}

/** Of every card the phone in the light and the dark theme, and of the usual data the other themes and a desktop. */
function isPictured({ data }: GalleryCard, width: number, theme: Theme): boolean {
  if (width === WIDTHS[0]) return theme !== 'contrast' || data === 'honest';
  return width === WIDTHS.at(-1) && theme === 'light' && data === 'honest';
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
  const page = await openSheet(browser);
  const wanted = quick
    ? { widths: WIDTHS.slice(0, 1), themes: THEMES.slice(0, 1) }
    : { widths: WIDTHS, themes: THEMES };
  const pictures: Picture[] = [];
  for (const it of galleryCards().filter(({ name }) => name.includes(only))) {
    const forbidden = schemaFaults(it.card).map((fault) => `the schema says: ${fault}`);
    const [first, ...rest] = await picturesOf(page, it, wanted, out);
    if (first) pictures.push({ ...first, faults: [...forbidden, ...first.faults] }, ...rest);
  }
  await browser.close();
  await writeFile(`${out}/index.html`, galleryPage(pictures));
  const faulty = pictures.filter(({ faults }) => faults.length > 0);
  for (const { title, faults } of faulty) process.stdout.write(`${title}:\n  ${faults.join('\n  ')}\n`);
  process.stdout.write(
    `${pictures.length} sheets measured, ${faulty.length} with faults; pictures in ${out}/index.html\n`,
  );
  return faulty.length === 0 ? 0 : 1;
}
