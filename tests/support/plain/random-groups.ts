import type { Noun } from '../../../src/blueprint';
import { constant } from '../../../src/derive/names';
import { isMeasure, isOrderable } from '../../../src/derive/property-types';
import type { Dice } from './dice';
import type { GroupQuestion } from './groups';
import { filterShape } from './random';
import { wordings } from './words';
import type { World } from './world';

type Item = Record<string, unknown>;

const functions = ['SUM', 'AVG', 'MIN', 'MAX', 'MEDIAN', 'P25', 'P75', 'STDEV', 'COUNT', 'COUNT_DISTINCT']; // prettier-ignore
const grains = ['YEAR', 'QUARTER', 'MONTH'];

/** A shape of question of groups; its values are thrown anew each time. */
export function groupShape(world: World, dice: Dice): (values: Dice) => GroupQuestion {
  const noun = dice.pick([...world.blueprint.all.values()].filter((each) => each.root));
  const by = Array.from({ length: dice.pick([1, 1, 2, 3]) }, () => byItem(dice, noun, 2));
  const where = dice.chance(0.5) ? filterShape(world, dice, noun, 2) : () => null;
  const measures = [...noun.properties.values()].filter(isMeasure);
  const measure = () => {
    const { name, kind, unit } = dice.pick(measures);
    const currency = (kind === 'money' || unit) && dice.chance(0.6) ? { currency: 'USD' } : {};
    return { of: constant(name), fn: dice.pick(functions), ...currency };
  };
  const direction = () => dice.pick(['ASC', 'DESC']);
  // Sums of floating numbers differ in their last places: they are no order that can be foretold.
  const exact = () => ({ ...measure(), fn: dice.pick(['MIN', 'MAX', 'COUNT', 'COUNT_DISTINCT']) });
  const orderBy = Array.from({ length: dice.int(0, 2) }, (): Item => {
    const kind = dice.pick(measures.length ? ['count', 'key', 'measure'] : ['count', 'key']);
    if (kind === 'count') return { count: direction() };
    if (kind === 'key')
      return { key: { index: dice.int(0, by.length - 1), direction: direction() } };
    return { measure: { ...exact(), direction: direction() } };
  });
  const having = dice.chance(0.4);
  const operator = dice.pick(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn', 'isNull']);
  const range = dice.pick(['eq', 'lt', 'lte', 'gt', 'gte']);
  const ranged = measures.length && dice.chance(0.5) ? exact() : null;
  const asked = measures.length && dice.chance(0.7) ? [measure(), measure()] : [];
  const change = by.some((item) => /"(YEAR|QUARTER|MONTH)"/.test(JSON.stringify(item)));
  const fill = change && dice.chance(0.5);
  const more = dice.chance(0.3);
  const wording = dice.pick(wordings);
  const compared = (values: Dice): unknown =>
    operator === 'isNull'
      ? false
      : operator.endsWith('n')
        ? Array.from({ length: values.int(0, 3) }, () => values.int(0, 5))
        : values.int(0, 4);
  return (values) => ({
    noun: noun.name,
    by,
    where: where(values),
    orderBy,
    ...(having && {
      having: {
        count: values.chance(0.1) ? null : { [operator]: compared(values) },
        ...(ranged && { measure: { ...ranged, [range]: values.int(0, 4) } }),
      },
    }),
    first: values.pick([1, 5, 20, 1000]),
    measures: asked.map(({ of, fn }) => ({ of, fn })),
    change,
    ...(fill && { fill }),
    ...(more && { more }),
    pages: 3,
    wording,
  });
}

function byItem(dice: Dice, noun: Noun, depth: number): Item {
  const relations = [...noun.relations.values()].filter((each) => !each.plain);
  const properties = [...noun.properties.values()].filter(
    (each) => isOrderable(each) && each.kind !== 'money' && !each.restricts,
  );
  const taxonomy =
    noun.name === 'Sector'
      ? {
          ...(dice.chance(0.4) && { scheme: dice.pick(['gen-a', 'GEN-B', 'cloud-100-2024']) }),
          ...(dice.chance(0.5) && { rollUp: true }),
        }
      : noun.name === 'Place' && dice.chance(0.4)
        ? { rollUp: true }
        : {};
  if (depth && relations.length && dice.chance(0.55)) {
    const relation = dice.pick(relations);
    return { [relation.name]: byItem(dice, relation.target, depth - 1), ...taxonomy };
  }
  if (noun.isInterface && dice.chance(0.2)) return { type: true };
  const some = properties.filter(({ name }) => name !== 'key' || dice.chance(0.7));
  const property = dice.pick(some.length ? some : properties);
  const dated = property.kind === 'date' || property.kind === 'period';
  return { [property.name]: dated ? dice.pick(grains) : true, ...taxonomy };
}
