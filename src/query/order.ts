import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { isOrderable } from '../derive/noun-types';
import type { Planning } from './context';
import { aggregate, measureOf } from './measure';
import { way, whereText } from './pattern';

/** One key of an order, as an expression over the node. */
export interface OrderKey {
  readonly expression: string;
  readonly descending: boolean;
  /** Whether the expression can be null; the unknown stands last both ways. */
  readonly nullable: boolean;
  /** The node's own indexed column, where the expression is one. */
  readonly column?: string;
  /** What tells this key from others, for the cursor. */
  readonly name: string;
}

type Item = Readonly<Record<string, unknown>>;

/** The columns by which a property orders. */
function orderColumns({
  name,
  kind,
  required,
}: PropertyDef): { column: string; nullable: boolean }[] {
  const nullable = !required;
  if (name === 'key') return [{ column: 'key', nullable: false }];
  switch (kind) {
    case 'string':
      return [{ column: `${name}Folded`, nullable }];
    case 'date':
      return [{ column: `${name}Day`, nullable }];
    case 'money':
      return [{ column: `${name}Amount`, nullable }];
    case 'period':
      return [
        { column: `${name}StartDay`, nullable: true },
        { column: `${name}EndDay`, nullable: true },
      ];
    default:
      return [{ column: name, nullable }];
  }
}

/**
 * The keys of `orderBy`. The node's key is not among them: it always comes last.
 * @param from the variable of the node
 */
export function orderKeys(
  planning: Planning,
  noun: Noun,
  from: string,
  orderBy: unknown,
): OrderKey[] {
  const given = (orderBy ?? []) as (Item | null)[];
  return given.flatMap((item, index) =>
    planning.at(`orderBy.${index}`, () => {
      const [name, value] = single(planning, item);
      return planning.at(name, () => keys(planning, noun, from, name, value));
    }),
  );
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
    return orderColumns(property).map(({ column, nullable }) => ({
      expression: `${from}.${column}`,
      descending,
      nullable,
      column,
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
  return keys(planning, relation.target, to, name, value).map((key) => ({
    expression: `head(COLLECT { MATCH ${path.text}${whereText(path.where)} RETURN ${key.expression} LIMIT 1 })`,
    descending: key.descending,
    nullable: true,
    name: `${relation.name}.${key.name}`,
  }));
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
    return { expression, descending, nullable: false };
  }
  const { of, fn, currency, direction } = planning.fix<Record<string, string>>(value);
  const measure = measureOf(planning, relation.target, of as string);
  const where = [
    ...path.where,
    ...measure.only(to, currency == null ? undefined : planning.param(currency)),
  ];
  return {
    expression: `head(COLLECT { MATCH ${path.text}${whereText(where)} WITH ${path.repeats ? 'DISTINCT ' : ''}${to} RETURN ${aggregate(fn as string, measure.value(to))} })`,
    descending: direction === 'DESC',
    nullable: fn !== 'COUNT' && fn !== 'COUNT_DISTINCT',
  };
}
