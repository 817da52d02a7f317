import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import type { Question } from './question';

/** Names under which an export asks for what it needs itself; they are taken out of the answer. */
export const own = {
  page: 'exportPage',
  more: 'exportMore',
  datasets: 'exportDatasets',
  after: 'exportAfter',
} as const;

const selections = (text: string): readonly SelectionNode[] =>
  (parse(`{ ${text} }`).definitions[0] as OperationDefinitionNode).selectionSet.selections;

const page = selections(`${own.page}: pageInfo { hasNextPage endCursor }`);
const more = selections(`${own.more}: pageInfo { hasNextPage }`);
const datasets = selections(`${own.datasets}: datasets`);

/** A question as it is asked for one page. */
export interface Paged {
  readonly document: DocumentNode;
  /** Whether the root is a list that goes on after a page. */
  readonly follows: boolean;
}

/** Whether a type is a connection: a page of a list. */
export const isConnection = (type: GraphQLNamedType | null | undefined): boolean =>
  isObjectType(type) && 'pageInfo' in type.getFields();

/**
 * Adds to a question what an export needs to know: of the root whether more follows, of lists within rows whether they
 * were cut, of nodes which datasets speak of them.
 * @param first how many rows are asked for at once
 * @param goesOn whether it begins after the cursor in the variable `exportAfter`, not where the question says
 */
export function instrumented(
  schema: GraphQLSchema,
  { document, operation, root, field }: Question,
  first: number,
  goesOn: boolean,
): Paged {
  const follows =
    isConnection(getNamedType(field.type)) && field.args.some(({ name }) => name === 'after');
  const info = new TypeInfo(schema);
  const asksRows = (each: FieldNode): boolean =>
    ['nodes', 'edges'].some((name) => hasField(each.selectionSet?.selections ?? [], name));
  const changed: DocumentNode = visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        leave(each, _key, _parent, _path) {
          const type = getNamedType(info.getType());
          if (!each.selectionSet || !isCompositeType(type)) return undefined;
          const isRoot = each.loc?.start === root.loc?.start;
          if (isRoot && follows) {
            const kept = (each.arguments ?? []).filter(
              ({ name }) => name.value !== 'first' && (!goesOn || name.value !== 'after'),
            );
            const paging = selections(
              `x(first: ${first}${goesOn ? `, after: $${own.after}` : ''})`,
            )[0] as FieldNode;
            return {
              ...withSelections(each, page),
              arguments: [...kept, ...(paging.arguments ?? [])],
            };
          }
          if (isConnection(type)) return asksRows(each) ? withSelections(each, more) : undefined;
          const tells =
            (isObjectType(type) || isInterfaceType(type)) && 'datasets' in type.getFields();
          return tells ? withSelections(each, datasets) : undefined;
        },
      },
      OperationDefinition: {
        leave(each) {
          if (!goesOn || each.loc?.start !== operation.loc?.start) return undefined;
          const declared = parse(`query ($${own.after}: String) { x }`)
            .definitions[0] as OperationDefinitionNode;
          return {
            ...each,
            variableDefinitions: [
              ...(each.variableDefinitions ?? []),
              ...(declared.variableDefinitions ?? []),
            ],
          };
        },
      },
    }),
  );
  // The engine keeps what it planned by the text that it finds here, which is no longer that of the file.
  return { document: { ...changed, loc: undefined }, follows };
}

function withSelections(field: FieldNode, added: readonly SelectionNode[]): FieldNode {
  const set = field.selectionSet;
  if (!set) return field;
  return { ...field, selectionSet: { ...set, selections: [...set.selections, ...added] } };
}

function hasField(all: readonly SelectionNode[], name: string): boolean {
  return all.some(
    (each) =>
      each.kind === Kind.FRAGMENT_SPREAD ||
      (each.kind === Kind.FIELD
        ? each.name.value === name
        : hasField(each.selectionSet.selections, name)),
  );
}
