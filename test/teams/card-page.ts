import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';

const HOST_CONFIG = {
  spacing: { small: 4, default: 8, medium: 16, large: 24, extraLarge: 32, padding: 12 },
  fontFamily: '"Segoe UI", "Noto Sans CJK JP", "Noto Sans", sans-serif',
  actions: {
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    maxActions: 6,
    showCard: { actionMode: 'inline' },
  },
  containerStyles: {
    default: { backgroundColor: '#ffffff' },
    emphasis: { backgroundColor: '#f0f0f0' },
    attention: { backgroundColor: '#fde7e9' },
    warning: { backgroundColor: '#fff4ce' },
    good: { backgroundColor: '#dff6dd' },
    accent: { backgroundColor: '#e8ebfa' },
  },
};

/** A page that draws a card as Teams' own library does, and notes what is pressed in `window.pressed`. */
export async function openCardPage(browser: Browser, width: number, card: object): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1 });
  const library = await readFile(
    new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url),
    'utf8',
  );
  await page.setContent(`<meta charset="utf-8"><style>body{margin:8px;font:14px "Segoe UI","Noto Sans CJK JP",sans-serif}
    button.ac-pushButton{padding:6px 12px;margin:2px;border:1px solid #888;border-radius:4px;background:#fff;font:inherit}
    .ac-actionSet{flex-wrap:wrap!important}
    textarea,input[type=text]{width:100%;box-sizing:border-box;font:inherit}</style><div id="card"></div>`);
  await page.addScriptTag({ content: library });
  await page.evaluate(
    `window.pressed = []; window.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
       result.outputHtml = text.replace(/&/g,'&amp;').replace(/</g,'&lt;')
         .replace(/\\*\\*(.+?)\\*\\*/g,'<b>$1</b>').replace(/\\[(.+?)\\]\\((.+?)\\)/g,'<a href="$2">$1</a>');
       result.didProcess = true; };
     const card = new window.AdaptiveCards.AdaptiveCard();
     card.hostConfig = new window.AdaptiveCards.HostConfig(${JSON.stringify(HOST_CONFIG)});
     card.onExecuteAction = (action) => window.pressed.push({ verb: action.verb, data: action.data });
     card.parse(${JSON.stringify(card)});
     document.getElementById('card').appendChild(card.render());`,
  );
  return page;
}
