import type { ListFilter, Listing } from '../cards/view-models.ts';

/** Words for the parts of a list, besides the labels of its buttons. */
const FILTERS: Readonly<Record<string, ListFilter>> = {
  restricted: 'restricted',
  blocked: 'restricted',
  制限中: 'restricted',
  bad: 'bad',
  danger: 'bad',
  危険: 'bad',
  concern: 'concern',
  check: 'concern',
  要確認: 'concern',
  unknown: 'unknown',
  不明: 'unknown',
  good: 'good',
  ok: 'good',
  問題なし: 'good',
  off: 'off',
  disabled: 'off',
  無効: 'off',
};

const LISTING = new RegExp(
  `^(${Object.keys(FILTERS).join('|')})?(?:(?:^| )(?:page (\\d{1,4})|(\\d{1,4}) ?ページ目?))?$`,
  'iu',
);

/** Returns the part of the list that was typed in place of a connector's name; null when it is none. */
export function readListing(text: string): Listing | null {
  const match = LISTING.exec(text.trim());
  const [whole = '', filter, page, pageInJapanese] = match ?? [];
  if (match === null || whole === '') return null;
  const chosen = filter === undefined ? null : (FILTERS[filter.toLowerCase()] ?? null);
  return { filter: chosen, page: Math.max(1, Number(page ?? pageInJapanese ?? 1)) };
}
