import {
  getNamedType,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLField,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { tooMuch } from '../refusal';
import type { Fragments } from '../document/fragments';
import type { Limits } from '../table';
import { argumentsOf, isIncluded, type Given } from './arguments';
import { excessOf, isList, type FanOuts } from './fan-out';

export interface Cost {
  readonly total: number;
  /** Subqueries of the statements: one for each relation selected or asked about, and each noun that may bear it. */
  readonly parts: number;
  /** The field that takes most of them by itself: its path in the answer. */
  readonly widest: { readonly path: string; readonly parts: number };
  /** The field that costs most by itself, as often as it is read: its path in the answer. */
  readonly dearest: { readonly path: string; readonly cost: number };
}

/** Fields of one place under one name, of one type. */
interface Place {
  readonly key: string;
  readonly type: string;
  readonly nodes: FieldNode[];
}

/**
 * What an operation costs: rows that may be read, from the document, its variables and what the planner knows of
 * fan-out. Fields that fragments repeat are counted once, as they are read once.
 * @throws Fault `LIMIT_EXCEEDED` where an argument asks for more than its bound, or fragments open into too many fields
 */
export function costOf(
  knowledge: FanOuts,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  given: Given,
  limits: Limits,
): Cost {
  const variables = withDefaults(operation, given);
  let total = 0;
  let parts = 0;
  let widest: Cost['widest'] = { path: '', parts: 0 };
  let visited = 0;
  let dearest: Cost['dearest'] = { path: '', cost: 0 };
  walk(
    [operation.selectionSet],
    knowledge.schema.getRootType(operation.operation)?.name ?? '',
    [],
    1,
    1,
    undefined,
  );
  return { total: Math.ceil(total), parts: Math.ceil(parts), widest, dearest };

  /** @param times how often the selection is read, @param branches how often it is planned, @param size of its lists */
  function walk(
    sets: readonly SelectionSetNode[],
    type: string,
    path: readonly string[],
    times: number,
    branches: number,
    size: number | undefined,
  ): void {
    for (const place of placesOf(sets, type, fragments, variables, count).values()) {
      const [node] = place.nodes as [FieldNode];
      const field = fieldOf(place.type, node.name.value);
      if (!field) continue;
      const args = argumentsOf(node, variables);
      const here = [...path, place.key];
      const excess = excessOf(field, args);
      if (excess) throw tooMuch([...here, excess.name].join('.'), excess.found, excess.most);
      const fanOut = knowledge.of(place.type, field, args);
      const list = isList(field.type);
      const rows = list
        ? (fanOut.size ?? size ?? knowledge.unknownSize(place.type, node.name.value))
        : 1;
      const own = times * (fanOut.base + rows * knowledge.row(field.type));
      total += own;
      if (own > dearest.cost) dearest = { path: here.join('.'), cost: Math.ceil(own) };
      const named = getNamedType(field.type);
      if (!isCompositeType(named)) continue;
      const planned = branches * knowledge.branches(place.type);
      if (own > 0 && knowledge.isPlanned(place.type)) {
        const taken = planned * (1 + fanOut.parts);
        parts += taken;
        if (taken > widest.parts) widest = { path: here.join('.'), parts: Math.ceil(taken) };
      }
      walk(
        place.nodes.flatMap((each) => (each.selectionSet ? [each.selectionSet] : [])),
        named.name,
        here,
        // What is planned below an empty page is counted as if there were a row.
        times * Math.max(1, rows),
        planned,
        list ? undefined : fanOut.size,
      );
    }
  }

  function count(): void {
    if (++visited > limits.maxFields)
      throw tooMuch('Fields, fragments opened', visited, limits.maxFields);
  }

  function fieldOf(type: string, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === '__schema') return SchemaMetaFieldDef;
    if (name === '__type') return TypeMetaFieldDef;
    const owner = knowledge.schema.getType(type);
    return isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[name] : undefined;
  }
}

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Given): Given {
  // Without a prototype, for a caller may call a variable what he likes.
  const variables = Object.assign(Object.create(null), given) as Record<string, unknown>;
  for (const { variable, defaultValue } of variableDefinitions)
    if (defaultValue && variables[variable.name.value] === undefined)
      variables[variable.name.value] = valueFromASTUntyped(defaultValue);
  return variables;
}

/** The fields of selections, fragments opened, those of one type and name in the answer together. */
function placesOf(
  sets: readonly SelectionSetNode[],
  type: string,
  fragments: Fragments,
  variables: Given,
  count: () => void,
): Map<string, Place> {
  const places = new Map<string, Place>();
  const seen = new Set<string>();
  for (const set of sets) collect(set, type);
  return places;

  function collect(set: SelectionSetNode, of: string): void {
    for (const node of set.selections) {
      if (!isIncluded(node.directives, variables)) continue;
      if (node.kind === Kind.FIELD) {
        count();
        const key = (node.alias ?? node.name).value;
        const id = `${of}.${key}`;
        const place = places.get(id);
        if (place) place.nodes.push(node);
        else places.set(id, { key, type: of, nodes: [node] });
      } else if (node.kind === Kind.INLINE_FRAGMENT)
        collect(node.selectionSet, node.typeCondition?.name.value ?? of);
      else if (!seen.has(node.name.value)) {
        seen.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet, fragment.typeCondition.name.value);
      }
    }
  }
}
