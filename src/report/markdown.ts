import type { ReportDocument } from './document.ts';

/** The same report as GitHub-flavoured Markdown. */
export function markdownOf({ title, sections }: ReportDocument): string {
  const body = sections.map(({ title: heading, rows }) => {
    const lines = rows.map(({ label, value }) => `| ${escaped(label)} | ${escaped(value)} |`);
    return [`## ${escaped(heading)}`, '', '| | |', '| --- | --- |', ...lines].join('\n');
  });
  return `# ${escaped(title)}\n\n${body.join('\n\n')}\n`;
}

/** Nothing in a text can begin markup, end its cell or become a link by itself. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_~[\]()#|!]/gu, (character) => `\\${character}`)
    .replaceAll('://', ':\u200b//')
    .trim();
}
