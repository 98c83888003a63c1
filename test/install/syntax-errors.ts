import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

const GRAMMARS = {
  bicep: import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'),
  powershell: import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'),
} as const;

/**
 * Returns a function that parses a source text and returns one line for each syntax error. The PowerShell grammar
 * (airbus-cert/tree-sitter-powershell) supports no syntax newer than Windows PowerShell 5.1; the Bicep grammar
 * (tree-sitter-grammars/tree-sitter-bicep) supports no parameter files.
 */
export async function syntaxErrors(grammar: keyof typeof GRAMMARS): Promise<(source: string) => readonly string[]> {
  await Parser.init();
  const parser = new Parser().setLanguage(await Language.load(fileURLToPath(GRAMMARS[grammar])));
  return (source) => {
    const tree = parser.parse(source);
    if (tree === null) throw new Error('the parser returned no tree');
    const errors = errorsIn(tree.rootNode);
    tree.delete();
    return errors;
  };
}

function errorsIn(node: Node): readonly string[] {
  const own = node.isError || node.isMissing ? [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`] : [];
  return [...own, ...node.children.flatMap((child) => (child === null ? [] : errorsIn(child)))];
}
