import type { Noun, PropertyDef, RelationDef } from '../../../src/blueprint';
import { hasEdge } from '../../../src/derive/names';
import { periodOf } from './value';
import type { Far, PlainNode, Row, World } from './world';

/** How a property is asked for. */
function propertyText({ name, kind, pair }: PropertyDef): string {
  if (kind === 'money') return `${name} { amount currency asPrinted }`;
  if (kind === 'period') return `${name} { start end label }`;
  return kind === 'pairs' ? `${name} { ${pair?.[1] ?? 'name'} value }` : name;
}

/** What the answer says of a property, made of what a row says. */
function propertyValue({ kind, pair }: PropertyDef, given: unknown): unknown {
  if (['strings', 'enums'].includes(kind)) return given ?? [];
  if (kind === 'pairs') {
    const first = pair?.[1] ?? 'name';
    return ((given ?? []) as Row[]).map((each) => ({
      [first]: each[first] as unknown,
      value: each.value as unknown,
    }));
  }
  if (given == null) return null;
  if (kind === 'period') {
    const { start, end, label } = periodOf(given);
    return { start, end, label };
  }
  if (kind === 'money') {
    const { amount, currency, asPrinted = null } = given as Row;
    return {
      amount: (amount as number) + 0,
      currency: currency as string,
      asPrinted: asPrinted as string,
    };
  }
  // JSON has no -0.
  return typeof given === 'number' ? given + 0 : given;
}

/** The fields of a relationship that can be asked for and foretold: those of one step of one type. */
export const edgeFields = (relation: RelationDef): readonly PropertyDef[] =>
  hasEdge(relation) && relation.steps.length === 1 && relation.steps[0]?.types.length === 1
    ? relation.edge
    : [];

export const edgeText = (relation: RelationDef): string =>
  edgeFields(relation).map(propertyText).join(' ');

export function edgeValues(relation: RelationDef, edge: Row): Row {
  return Object.fromEntries(
    edgeFields(relation).map((each) => [each.name, propertyValue(each, edge[each.name])]),
  );
}

/** What a noun says of itself. */
const own = (noun: Noun): PropertyDef[] => [...noun.properties.values()];

/** All fields of a noun's own, and what some of its relations to one lead to, with their relationships. */
export function nodeText(noun: Noun, ones: readonly string[]): string {
  const far = ones.map((name) => {
    const relation = noun.relations.get(name) as RelationDef;
    const edge = edgeText(relation);
    return `${name} { __typename key }${edge ? ` ${name}Edge { node { key } ${edge} }` : ''}`;
  });
  return [...own(noun).map(propertyText), ...far].join(' ');
}

export function nodeValues(
  world: World,
  noun: Noun,
  ones: readonly string[],
  node: PlainNode,
): Row {
  const values: Row = Object.fromEntries(
    own(noun).map((each) => [
      each.name,
      each.name === 'key' ? node.key : propertyValue(each, node.row[each.name]),
    ]),
  );
  for (const name of ones) {
    const relation = noun.relations.get(name) as RelationDef;
    const far: Far | undefined = world.far(node, relation)[0];
    values[name] = far ? { __typename: far.node.noun.name, key: far.node.key } : null;
    if (edgeFields(relation).length)
      values[`${name}Edge`] = far
        ? { node: { key: far.node.key }, ...edgeValues(relation, far.edge) }
        : null;
  }
  return values;
}
