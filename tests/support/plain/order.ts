import type { Noun, RelationDef } from '../../../src/blueprint';
import { aggregate, measured } from './measure';
import { compare, orderValues } from './value';
import type { PlainNode, Row, World } from './world';

type Item = Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Puts nodes into the order that is asked for: the unknown last both ways, the key breaking ties, then the noun. */
export function ordered(
  world: World,
  noun: Noun,
  orderBy: readonly Item[],
  nodes: readonly PlainNode[],
): PlainNode[] {
  const keys = orderBy.flatMap((item) => orderKeys(world, noun, item));
  const rows = nodes.map((node) => ({ node, values: keys.map((key) => key.read(node)) }));
  rows.sort((a, b) => {
    for (const [index, { descending }] of keys.entries()) {
      const [x, y] = [a.values[index] ?? null, b.values[index] ?? null];
      if (x === null && y === null) continue;
      if (x === null) return 1;
      if (y === null) return -1;
      const apart = compare(x, y);
      if (apart) return descending ? -apart : apart;
    }
    return compare(a.node.key, b.node.key) || compare(a.node.noun.name, b.node.noun.name);
  });
  return rows.map(({ node }) => node);
}

interface Key {
  readonly descending: boolean;
  readonly read: (node: PlainNode) => unknown;
}

function orderKeys(world: World, noun: Noun, item: Item): Key[] {
  const [[name, value]] = Object.entries(item) as [[string, Item & string]];
  const property = noun.properties.get(name);
  if (property) {
    const columns = property.kind === 'period' ? 2 : 1;
    return Array.from({ length: columns }, (_, index) => ({
      descending: value === 'DESC',
      read: (node: PlainNode) => orderValues(property, node.row)[index],
    }));
  }
  const relation = noun.relations.get(name) as RelationDef;
  if (relation.one)
    return orderKeys(world, relation.target, value).map((key) => ({
      descending: key.descending,
      read: (node) => {
        const [far] = world.far(node, relation);
        return far ? key.read(far.node) : null;
      },
    }));
  const { count, measure } = value as Row;
  if (count)
    return [{ descending: count === 'DESC', read: (node) => world.far(node, relation).length }];
  const { of, fn, currency, direction } = measure as Record<string, string>;
  return [
    {
      descending: direction === 'DESC',
      read: (node) => {
        const known = world
          .far(node, relation)
          .map((far) => measured(relation.target, of as string, far.node.row))
          .filter((each) => each.value !== null && (!currency || each.currency === currency));
        // What is in several units is not added, so it is unknown.
        const units = new Set(known.map((each) => each.unit)).size;
        if (units > 1 && !fn?.startsWith('COUNT')) return null;
        return aggregate(
          fn as string,
          known.map((each) => each.value as number),
        );
      },
    },
  ];
}
