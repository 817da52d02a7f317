import { Kind, visit, type DocumentNode } from 'graphql';
import { tooMuch } from '../refusal';
import type { Limits } from '../table';

/** What is counted in a document as it is written. */
export function checkWritten(document: DocumentNode, limits: Limits): void {
  let [operations, aliases, directives, nesting] = [0, 0, 0, 0];
  const enter = (): void => {
    if (++nesting > limits.maxNesting)
      throw tooMuch('Levels of lists and objects in a value', nesting, limits.maxNesting);
  };
  const leave = (): void => void nesting--;
  visit(document, {
    OperationDefinition() {
      if (++operations > limits.maxOperations)
        throw tooMuch('Operations in the document', operations, limits.maxOperations);
    },
    Field(node) {
      if (node.alias && ++aliases > limits.maxAliases)
        throw tooMuch('Aliases in the document', aliases, limits.maxAliases);
    },
    Directive() {
      if (++directives > limits.maxDirectives)
        throw tooMuch('Directives in the document', directives, limits.maxDirectives);
    },
    [Kind.LIST]: {
      enter(node) {
        if (node.values.length > limits.maxList)
          throw tooMuch(
            `Items of the list in line ${node.loc?.startToken.line}`,
            node.values.length,
            limits.maxList,
          );
        enter();
      },
      leave,
    },
    [Kind.OBJECT]: { enter, leave },
  });
}
