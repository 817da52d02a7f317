import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { orderBound } from '../derive/bounds';
import { isOrderable } from '../derive/property-types';
import { moreThan } from '../errors';
import type { Planning } from './context';
import type { CursorKey } from './cursor';
import { measureOf, oneUnit } from './measure';
import { way, whereText } from './pattern';

/** Where an index gives nodes in the order of a key: a column of the node itself, or of a neighbour. */
export interface Lead {
  readonly noun: Noun;
  readonly column: string;
  /** The relations to one that lead there; none where it is the node's own. */
  readonly along: readonly RelationDef[];
}

/** One key of an order, as an expression over the node. */
export interface OrderKey extends CursorKey {
  readonly expression: string;
  /** Clauses that work the expression out; to stand before it. */
  readonly before: string;
  readonly lead?: Lead;
}

type Item = Readonly<Record<string, unknown>>;

/** The columns by which a property orders. */
function orderColumns({
  name,
  kind,
  required,
}: PropertyDef): (Pick<OrderKey, 'nullable' | 'is'> & { readonly column: string })[] {
  const nullable = !required;
  const is = 'string';
  if (name === 'key') return [{ column: 'key', nullable: false, is }];
  switch (kind) {
    case 'string':
      return [{ column: `${name}Folded`, nullable, is }];
    case 'date':
      return [{ column: `${name}Day`, nullable, is }];
    case 'money':
      return [{ column: `${name}Amount`, nullable, is: 'number' }];
    case 'period':
      return [
        { column: `${name}StartDay`, nullable: true, is },
        { column: `${name}EndDay`, nullable: true, is },
      ];
    case 'boolean':
      return [{ column: name, nullable, is: 'boolean' }];
    case 'int':
    case 'float':
      return [{ column: name, nullable, is: 'number' }];
    default:
      return [{ column: name, nullable, is }];
  }
}

/** Whether an index holds the nodes of a noun: an interface that everything bears is no label. */
const isIndexed = (noun: Noun): boolean => noun.name !== 'Node';

/** What breaks ties: the key; of an interface, whose nouns may share a key, the noun too. */
export function tieKeys(noun: Noun, from: string): OrderKey[] {
  const tie = { before: '', descending: false, nullable: false, is: 'string' } as const;
  const lead = isIndexed(noun) ? { noun, column: 'key', along: [] } : undefined;
  const key: OrderKey = { ...tie, expression: `${from}.key`, lead, name: 'key' };
  if (!noun.isInterface || noun.role) return [key];
  const types = noun.nouns.map((each) => `WHEN ${from}:${each.name} THEN '${each.name}'`);
  return [key, { ...tie, expression: `CASE ${types.join(' ')} END`, name: 'type' }];
}

/**
 * The keys of `orderBy`, without those that break ties.
 * @param from the variable of the node
 * @throws Fault for an item that is no order, or for too many
 */
export function orderKeys(
  planning: Planning,
  noun: Noun,
  from: string,
  orderBy: unknown,
): OrderKey[] {
  return orderItems(planning, orderBy).flatMap((item, index) =>
    planning.at(`orderBy.${index}`, () => {
      const [name, value] = single(planning, item);
      return planning.at(name, () => keys(planning, noun, from, name, value));
    }),
  );
}

/** The items of `orderBy`, of which there may be so many. */
export function orderItems(planning: Planning, orderBy: unknown): readonly (Item | null)[] {
  const given = (orderBy ?? []) as readonly (Item | null)[];
  const { most } = orderBound;
  if (given.length > most)
    throw planning.at('orderBy', () => moreThan(planning.where(), given.length, most));
  return given;
}

/** The one field of an item that must have exactly one. */
export function single(planning: Planning, item: Item | null): [string, unknown] {
  const set = Object.entries(item ?? {}).filter(([, value]) => value != null);
  const [only] = set;
  if (!only || set.length > 1)
    throw planning.fault(
      `takes exactly one field an item, but was given ${set.length ? set.map(([name]) => `"${name}"`).join(', ') : 'none'}.`,
    );
  return only;
}

function keys(
  planning: Planning,
  noun: Noun,
  from: string,
  name: string,
  value: unknown,
): OrderKey[] {
  const property = noun.properties.get(name);
  if (property && isOrderable(property)) {
    const descending = planning.fix<string>(value) === 'DESC';
    return orderColumns(property).map(({ column, nullable, is }) => ({
      expression: `${from}.${column}`,
      before: '',
      descending,
      nullable,
      is,
      ...(isIndexed(noun) && { lead: { noun, column, along: [] } }),
      name: column,
    }));
  }
  const relation = noun.relations.get(name);
  if (!relation) throw planning.fault(`${noun.name} has no such order.`);
  const [inner, deeper] = single(planning, value as Item);
  return planning.at(inner, () =>
    relation.one
      ? throughOne(planning, relation, from, inner, deeper)
      : [
          {
            ...bySize(planning, relation, from, inner, deeper),
            name: `${name}.${JSON.stringify(planning.fix(value))}`,
          },
        ],
  );
}

function throughOne(
  planning: Planning,
  relation: RelationDef,
  from: string,
  name: string,
  value: unknown,
): OrderKey[] {
  const to = planning.name('o');
  const path = way(planning, relation, from, to);
  const match = `MATCH ${path.text}${whereText(path.where)}`;
  return keys(planning, relation.target, to, name, value).map((key) => {
    const { descending, lead, is } = key;
    const shared = {
      descending,
      is,
      nullable: true,
      name: `${relation.name}.${key.name}`,
      ...(lead && { lead: { ...lead, along: [relation, ...lead.along] } }),
    };
    if (!key.before)
      return {
        ...shared,
        expression: `head(COLLECT { ${match} RETURN ${key.expression} LIMIT 1 })`,
        before: '',
      };
    const value = planning.name('k');
    return {
      ...shared,
      expression: value,
      before: ` CALL (${from}) { ${match}${key.before} RETURN head(collect(${key.expression})) AS ${value} }`,
    };
  });
}

function bySize(
  planning: Planning,
  relation: RelationDef,
  from: string,
  name: string,
  value: unknown,
): Omit<OrderKey, 'name'> {
  const to = planning.name('o');
  const path = way(planning, relation, from, to);
  if (name === 'count') {
    const descending = planning.fix<string>(value) === 'DESC';
    const where = whereText(path.where);
    const expression = path.repeats
      ? `COUNT { MATCH ${path.text}${where} RETURN DISTINCT ${to} }`
      : `COUNT { ${where ? path.text + where : path.text.replace(`(${to})`, '()')} }`;
    return { expression, before: '', descending, nullable: false, is: 'number' };
  }
  const { of, fn, currency, direction } = planning.fix<Record<string, string>>(value);
  const measure = measureOf(planning, relation.target, of as string);
  const where = [
    ...path.where,
    ...measure.only(to, currency == null ? undefined : planning.param(currency)),
  ];
  const once = path.repeats ? ` WITH DISTINCT ${to}` : '';
  const expression = planning.name('k');
  return {
    expression,
    // An aggregate in a subquery expression would be taken for one of the row around it.
    before: ` CALL (${from}) { MATCH ${path.text}${whereText(where)}${once} RETURN ${oneUnit(fn as string, measure.value(to), measure.unit(to))} AS ${expression} }`,
    descending: direction === 'DESC',
    nullable: fn !== 'COUNT' && fn !== 'COUNT_DISTINCT',
    is: 'number',
  };
}
