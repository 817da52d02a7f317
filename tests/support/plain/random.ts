import type { Noun, PropertyDef, RelationDef } from '../../../src/blueprint';
import { isMeasure, isOrderable } from '../../../src/derive/property-types';
import { constant, hasEdge } from '../../../src/derive/names';
import { toGlobalId } from '../../../src/support/global-id';
import { Dice } from './dice';
import type { Filter } from './filter';
import { valueOf, words } from './generated';
import type { ListQuestion, Question } from './question';
import { wordings } from './words';
import type { World } from './world';

/** A shape whose values are thrown anew each time: one plan of the database serves them all. */
type Shape<T> = (dice: Dice) => T;

type Item = Record<string, unknown>;

const functions = [
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'MEDIAN',
  'P25',
  'P75',
  'STDEV',
  'COUNT',
  'COUNT_DISTINCT',
];
const directions = ['ASC', 'DESC'];

/** A shape of question, chosen by the dice. */
export function questionShape(world: World, dice: Dice): Shape<Question> {
  const noun = dice.pick([...world.blueprint.all.values()].filter((each) => each.root));
  const list = listShape(world, dice, noun, 4);
  const relations = [...noun.relations.values()].filter((each) => !each.one && !each.plain);
  const relation = dice.chance(0.3) && relations.length ? dice.pick(relations) : null;
  const nested = relation && listShape(world, dice, relation.target, 2, relation.edge);
  const pages = dice.int(1, 3);
  const wording = dice.pick(wordings);
  const ends = dice.chance(0.15);
  const edges = relation && hasEdge(relation) && dice.chance(0.5);
  const again = dice.chance(0.4);
  return (values) => ({
    noun: noun.name,
    ...list(values),
    ...(relation &&
      nested && {
        nested: {
          relation: relation.name,
          ...nested(values),
          ...(edges && { edges }),
          ...(again && { again }),
        },
      }),
    pages,
    ...(ends && { until: values.int(0, 99) }),
    wording,
  });
}

function listShape(
  world: World,
  dice: Dice,
  noun: Noun,
  depth: number,
  edge?: readonly PropertyDef[],
): Shape<ListQuestion> {
  const where = dice.chance(0.85)
    ? filterShape(world, dice, noun, dice.int(0, depth), edge)
    : () => null;
  const orderBy = Array.from({ length: dice.pick([0, 1, 1, 1, 2, 3]) }, () =>
    orderItem(dice, noun),
  );
  const measures = [...noun.properties.values()]
    .filter(isMeasure)
    .map(({ name }) => constant(name));
  const asked =
    measures.length && dice.chance(0.3)
      ? Array.from({ length: dice.int(1, 2) }, () => ({
          of: dice.pick(measures),
          fn: dice.pick(functions),
        }))
      : undefined;
  const parts = dice.pick(['both', 'both', 'both', 'page', 'total'] as const);
  const ones = [...noun.relations.values()].filter((each) => each.one).map(({ name }) => name);
  const read = dice.chance(0.1) && { ones: dice.some(ones, dice.int(0, 2)) };
  const backward = dice.chance(0.4);
  const most = dice.pick([1, 3, 10, 100]);
  return (values) => ({
    where: where(values),
    orderBy,
    [backward ? 'last' : 'first']: values.int(values.chance(0.05) ? 0 : 1, most),
    ...(asked && { measures: asked }),
    ...(read && { values: read }),
    parts,
  });
}

/** An item of an order: an own field, a way through relations to one, a size or a measure. */
export function orderItem(dice: Dice, noun: Noun, depth = 2): Item {
  const properties = [...noun.properties.values()].filter(isOrderable);
  const relations = [...noun.relations.values()].filter((each) => !each.plain);
  const ones = relations.filter((each) => each.one);
  const manies = relations.filter((each) => !each.one);
  const direction = dice.pick(directions);
  if (depth && ones.length && dice.chance(0.3)) {
    const relation = dice.pick(ones);
    return { [relation.name]: orderItem(dice, relation.target, depth - 1) };
  }
  if (manies.length && dice.chance(0.2)) {
    const relation = dice.pick(manies);
    const measures = [...relation.target.properties.values()].filter(isMeasure);
    if (!measures.length || dice.chance(0.5)) return { [relation.name]: { count: direction } };
    const measure = dice.pick(measures);
    return {
      [relation.name]: {
        measure: {
          of: constant(measure.name),
          fn: dice.pick(functions.filter((fn) => !['AVG', 'STDEV', 'SUM'].includes(fn))),
          ...((measure.kind === 'money' || measure.unit) &&
            dice.chance(0.5) && { currency: 'USD' }),
          direction,
        },
      },
    };
  }
  return { [dice.pick(properties).name]: direction };
}

/** A filter of a noun: some fields, relations as deep as is allowed, and, or, not. */
export function filterShape(
  world: World,
  dice: Dice,
  noun: Noun,
  depth: number,
  edge?: readonly PropertyDef[],
): Shape<Filter> {
  const parts = new Map<string, Shape<unknown>>();
  for (let n = dice.pick([1, 1, 2, 3]); n > 0; n--) {
    const deeper = () => filterShape(world, dice, noun, depth - 1, edge);
    if (depth && dice.chance(0.3)) {
      const name = dice.pick(['and', 'or', 'or', 'not']);
      if (name === 'not') parts.set(name, deeper());
      else {
        const items = Array.from({ length: dice.pick([0, 1, 2, 2, 3]) }, deeper);
        parts.set(name, (values) => items.map((item) => item(values)));
      }
    } else if (depth && dice.chance(0.45)) {
      const relation = dice.pick([...noun.relations.values()]);
      parts.set(relation.name, relationShape(world, dice, relation, depth - 1));
    } else if (edge?.length && dice.chance(0.3)) parts.set('edge', edgeShape(dice, edge, 2));
    else if (noun.isInterface && dice.chance(0.2)) parts.set('type', typeShape(dice, noun));
    else if (dice.chance(0.05) && noun.name !== 'Citation')
      parts.set('id', idShape(world, dice, noun));
    // What is null filters nothing, whatever it would ask.
    else if (dice.chance(0.05))
      parts.set(
        dice.pick([
          ...noun.properties.keys(),
          ...noun.relations.keys(),
          'and',
          'or',
          'not',
          ...(edge?.length ? ['edge'] : []),
        ]),
        () => null,
      );
    else {
      const property = dice.pick([...noun.properties.values()]);
      parts.set(property.name, propertyShape(world, dice, noun, property));
    }
  }
  return (values) => Object.fromEntries([...parts].map(([name, part]) => [name, part(values)]));
}

function relationShape(
  world: World,
  dice: Dice,
  relation: RelationDef,
  depth: number,
): Shape<Filter> {
  const inner = () =>
    dice.chance(0.1)
      ? () => ({})
      : filterShape(world, dice, relation.target, depth, relation.one ? undefined : relation.edge);
  if (relation.one) return inner();
  const parts = new Map<string, Shape<unknown>>();
  for (let n = dice.pick([1, 1, 1, 1, 2]); n > 0; n--) {
    const word = dice.pick(['some', 'some', 'all', 'none', 'count']);
    parts.set(
      word,
      dice.chance(0.03) ? () => null : word === 'count' ? countShape(dice, inner) : inner(),
    );
  }
  return (values) => Object.fromEntries([...parts].map(([name, part]) => [name, part(values)]));
}

function countShape(dice: Dice, inner: () => Shape<Filter>): Shape<Filter> {
  const where = dice.chance(0.5) ? (dice.chance(0.1) ? () => null : inner()) : null;
  const operator = dice.pick(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn']);
  return (values) => ({
    ...(where && { where: where(values) }),
    [operator]: operator.endsWith('n') ? [values.int(0, 2), values.int(1, 3)] : values.int(0, 4),
  });
}

function edgeShape(dice: Dice, properties: readonly PropertyDef[], depth: number): Shape<Filter> {
  const deeper = () => edgeShape(dice, properties, depth - 1);
  if (depth && dice.chance(0.3)) {
    const part = deeper();
    return (values) => ({ not: part(values) });
  }
  if (depth && dice.chance(0.3)) {
    const name = dice.pick(['and', 'or']);
    const items = Array.from({ length: dice.int(0, 2) }, deeper);
    return (values) => ({ [name]: items.map((item) => item(values)) });
  }
  const property = dice.pick(properties);
  const part = operatorShape(dice, property, (values) => valueOf(values, property));
  return (values) => ({ [property.name]: part(values) });
}

function typeShape(dice: Dice, noun: Noun): Shape<Filter> {
  const operator = dice.pick(['eq', 'ne', 'in', 'notIn']);
  const given = dice.some(noun.nouns, dice.int(0, 3)).map(({ name }) => constant(name));
  const one = constant(dice.pick(noun.nouns).name);
  return () => ({ [operator]: operator.endsWith('n') ? given : one });
}

function idShape(world: World, dice: Dice, noun: Noun): Shape<Filter> {
  const operator = dice.pick(['eq', 'ne', 'in', 'notIn']);
  const ids = dice
    .some(world.all(noun), 3)
    .map(({ noun: { name }, key }) =>
      dice.chance(0.5) ? toGlobalId(name, key) : `${name}:${key}`,
    );
  return () => ({ [operator]: operator.endsWith('n') ? ids : (ids[0] ?? 'Company:nobody') });
}

function propertyShape(world: World, dice: Dice, noun: Noun, property: PropertyDef): Shape<Filter> {
  const all = world.all(noun);
  const read = (values: Dice): unknown => {
    const there: unknown = all.length ? values.pick(all).row[property.name] : null;
    if (there != null && values.chance(0.7)) return there;
    if (property.name === 'key' && values.chance(0.2)) return toGlobalId('Company', 'shared-10');
    if (property.name === 'key')
      return values.pick(['nobody', 'shared-5', 'Company:shared-10', 'Model:g-model-1']);
    return valueOf(values, property);
  };
  return operatorShape(dice, property, read);
}

const equal = ['eq', 'ne', 'in', 'notIn', 'isNull'];
const ranged = [...equal, 'lt', 'lte', 'gt', 'gte'];

/** Operators of a property, one or sometimes two together. */
function operatorShape(dice: Dice, property: PropertyDef, read: Shape<unknown>): Shape<Filter> {
  const { kind, name } = property;
  if (kind === 'money') {
    const part = dice.pick(['amount', 'currency', 'isNull']);
    if (part === 'isNull') return isNull(dice);
    const inner = operatorShape(
      dice,
      { ...property, name: part, kind: part === 'amount' ? 'float' : 'currency' },
      (values) =>
        ((read(values) ?? {}) as Record<string, unknown>)[part] ?? (part === 'amount' ? 3 : 'USD'),
    );
    return (values) => ({ [part]: inner(values) });
  }
  if (kind === 'period') {
    const part = dice.pick(['label', 'start', 'end', 'overlaps', 'overlaps', 'isNull']);
    if (part === 'isNull') return isNull(dice);
    if (part === 'overlaps')
      return (values) => ({
        overlaps: values.pick([
          '2022',
          '2024H1',
          '2023Q3',
          '2022-01..2023-08',
          '..2021',
          '2024-06-30..',
          '2022-06-15',
        ]),
      });
    const date = { ...property, kind: part === 'label' ? 'string' : 'date' } as const;
    const inner = operatorShape(dice, date, (values) => valueOf(values, date));
    return (values) => ({ [part]: inner(values) });
  }
  const lists = ['strings', 'enums', 'pairs'].includes(kind);
  const operators = lists
    ? ['has', 'hasAny', 'hasAll', 'isNull']
    : name === 'key'
      ? [...equal, 'startsWith']
      : kind === 'string' || kind === 'text'
        ? [...ranged, 'contains', 'startsWith', 'endsWith', 'contains']
        : kind === 'boolean'
          ? ['eq', 'ne', 'isNull']
          : kind === 'enum' || kind === 'currency'
            ? equal
            : ranged;
  const chosen = dice.some(operators, dice.chance(0.15) ? 2 : 1);
  const one = (values: Dice): unknown => {
    const value = read(values);
    if (!lists) return value;
    const list = (Array.isArray(value) ? value : []) as unknown[];
    return list.length
      ? values.pick(list)
      : valueOf(values, { ...property, kind: kind === 'enums' ? 'enum' : 'string' });
  };
  const item = (values: Dice): unknown => {
    const value = one(values);
    if (kind !== 'pairs' || typeof value === 'object') return value;
    return { [property.pair?.[1] ?? 'name']: 'a', value };
  };
  const nulls = dice.chance(0.5);
  return (values) =>
    Object.fromEntries(
      chosen.map((operator) => [operator, given(operator, item, values, nulls)] as const),
    );
}

function isNull(dice: Dice): Shape<Filter> {
  const nulls = dice.chance(0.5);
  return () => ({ isNull: nulls });
}

function given(operator: string, item: Shape<unknown>, values: Dice, nulls: boolean): unknown {
  if (operator === 'isNull') return nulls;
  if (['in', 'notIn', 'hasAny', 'hasAll'].includes(operator))
    return Array.from({ length: values.int(0, 4) }, () => item(values));
  const value = item(values);
  if (typeof value !== 'string' || !['contains', 'startsWith', 'endsWith'].includes(operator))
    return value;
  // A piece of a text, whole letters only.
  const letters = Array.from(values.chance(0.3) ? values.pick(words) : value);
  const from = operator === 'startsWith' ? 0 : values.int(0, letters.length - 1);
  const to = operator === 'endsWith' ? letters.length : values.int(from + 1, letters.length);
  return letters.slice(from, to).join('');
}
