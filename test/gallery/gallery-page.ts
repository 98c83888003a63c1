import { FIRST_SCREEN } from './measure.ts';

/** A sheet that was measured; `file` is null where its picture would be that of another width or theme again. */
export type Picture = { readonly file: string | null; readonly title: string; readonly faults: readonly string[] };

/** One page with every picture, and a line where the first screen of a small phone ends. */
export function galleryPage(pictures: readonly Picture[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title>
<style>body{font:13px sans-serif;background:#888}figure{display:inline-block;vertical-align:top;margin:8px;position:relative}
figcaption{background:#fff;padding:2px 6px}li{color:#a00}hr{position:absolute;top:${FIRST_SCREEN}px;left:0;right:0;border:0;border-top:1px dashed red}</style>
${pictures.map(figure).join('\n')}</html>
`;
}

function figure({ file, title, faults }: Picture): string {
  const list = faults.length === 0 ? '' : `<ul>${faults.map((fault) => `<li>${escaped(fault)}</li>`).join('')}</ul>`;
  if (file === null && faults.length === 0) return '';
  const image = file === null ? '' : `<img loading="lazy" src="${file}" alt="${escaped(title)}"><hr>`;
  return `<figure><div style="position:relative">${image}</div><figcaption>${escaped(title)}${list}</figcaption></figure>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
