import type { Noun, PropertyDef } from '../blueprint';
import { isOrderable } from '../derive/property-types';
import { treesOf } from '../derive/trees';
import { fold } from '../support/fold';
import type { Planning } from './context';
import { single } from './order';
import { way, whereText } from './pattern';

/** One item of `by`: how its value is reached and read. */
export interface Dimension {
  readonly path: string;
  /** Clauses that lead from the grouped node to where the value stands. */
  readonly reach: string;
  /** The value, or the node whose key it is. */
  readonly expression: string;
  readonly node: Noun | null;
  /** The folded text by which the value is ordered, where it is a text. */
  readonly folded?: string;
  /** Whether one member can come to the same value twice. */
  readonly repeats: boolean;
  /** Months from one value to the next, along a date. */
  readonly months: number | null;
}

/** An item of `by`. */
export type Item = Readonly<Record<string, unknown>>;

/** Follows an item of `by` down to its leaf. */
export function dimension(
  planning: Planning,
  noun: Noun,
  from: string,
  item: Item,
  path: readonly string[] = [],
  manies = 0,
): Dimension {
  const rest = restrictions(noun, item);
  const [name, value] = single(planning, rest);
  const relation = noun.relations.get(name);
  const here = [...path, name];
  if (relation) {
    const to = planning.name('g');
    const along = way(planning, relation, from, to);
    const { conditions, up, top } = restrict(planning, relation.target, to, value as Item);
    const deeper = planning.at(name, () =>
      dimension(
        planning,
        relation.target,
        top,
        value as Item,
        here,
        // Two far nodes may have one neighbour in common.
        manies + (relation.one ? Math.min(manies, 1) : along.repeats ? 2 : 1),
      ),
    );
    const reach = ` OPTIONAL MATCH ${along.text}${whereText([...along.where, ...conditions])}${up}`;
    return { ...deeper, reach: reach + deeper.reach };
  }
  if (name === 'type' && noun.isInterface) {
    const types = noun.nouns.map((each) => `WHEN ${from}:${each.name} THEN '${each.name}'`);
    return {
      path: here.join('.'),
      reach: '',
      expression: `CASE ${types.join(' ')} END`,
      node: null,
      repeats: manies > 0,
      months: null,
    };
  }
  const property = noun.properties.get(name);
  if (!property || !isOrderable(property))
    throw planning.fault(`${noun.name} is not grouped by "${name}".`);
  // One relation to many leads to each node once; its nodes may share any other value.
  const leaf = { path: here.join('.'), reach: '', repeats: manies > (name === 'key' ? 1 : 0) };
  if (name === 'key') return { ...leaf, expression: from, node: noun, months: null };
  if (property.kind === 'date' || property.kind === 'period')
    return { ...leaf, ...dated(planning, from, property, value) };
  if (planning.fix<boolean>(value) !== true) throw planning.fault(`"${name}" takes true.`);
  const folded = property.kind === 'string' ? { folded: `${from}.${name}Folded` } : {};
  return { ...leaf, ...folded, expression: `${from}.${name}`, node: null, months: null };
}

function restrictions(noun: Noun, item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => !(name === 'rollUp' || noun.properties.get(name)?.restricts),
    ),
  );
}

/** What keeps an item to a taxonomy, and what lifts it to the broadest concept. */
export function restrict(planning: Planning, noun: Noun, at: string, item: Item) {
  const conditions: string[] = [];
  for (const property of noun.properties.values())
    if (property.restricts && item[property.name] != null)
      conditions.push(
        `${at}.${property.name}Folded = ${planning.param(item[property.name], fold)}`,
      );
  if (item.rollUp == null || planning.fix<boolean>(item.rollUp) !== true)
    return { conditions, up: '', top: at };
  const [tree] = treesOf(noun);
  const top = planning.name('g');
  const type = tree?.writes ?? '';
  return {
    conditions,
    up: ` OPTIONAL MATCH (${at})-[:${type}*0..16]->(${top}) WHERE NOT EXISTS { (${top})-[:${type}]->() }`,
    top,
  };
}

function dated(planning: Planning, from: string, property: PropertyDef, value: unknown) {
  const { name, kind } = property;
  const column = kind === 'period' ? `${from}.${name}Start` : `${from}.${name}`;
  const year = kind === 'period' ? `${from}.${name}StartYear` : `${from}.${name}Year`;
  switch (planning.fix<string>(value)) {
    case 'YEAR':
      return { expression: year, node: null, months: 12 };
    case 'QUARTER':
      // A date of which only the year is known is in no quarter.
      return {
        expression: `CASE WHEN size(${column}) >= 7 THEN left(${column}, 4) + '-Q' + toString((toInteger(substring(${column}, 5, 2)) + 2) / 3) END`,
        node: null,
        months: 3,
      };
    default:
      return {
        expression: `CASE WHEN size(${column}) >= 7 THEN left(${column}, 7) END`,
        node: null,
        months: 1,
      };
  }
}
