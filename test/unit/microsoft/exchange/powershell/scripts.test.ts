import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

const FOLDER = fileURLToPath(new URL('../../../../../src/microsoft/exchange/powershell/', import.meta.url));
const GRAMMAR = fileURLToPath(import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));

/** Uses a PowerShell grammar (airbus-cert/tree-sitter-powershell) that supports no syntax newer than Windows PowerShell 5.1. */
describe('the PowerShell scripts', () => {
  let parser: Parser;
  before(async () => {
    await Parser.init();
    parser = new Parser().setLanguage(await Language.load(GRAMMAR));
  });
  after(() => parser.delete());

  const wrong = (source: string) => {
    const tree = parser.parse(source);
    assert.ok(tree);
    return errorsIn(tree.rootNode);
  };

  it('parse as PowerShell', async () => {
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ps1')).toSorted();
    assert.deepEqual(files, ['invoke-cmdlet.ps1', 'read-versions.ps1']);
    for (const file of files) assert.deepEqual(wrong(await readFile(`${FOLDER}${file}`, 'utf8')), [], file);
  });

  it('fail the check when they do not parse', () => {
    assert.notDeepEqual(wrong('try { Get-Date '), []);
    assert.notDeepEqual(wrong('$a = @( 1, 2'), []);
  });
});

function errorsIn(node: Node): readonly string[] {
  const own = node.isError || node.isMissing ? [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`] : [];
  return [...own, ...node.children.flatMap((child) => (child === null ? [] : errorsIn(child)))];
}
