import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CHECK_IDS } from '../../src/doctor/finding.ts';
import { type Locale, strings } from '../../src/teams/locales/locale.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const PAGES: readonly (readonly [page: string, locale: Locale])[] = [
  ['docs/runbook.md', 'en-US'],
  ['docs/ja/runbook.md', 'ja-JP'],
];

describe('the runbook', () => {
  for (const [page, locale] of PAGES) {
    /** The first cell of each row of its tables. */
    const firstCells = async () =>
      (await read(page)).split('\n').flatMap((line) => (line.startsWith('| ') ? [line.split(' | ')[0] ?? ''] : []));

    it(`explains what to do about every alert: ${page}`, async () => {
      const ofPrometheus = [...(await read('install/observability/alerts.yaml')).matchAll(/- alert: (\w+)/g)];
      const ofAzure = [
        ...(await read('install/azure/main.bicep')).matchAll(/^ {4}name: '([a-z-]+)'\n {4}description/gm),
      ];
      const named = [...ofPrometheus, ...ofAzure].map(([, name]) => name);
      assert.ok(ofPrometheus.length >= 9 && ofAzure.length >= 7, named.join());
      const cells = await firstCells();
      assert.deepEqual(
        named.filter((name) => !cells.some((cell) => cell.includes(`\`${name}\``))),
        [],
      );
    });

    it(`explains what to do about every check of the doctor, and about no other: ${page}`, async () => {
      const section = (await read(page))
        .split(/^## /m)
        .find((text) => /^(Findings of the doctor|doctor の)/.test(text));
      const rows = section?.split('\n').filter((line) => line.startsWith('| `')) ?? [];
      const named = rows.flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, id]) => id));
      assert.deepEqual(named.toSorted(), [...CHECK_IDS].toSorted());
    });

    it(`explains what to do about every headline of a card: ${page}`, async () => {
      const cells = await firstCells();
      const { headlines: byState, modes } = strings(locale).cards;
      const headlines = [
        ...Object.values(byState).map((text) => text.split(/[:(]/)[0]?.trim()),
        ...Object.values(modes).map(({ headline }) => headline),
      ];
      assert.deepEqual(
        headlines.filter((headline) => !cells.some((cell) => cell.includes(`**${headline}`))),
        [],
      );
    });

    it(`names only buttons, headlines and sections that exist, where it explains the card: ${page}`, async () => {
      const text = await read(page);
      const sections = text.split(/^## /m).slice(1);
      const rows = sections[0]?.split('\n').filter((line) => line.startsWith('| **')) ?? [];
      const names = rows.flatMap((row) => [...row.matchAll(/［([^］]+)］|(?<!\*)\*([^*]+)\*(?!\*)/g)]);
      const known = [...textsIn(strings(locale)), ...sections.map((section) => section.split('\n')[0] ?? '')];
      assert.ok(names.length > 5, names.join());
      assert.deepEqual(
        names
          .map(([, japanese, english]) => japanese ?? english ?? '')
          .filter((name) => !known.some((it) => it.includes(name))),
        [],
      );
    });
  }
});

/** Every text that is not a function of something. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
