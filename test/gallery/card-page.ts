import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { hostConfig, styleSheet, type Theme } from './teams-host.ts';

const LIBRARY = new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url);

/** Only what Teams' Markdown has and our cards use: bold, and links. */
const MARKDOWN = `text.replace(/&/g,'&amp;').replace(/</g,'&lt;')
  .replace(/\\*\\*(.+?)\\*\\*/g,'<b>$1</b>').replace(/\\[(.+?)\\]\\((.+?)\\)/g,'<a href="$2">$1</a>')`;

/** A page with Microsoft's own renderer, on which cards are drawn one after another. */
export async function openRenderer(browser: Browser, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1, locale: 'en-US' });
  page.setDefaultTimeout(60_000);
  await page.setContent(
    '<!doctype html><meta charset="utf-8"><title>Card</title><style id="style"></style><main id="card"></main>',
  );
  await page.addScriptTag({ content: await readFile(LIBRARY, 'utf8') });
  return page;
}

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

/** Draws a card in place of the one before, as a client that does not know the actions `without`, and notes what is pressed in `window.pressed`. */
export async function drawCard(
  page: Page,
  card: object,
  theme: Theme = 'light',
  without: readonly string[] = [],
): Promise<void> {
  await page.evaluate(
    `window.pressed = []; window.problems = ${UNKNOWN}(${JSON.stringify(card)});
     document.documentElement.lang = ${JSON.stringify('lang' in card ? card.lang : 'en')};
     document.getElementById('style').textContent = ${JSON.stringify(styleSheet(theme))};
     window.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
       result.outputHtml = ${MARKDOWN};
       result.didProcess = true; };
     {
       const card = new window.AdaptiveCards.AdaptiveCard();
       card.hostConfig = new window.AdaptiveCards.HostConfig(${JSON.stringify(hostConfig(theme))});
       card.onExecuteAction = ({ verb, data }) => (verb ?? data?.verb) === undefined || window.pressed.push({ verb: verb ?? data.verb, data });
       const { CardObjectRegistry, GlobalRegistry, SerializationContext, Versions } = window.AdaptiveCards;
       const known = new CardObjectRegistry();
       GlobalRegistry.populateWithDefaultActions(known);
       for (const action of ${JSON.stringify(without)}) known.unregister(action);
       const context = new SerializationContext(Versions.v1_5);
       context.setActionRegistry(known);
       window.actions = new Map();
       const note = (actions) => { for (const { title, verb, style, card: inner } of actions ?? []) { window.actions.set(title, { verb, style }); note(inner?.actions); } };
       note(${JSON.stringify('actions' in card ? card.actions : [])});
       card.parse(${JSON.stringify(card)}, context);
       // The library ignores the language of every second card (see LANG_DEFECT), and would draw its times in the page's.
       card.lang = document.documentElement.lang;
       for (let index = 0; index < context.eventCount; index += 1) window.problems.push(context.getEventAt(index).message);
       document.getElementById('card').replaceChildren(card.render());
     }`,
  );
}
