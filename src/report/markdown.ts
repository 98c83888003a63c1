import type { ReportDocument } from './document.ts';

/** Renders the report as GitHub-flavoured Markdown. */
export function markdownOf({ title, sections }: ReportDocument): string {
  const body = sections.map(({ title: heading, rows }) => {
    const lines = rows.map(({ label, value }) => `| ${escaped(label)} | ${escaped(value)} |`);
    return [`## ${escaped(heading)}`, '', '| | |', '| --- | --- |', ...lines].join('\n');
  });
  return `# ${escaped(title)}\n\n${body.join('\n\n')}\n`;
}

/** Escapes a text so that it cannot start markup, end its table cell or become a link. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_~[\]()#|!]/gu, (character) => `\\${character}`)
    .replaceAll('://', ':\u200b//')
    .trim();
}
