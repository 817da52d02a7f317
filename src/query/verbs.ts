import {
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { Parts } from './plan';

/**
 * Whether an operation calls a verb, at the root or on a noun however deep. Introspection counts as one: like a verb it
 * is answered by resolvers and not by a plan.
 */
export function callsVerb(
  { schema, roots, nounVerbs }: Pick<Parts, 'schema' | 'roots' | 'nounVerbs'>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  const info = new TypeInfo(schema);
  const query = schema.getQueryType();
  const definitions = document.definitions.filter(
    (each) => each === operation || each.kind === Kind.FRAGMENT_DEFINITION,
  );
  let found = false;
  visit(
    { ...document, definitions },
    visitWithTypeInfo(info, {
      [Kind.FIELD]: ({ name: { value: name } }) => {
        const parent = info.getParentType();
        found ||=
          parent === query
            ? name !== '__typename' && !roots.has(name)
            : nounVerbs.has(`${parent?.name}.${name}`);
      },
    }),
  );
  return found;
}
