export const THEMES = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

type Palette = {
  readonly page: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly attention: string;
  readonly border: string;
  /** Behind containers with a style. */
  readonly shades: Readonly<Record<'emphasis' | 'attention' | 'warning' | 'good' | 'accent', string>>;
  readonly positive: string;
  readonly onPositive: string;
};

/**
 * Colours of Teams' themes: those of the Fluent 2 tokens that Teams' clients use, and, for high contrast, of Windows' black
 * theme. Teams publishes no host configuration of its present clients; sizes are those of `microsoft-teams-light.json` in
 * the npm package adaptivecards-designer 2.4.4.
 */
const PALETTES: { readonly [theme in Theme]: Palette } = {
  light: {
    page: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    attention: '#c4314b',
    border: '#d1d1d1',
    shades: { emphasis: '#f0f0f0', attention: '#fcf4f6', warning: '#fbf6d9', good: '#e7f2da', accent: '#e8ebfa' },
    positive: '#5b5fc7',
    onPositive: '#ffffff',
  },
  dark: {
    page: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9299f7',
    attention: '#f87c86',
    border: '#666666',
    shades: { emphasis: '#1f1f1f', attention: '#3e1f25', warning: '#463100', good: '#0d2e0d', accent: '#2f2f4a' },
    positive: '#5b5fc7',
    onPositive: '#ffffff',
  },
  contrast: {
    page: '#000000',
    text: '#ffffff',
    subtle: '#ffffff',
    accent: '#ffff01',
    attention: '#ffffff',
    border: '#ffffff',
    shades: { emphasis: '#000000', attention: '#000000', warning: '#000000', good: '#000000', accent: '#000000' },
    positive: '#ffff01',
    onPositive: '#000000',
  },
};

const FONT = '"Segoe UI", "Noto Sans CJK JP", "Noto Sans", sans-serif';

/** How the official renderer is to draw, as Teams does. */
export function hostConfig(theme: Theme): object {
  const { page, text, subtle, accent, attention, shades } = PALETTES[theme];
  const colour = (value: string) => ({ default: value, subtle: value });
  const foregroundColors = {
    default: { default: text, subtle },
    accent: colour(accent),
    attention: colour(attention),
    good: colour(text),
    warning: colour(text),
  };
  const styles = Object.entries({ default: page, ...shades });
  const sizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
  const weights = { lighter: 200, default: 400, bolder: 600 };
  return {
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: PALETTES[theme].border },
    fontTypes: {
      default: { fontFamily: FONT, fontSizes: sizes, fontWeights: weights },
      monospace: { fontFamily: '"Noto Sans Mono", monospace', fontSizes: sizes, fontWeights: weights },
    },
    textStyles: { heading: { size: 'large', weight: 'bolder' } },
    textBlock: { headingLevel: 2 },
    inputs: { label: { requiredInputs: { color: 'default' } }, errorMessage: { color: 'attention' } },
    actions: {
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 8,
      maxActions: 6,
      spacing: 'default',
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    },
    containerStyles: Object.fromEntries(
      styles.map(([name, backgroundColor]) => [name, { backgroundColor, foregroundColors }]),
    ),
  };
}

/** What Teams' own style sheet adds to the renderer's markup. */
export function styleSheet(theme: Theme): string {
  const { page, text, accent, attention, border, positive, onPositive } = PALETTES[theme];
  return `body{margin:0}
    body,:host{font:14px ${FONT};background:${page};color:${text}}
    a{color:${accent}} label{color:${text}}
    input[type=text],textarea{color:${text};background:${page};border:1px solid ${border};border-radius:4px;width:100%;box-sizing:border-box;font:inherit;padding:6px}
    textarea{min-height:64px}
    .ac-pushButton{min-height:32px;padding:4px 12px;margin:0 0 8px 0;border:1px solid ${border};border-radius:4px;background:${page};color:${text};font:inherit;font-weight:600;text-overflow:ellipsis;overflow:hidden;max-width:100%}
    .ac-pushButton.style-positive{background:${positive};border-color:${positive};color:${onPositive}}
    .ac-pushButton.style-destructive{border-color:${attention};color:${attention}}
    .ac-textRun{overflow-wrap:anywhere} .ac-textBlock{overflow:visible!important}
    .ac-actionSet{flex-wrap:wrap!important;column-gap:8px}
    .ac-actionSet>div:empty{display:none}
    .ac-selectable{cursor:pointer}`;
}
