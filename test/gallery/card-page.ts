import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { MEASURE } from './measure.ts';
import { hostConfig, styleSheet, type Theme } from './teams-host.ts';

const LIBRARY = new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url);

/** Only what Teams' Markdown has and our cards use: bold, and links. */
const MARKDOWN = `text.replace(/&/g,'&amp;').replace(/</g,'&lt;')
  .replace(/\\*\\*(.+?)\\*\\*/g,'<b>$1</b>').replace(/\\[(.+?)\\]\\((.+?)\\)/g,'<a href="$2">$1</a>')`;

/**
 * What Microsoft's own library does not know in schema 1.5, which is what Teams takes (docs: Format cards in Teams): element
 * types, and their properties. `msteams` is Teams' own addition.
 */
const UNKNOWN = `(() => {
  const { GlobalRegistry, Versions, AdaptiveCard, Column, RefreshDefinition } = window.AdaptiveCards;
  const others = { AdaptiveCard, Column };
  const typeOf = (name) => others[name] ?? (GlobalRegistry.defaultElements.findByName(name) ?? GlobalRegistry.defaultActions.findByName(name))?.objectType;
  const namesOf = (type) => new Set(new type().getSchema()._properties.filter(({ targetVersion }) => targetVersion.compareTo(Versions.v1_5) <= 0).map(({ name }) => name));
  // Teams' own, and what holds other elements, which the library reads without listing it.
  const teams = ['msteams', '$schema'];
  const holders = ['body', 'items', 'columns', 'inlines', 'actions', 'card', 'fallback'];
  const unknown = (node) => {
    if (Array.isArray(node)) return node.flatMap(unknown);
    if (typeof node !== 'object' || node === null) return [];
    const type = typeof node.type === 'string' ? typeOf(node.type) : RefreshDefinition;
    if (type === undefined) return ['element ' + node.type + ' is unknown'];
    const names = namesOf(type);
    const children = Object.entries(node).filter(([key]) => key !== 'data' && key !== 'userIds' && key !== 'targetElements' && !teams.includes(key));
    return children.flatMap(([key, child]) => [...(names.has(key) || holders.includes(key) ? [] : [node.type + ' has no property ' + key]), ...unknown(child)]);
  };
  return unknown;
})()`;

/**
 * Draws a card in `target` as a client that does not know the actions `without`; notes what is pressed in `window.pressed`, what the
 * renderer does not understand in `window.problems`, and the verb and style of every button in `window.actions`.
 */
const DRAW = `window.draw = (target, json, config, without) => {
  const { AdaptiveCard, CardObjectRegistry, GlobalRegistry, HostConfig, SerializationContext, Versions } = window.AdaptiveCards;
  window.pressed = [];
  window.problems = ${UNKNOWN}(json);
  AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = ${MARKDOWN}; result.didProcess = true; };
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(config);
  card.onExecuteAction = ({ verb, data }) => (verb ?? data?.verb) === undefined || window.pressed.push({ verb: verb ?? data.verb, data });
  const known = new CardObjectRegistry();
  GlobalRegistry.populateWithDefaultActions(known);
  for (const action of without) known.unregister(action);
  const context = new SerializationContext(Versions.v1_5);
  context.setActionRegistry(known);
  window.actions = new Map();
  const note = (actions) => { for (const { title, verb, style, card: inner } of actions ?? []) { window.actions.set(title, { verb, style }); note(inner?.actions); } };
  note(json.actions);
  card.parse(json, context);
  // The library ignores the language of every second card (see LANG_DEFECT), and would draw its times in the page's.
  card.lang = document.documentElement.lang;
  for (let index = 0; index < context.eventCount; index += 1) window.problems.push(context.getEventAt(index).message);
  target.replaceChildren(card.render());
}`;

/** A page with Microsoft's own renderer, on which cards are drawn one after another. */
export async function openRenderer(browser: Browser, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1, locale: 'en-US' });
  page.setDefaultTimeout(60_000);
  await page.setContent(
    '<!doctype html><meta charset="utf-8"><title>Card</title><style id="style"></style><main id="card"></main>',
  );
  await page.addScriptTag({ content: await readFile(LIBRARY, 'utf8') });
  await page.evaluate(DRAW);
  await page.evaluate(MEASURE);
  return page;
}

/** Sets the page's language to the card's, and its style sheet to the theme's; returns the arguments of `window.draw` but its target. */
export async function prepare(page: Page, card: object, theme: Theme, without: readonly string[]): Promise<string> {
  await page.evaluate(
    `document.documentElement.lang = ${JSON.stringify('lang' in card ? card.lang : 'en')};
     document.getElementById('style').textContent = ${JSON.stringify(styleSheet(theme))};`,
  );
  return [card, hostConfig(theme), without].map((it) => JSON.stringify(it)).join(', ');
}

/** Draws a card in place of the one before, as a client that does not know the actions `without`. */
export async function drawCard(
  page: Page,
  card: object,
  theme: Theme = 'light',
  without: readonly string[] = [],
): Promise<void> {
  await page.evaluate(`window.draw(document.getElementById('card'), ${await prepare(page, card, theme, without)})`);
}
