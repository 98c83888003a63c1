import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';

/** Colours as in Teams: light, and dark. */
const THEMES = {
  light: { page: '#ffffff', text: '#242424', subtle: '#616161', link: '#5b5fc7', attention: '#c4314b' },
  dark: { page: '#292929', text: '#ffffff', subtle: '#adadad', link: '#9299f7', attention: '#f87c86' },
} as const;

const SHADES = {
  light: { emphasis: '#f0f0f0', attention: '#fde7e9', warning: '#fff4ce', good: '#dff6dd', accent: '#e8ebfa' },
  dark: { emphasis: '#1f1f1f', attention: '#3e1f25', warning: '#463100', good: '#0d2e0d', accent: '#2f2f4a' },
} as const;

type Theme = keyof typeof THEMES;

function hostConfig(theme: Theme): object {
  const { page, text, subtle, attention } = THEMES[theme];
  const colour = { default: text, subtle };
  const foregroundColors = { default: colour, attention: { default: attention, subtle: attention } };
  const styles = Object.entries({ default: page, ...SHADES[theme] });
  return {
    spacing: { small: 4, default: 8, medium: 16, large: 24, extraLarge: 32, padding: 12 },
    fontFamily: '"Segoe UI", "Noto Sans CJK JP", "Noto Sans", sans-serif',
    lineHeights: { small: 18, default: 22, medium: 24, large: 28, extraLarge: 32 },
    actions: {
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      maxActions: 6,
      showCard: { actionMode: 'inline' },
    },
    containerStyles: Object.fromEntries(
      styles.map(([name, backgroundColor]) => [name, { backgroundColor, foregroundColors }]),
    ),
  };
}

function styleSheet(theme: Theme): string {
  const { page, text, link } = THEMES[theme];
  return `body{margin:8px;font:14px "Segoe UI","Noto Sans CJK JP",sans-serif;background:${page};color:${text}}
    a{color:${link}} label,input,textarea{color:${text};background:${page}}
    button.ac-pushButton{padding:6px 12px;margin:2px;border:1px solid #888;border-radius:4px;background:${page};color:${text};font:inherit}
    .ac-actionSet{flex-wrap:wrap!important}
    textarea,input[type=text]{width:100%;box-sizing:border-box;font:inherit}`;
}

/** A page that draws a card as Teams' own library does, and notes what is pressed in `window.pressed`. */
export async function openCardPage(
  browser: Browser,
  width: number,
  card: object,
  theme: Theme = 'light',
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1 });
  page.setDefaultTimeout(60_000);
  const library = await readFile(
    new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url),
    'utf8',
  );
  await page.setContent(`<meta charset="utf-8"><style>${styleSheet(theme)}</style><div id="card"></div>`);
  await page.addScriptTag({ content: library });
  await page.evaluate(
    `window.pressed = []; window.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
       result.outputHtml = text.replace(/&/g,'&amp;').replace(/</g,'&lt;')
         .replace(/\\*\\*(.+?)\\*\\*/g,'<b>$1</b>').replace(/\\[(.+?)\\]\\((.+?)\\)/g,'<a href="$2">$1</a>');
       result.didProcess = true; };
     const card = new window.AdaptiveCards.AdaptiveCard();
     card.hostConfig = new window.AdaptiveCards.HostConfig(${JSON.stringify(hostConfig(theme))});
     card.onExecuteAction = (action) => window.pressed.push({ verb: action.verb, data: action.data });
     card.parse(${JSON.stringify(card)});
     document.getElementById('card').appendChild(card.render());`,
  );
  return page;
}
