import type { Noun, PropertyDef, RelationDef } from '../../../src/blueprint';
import { compare, dayOf, folded, lastDayOf, periodOf } from './value';
import type { Far, PlainNode, Row, World } from './world';

/** A relationship that led to a node: what it says, and what it can say. */
interface Edge {
  readonly row: Row;
  readonly properties: readonly PropertyDef[];
}

export type Filter = Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Whether a filter holds of a node, worked out by plain loops. `edge` is the relationship that led to the node. */
export function holds(
  world: World,
  noun: Noun,
  filter: Filter | null | undefined,
  node: PlainNode,
  edge?: Edge,
): boolean {
  return Object.entries(filter ?? {}).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    const each = (part: Filter) => holds(world, noun, part, node, edge);
    if (name === 'and') return (value as Filter[]).every(each);
    if (name === 'or') return (value as Filter[]).some(each);
    if (name === 'not') return !each(value as Filter);
    if (name === 'edge') return edgeHolds(edge as Edge, value as Filter);
    if (name === 'id') return scalar(value as Filter, `${node.noun.name}:${node.key}`, readable);
    if (name === 'type' && noun.isInterface)
      return scalar(value as Filter, node.noun.name.replace(/(.)([A-Z])/g, '$1_$2').toUpperCase());
    const property = noun.properties.get(name);
    if (name === 'key') return keyHolds(node, value as Filter);
    if (property) return propertyHolds(property, node.row[name], value as Filter);
    const relation = noun.relations.get(name) as RelationDef;
    return relationHolds(world, relation, value as Filter, node);
  });
}

function edgeHolds(edge: Edge, filter: Filter): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    const each = (part: Filter) => edgeHolds(edge, part);
    if (name === 'and') return (value as Filter[]).every(each);
    if (name === 'or') return (value as Filter[]).some(each);
    if (name === 'not') return !each(value as Filter);
    const property = edge.properties.find((one) => one.name === name) as PropertyDef;
    return propertyHolds(property, edge.row[name], value as Filter);
  });
}

/** Whether a filter holds of what a relation leads to. */
export function meetsAlong(
  world: World,
  relation: RelationDef,
  filter: Filter | null | undefined,
  far: Far,
): boolean {
  const edge = { row: far.edge, properties: relation.edge };
  return holds(world, relation.target, filter, far.node, edge);
}

function relationHolds(
  world: World,
  relation: RelationDef,
  filter: Filter,
  node: PlainNode,
): boolean {
  const far = world.far(node, relation);
  const meets = (part: Filter) => (one: Far) => meetsAlong(world, relation, part, one);
  if (relation.one) return far.some(meets(filter));
  const { some, all, none, count } = filter as Record<string, Filter | null | undefined>;
  if (some && !far.some(meets(some))) return false;
  if (all && !far.every(meets(all))) return false;
  if (none && far.some(meets(none))) return false;
  if (!count) return true;
  const { where, ...numbers } = count;
  const n = far.filter(meets((where ?? {}) as Filter)).length;
  return scalar(numbers, n);
}

/** An id as it can be read: an opaque one is the same in base64url. */
function readable(given: unknown): string {
  const id = given as string;
  if (id.includes(':')) return id;
  const text = Buffer.from(id, 'base64url').toString();
  return /^[A-Z][A-Za-z]*:[\x20-\x7e]+$/.test(text) ? text : id;
}

/** A key is named alone, or with its noun as `Company:moonshot-ai`. */
function keyHolds(node: PlainNode, { startsWith, ...filter }: Filter): boolean {
  const named = (given: unknown) => {
    const id = readable(given);
    return id.includes(':') ? id : `${node.noun.name}:${id}`;
  };
  return (
    scalar(filter, `${node.noun.name}:${node.key}`, named) &&
    (startsWith == null || `${node.noun.name}:${node.key}`.startsWith(named(startsWith)))
  );
}

function propertyHolds({ kind }: PropertyDef, value: unknown, filter: Filter): boolean {
  switch (kind) {
    case 'string':
    case 'text':
      return scalar(filter, value == null ? value : folded(value as string), (given) =>
        folded(given as string),
      );
    case 'date':
      return scalar(filter, value == null ? value : dayOf(value as string), (given) =>
        dayOf(given as string),
      );
    case 'money': {
      const { amount, currency, isNull } = filter;
      const money = (value ?? {}) as Row;
      return (
        (amount == null || scalar(amount as Filter, money.amount)) &&
        (currency == null || scalar(currency as Filter, money.currency)) &&
        (isNull == null || (value == null) === isNull)
      );
    }
    case 'period':
      return periodHolds(value, filter);
    case 'strings':
      return listHolds(((value ?? []) as string[]).map(folded), filter, (given) =>
        folded(given as string),
      );
    case 'enums':
      return listHolds((value ?? []) as string[], filter, (given) => given);
    case 'pairs':
      return listHolds(((value ?? []) as Row[]).map(pair), filter, (given) => pair(given as Row));
    default:
      return scalar(filter, value);
  }
}

const pair = ({ scheme, name, value }: Row) => `${scheme ?? name}=${value}`;

function periodHolds(value: unknown, filter: Filter): boolean {
  const { label, start, end, overlaps, isNull } = filter;
  const period = value == null ? null : periodOf(value);
  const day = (given: unknown) => dayOf(given as string);
  const at = (date?: string | null) => (date ? dayOf(date) : null);
  if (
    label &&
    !scalar(label as Filter, period && folded(period.label), (given) => folded(given as string))
  )
    return false;
  if (start && !scalar(start as Filter, at(period?.start), day)) return false;
  if (end && !scalar(end as Filter, at(period?.end), day)) return false;
  if (isNull != null && (period === null) !== isNull) return false;
  if (overlaps == null) return true;
  const with_ = periodOf(overlaps);
  return (
    period !== null &&
    (period.start === null || with_.end === null || dayOf(period.start) <= lastDayOf(with_.end)) &&
    (period.end === null || with_.start === null || lastDayOf(period.end) >= dayOf(with_.start))
  );
}

function listHolds(
  list: readonly string[],
  filter: Filter,
  read: (given: unknown) => unknown,
): boolean {
  const has = (given: unknown) => list.includes(read(given) as string);
  return Object.entries(filter).every(([operator, given]) => {
    if (operator === 'isNull') return (list.length === 0) === given;
    if (operator === 'has') return has(given);
    return operator === 'hasAny' ? (given as unknown[]).some(has) : (given as unknown[]).every(has);
  });
}

/** The operators of a scalar: a comparison with the unknown is false, `ne` and `notIn` hold for it. */
function scalar(
  filter: Filter,
  value: unknown,
  read: (given: unknown) => unknown = (given) => given,
): boolean {
  const unknown = value === null || value === undefined;
  const text = value as string;
  return Object.entries(filter).every(([operator, given]) => {
    if (operator === 'isNull') return unknown === given;
    const many = Array.isArray(given) ? given.map(read) : [];
    const isOne = !unknown && many.some((each) => compare(value, each) === 0);
    if (operator === 'in') return isOne;
    if (operator === 'notIn') return !isOne;
    const one = read(given);
    if (operator === 'ne') return unknown || compare(value, one) !== 0;
    if (unknown) return false;
    if (operator === 'contains') return text.includes(one as string);
    if (operator === 'startsWith') return text.startsWith(one as string);
    if (operator === 'endsWith') return text.endsWith(one as string);
    const apart = compare(value, one);
    return { eq: apart === 0, lt: apart < 0, lte: apart <= 0, gt: apart > 0, gte: apart >= 0 }[
      operator
    ];
  });
}
