import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { nameColumns } from '../derive/full-text';
import { constant } from '../derive/names';
import { quote } from '../errors';
import { fold } from '../support/fold';
import { fromGlobalId } from '../support/global-id';
import { joinPair } from '../support/pairs';
import { firstDay, lastDay as lastDayOf } from '../support/partial-date';
import { parsePeriod } from '../support/period';
import { unwrap, type Planning } from './context';
import { foundByName } from './found';
import { way, whereText } from './pattern';

/** A filter as the client gave it: fields with operators, and, or, not. */
export type Filter = Readonly<Record<string, unknown>>;

/** What a filter speaks of: a node of a noun, and where there is one the relationship that led to it. */
export interface Subject {
  readonly noun: Noun;
  readonly name: string;
  readonly edge?: { readonly relation: RelationDef; readonly name: string };
}

/**
 * A filter as one Cypher condition. Logic is two-valued: `exact` says that an unknown must come out as false, which
 * matters below a negation; above it null does the same and leaves indexes their use.
 */
export function condition(
  planning: Planning,
  subject: Subject,
  filter: Filter | null | undefined,
  exact = false,
): string {
  return all(conditions(planning, subject, filter, exact));
}

/** The same as a list of conditions that must all hold. */
export function conditions(
  planning: Planning,
  subject: Subject,
  filter: Filter | null | undefined,
  exact = false,
): string[] {
  return Object.entries(filter ?? {}).flatMap(([name, value]) =>
    value == null ? [] : [planning.at(name, () => one(planning, subject, name, value, exact))],
  );
}

function all(parts: readonly string[]): string {
  const real = parts.filter((each) => each !== 'true');
  return real.length
    ? real.length === 1
      ? (real[0] as string)
      : `(${real.join(' AND ')})`
    : 'true';
}

function one(
  planning: Planning,
  subject: Subject,
  name: string,
  value: unknown,
  exact: boolean,
): string {
  const { noun } = subject;
  switch (name) {
    case 'and':
      return all(items(planning, subject, value, exact));
    case 'or': {
      const parts = items(planning, subject, value, exact);
      if (parts.includes('true')) return 'true';
      return parts.length ? `(${parts.join(' OR ')})` : 'false';
    }
    case 'not':
      return negate(condition(planning, subject, value as Filter, true));
    case 'edge':
      if (subject.edge) return edgeCondition(planning, subject.edge, value as Filter, exact);
      break;
    case 'type':
      if (noun.isInterface) return typeCondition(planning, subject, value as Filter);
      break;
    case 'id':
      return idCondition(planning, subject, value as Filter);
    case 'search':
      if (nameColumns(noun).length)
        return `${subject.name} IN ${foundByName(planning, noun, value)}`;
  }
  const property = noun.properties.get(name);
  if (property)
    return propertyCondition(planning, subject.name, property, value as Filter, exact, noun);
  const relation = noun.relations.get(name);
  if (relation) return relationCondition(planning, subject.name, relation, value as Filter);
  throw planning.fault(`${noun.name} has no such field.`);
}

function items(planning: Planning, subject: Subject, value: unknown, exact: boolean): string[] {
  return (value as (Filter | null)[]).map((each, index) =>
    planning.at(String(index), () => condition(planning, subject, each, exact)),
  );
}

const negate = (text: string): string =>
  text === 'true' ? 'false' : text === 'false' ? 'true' : `NOT ${text}`;

function edgeCondition(
  planning: Planning,
  edge: NonNullable<Subject['edge']>,
  filter: Filter,
  exact: boolean,
): string {
  return all(
    Object.entries(filter).flatMap(([name, value]) => {
      if (value == null) return [];
      return [
        planning.at(name, () => {
          const each = (sub: Filter | null, deep = exact) =>
            edgeCondition(planning, edge, sub ?? {}, deep);
          if (name === 'and') return all((value as Filter[]).map((sub) => each(sub)));
          if (name === 'or') {
            const parts = (value as Filter[]).map((sub) => each(sub));
            return parts.includes('true')
              ? 'true'
              : parts.length
                ? `(${parts.join(' OR ')})`
                : 'false';
          }
          if (name === 'not') return negate(each(value as Filter, true));
          const property = edge.relation.edge.find((candidate) => candidate.name === name);
          if (!property) throw planning.fault(`The relationship has no such field.`);
          return propertyCondition(planning, edge.name, property, value as Filter, exact);
        }),
      ];
    }),
  );
}

/** A relation's filter: a to-one takes the far noun's filter; a to-many `some`, `all`, `none`, `count`. */
function relationCondition(
  planning: Planning,
  from: string,
  relation: RelationDef,
  filter: Filter,
): string {
  if (relation.one) return exists(planning, from, relation, filter);
  return all(
    Object.entries(filter).flatMap(([name, value]) => {
      if (value == null) return [];
      return [
        planning.at(name, () => {
          if (name === 'some') return exists(planning, from, relation, value as Filter);
          if (name === 'none') return negate(exists(planning, from, relation, value as Filter));
          if (name === 'all')
            return negate(exists(planning, from, relation, value as Filter, true));
          return countCondition(planning, from, relation, value as Filter);
        }),
      ];
    }),
  );
}

function far(
  planning: Planning,
  from: string,
  relation: RelationDef,
  filter: Filter,
  but: boolean,
) {
  const to = planning.name('x');
  const path = way(planning, relation, from, to);
  const subject = { noun: relation.target, name: to, edge: { relation, name: path.edge } };
  const inner = condition(planning, subject, filter, but);
  return { to, path, where: whereText([...path.where, but ? negate(inner) : inner]) };
}

function exists(
  planning: Planning,
  from: string,
  relation: RelationDef,
  filter: Filter,
  but = false,
): string {
  const { path, where } = far(planning, from, relation, filter, but);
  return `EXISTS { ${path.text}${where} }`;
}

function countCondition(
  planning: Planning,
  from: string,
  relation: RelationDef,
  filter: Filter,
): string {
  const { where = {}, ...comparisons } = filter;
  const { to, path, where: text } = far(planning, from, relation, (where ?? {}) as Filter, false);
  const count = path.repeats
    ? `COUNT { MATCH ${path.text}${text} RETURN DISTINCT ${to} }`
    : `COUNT { ${text ? path.text + text : path.text.replace(`(${to})`, '()')} }`;
  return all(
    compare(planning, comparisons, {
      expression: count,
      known: true,
      exact: false,
      convert: toInt,
    }),
  );
}

function typeCondition(planning: Planning, subject: Subject, filter: Filter): string {
  const { noun } = subject;
  const label = (value: string) => noun.nouns.find((each) => constant(each.name) === value)?.name;
  const test = (values: readonly string[]) => {
    const labels = values.map(label).filter((each) => each !== undefined);
    return labels.length ? `${subject.name}:${labels.join('|')}` : 'false';
  };
  return all(
    Object.entries(planning.fix<Filter>(filter)).map(([name, value]) => {
      if (value == null) throw nullOperator(planning, name);
      if (name === 'isNull') return value === false ? 'true' : 'false';
      const text = test(Array.isArray(value) ? (value as string[]) : [value as string]);
      return name === 'eq' || name === 'in' ? text : negate(text);
    }),
  );
}

/** Compares the opaque id: the noun is known, so it is the key that is compared. */
function idCondition(planning: Planning, subject: Subject, filter: Filter): string {
  const { noun, name } = subject;
  const plain = planning.fix<Filter>(filter);
  const test = (id: unknown): string => {
    const reference = fromGlobalId(String(id));
    if (!reference) throw planning.fault(`${quote(id)} is not an id.`);
    const label = noun.nouns.find((each) => each.name === reference.type);
    if (!label) return 'false';
    const key = `${name}.key = ${planning.param(reference.key)}`;
    return noun.isInterface ? `(${name}:${label.name} AND ${key})` : key;
  };
  return all(
    Object.entries(plain).map(([operator, value]) => {
      if (value == null) throw nullOperator(planning, operator);
      if (operator === 'isNull') return value === false ? 'true' : 'false';
      if (operator === 'startsWith') throw planning.fault('An id is opaque: compare the key.');
      const parts = (Array.isArray(value) ? value : [value]).map(test);
      const any = parts.length ? `(${parts.join(' OR ')})` : 'false';
      return operator === 'eq' || operator === 'in' ? any : negate(any);
    }),
  );
}

interface Comparison {
  readonly expression: string;
  /** Never unknown. */
  readonly known: boolean;
  readonly exact: boolean;
  readonly convert: (value: never) => unknown;
}

const infix = {
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  contains: 'CONTAINS',
  startsWith: 'STARTS WITH',
  endsWith: 'ENDS WITH',
} as const;

/** The operators of a scalar, each as a condition. */
function compare(
  planning: Planning,
  filter: Filter,
  { expression, known, exact, convert }: Comparison,
): string[] {
  const sure = (text: string) => (exact && !known ? `coalesce(${text}, false)` : text);
  return Object.entries(filter).map(([name, value]) => {
    if (value == null) throw nullOperator(planning, name);
    return planning.at(name, () => {
      if (name === 'isNull')
        return `${expression} IS ${planning.fix<boolean>(value) ? '' : 'NOT '}NULL`;
      if (name === 'ne') {
        const differs = `${expression} <> ${planning.param(value, convert)}`;
        return known ? differs : `(${expression} IS NULL OR ${differs})`;
      }
      if (name === 'in' || name === 'notIn') {
        const list = planning.param(value, (values: unknown) =>
          (Array.isArray(values) ? values : [values]).map((each) => convert(each as never)),
        );
        if (name === 'in') return sure(`${expression} IN ${list}`);
        return known
          ? `NOT ${expression} IN ${list}`
          : `(${expression} IS NULL OR NOT ${expression} IN ${list})`;
      }
      return sure(
        `${expression} ${infix[name as keyof typeof infix]} ${planning.param(value, convert)}`,
      );
    });
  });
}

function nullOperator(planning: Planning, name: string) {
  return planning.fault(`"${name}" was given null. Did you mean isNull: true?`, {
    didYouMean: ['isNull'],
  });
}

const same = (value: unknown) => value;
/** To Neo4j -0 is equal to 0, and less. */
const toNumber = (value: number) => value + 0;
const toInt = (value: number) => value;
const toFolded = (value: string) => fold(value);
const toDay = (value: string) => firstDay(value);

function propertyCondition(
  planning: Planning,
  from: string,
  property: PropertyDef,
  filter: Filter,
  exact: boolean,
  noun?: Noun,
): string {
  const { name, kind, required } = property;
  const scalar = (column: string, convert: Comparison['convert'], from2 = filter) =>
    all(
      compare(planning, from2, {
        expression: `${from}.${column}`,
        known: required ?? false,
        exact,
        convert,
      }),
    );
  switch (kind) {
    case 'string':
      if (name === 'key') return keyCondition(planning, from, filter, exact, noun);
      if (noun && property.restricts) noteTaxonomy(planning, noun, property, filter);
      return scalar(`${name}Folded`, toFolded);
    case 'text':
      return scalar(`${name}Folded`, toFolded);
    case 'float':
    case 'int':
      return scalar(name, toNumber);
    case 'enum':
    case 'currency':
      return scalar(name, same);
    case 'boolean':
      return scalar(name, same, planning.fix<Filter>(filter));
    case 'date':
      return scalar(`${name}Day`, toDay);
    case 'money': {
      const { amount, currency, ...rest } = filter;
      return all([
        amount == null
          ? 'true'
          : planning.at('amount', () => scalar(`${name}Amount`, toNumber, amount as Filter)),
        currency == null
          ? 'true'
          : planning.at('currency', () => scalar(`${name}Currency`, same, currency as Filter)),
        scalar(`${name}Amount`, same, known(rest)),
      ]);
    }
    case 'period':
      return periodCondition(planning, from, name, filter, exact);
    case 'strings':
      return listCondition(planning, `${from}.${name}Folded`, filter, toFolded);
    case 'enums':
      return listCondition(planning, `${from}.${name}`, filter, same);
    case 'pairs': {
      const [first] = property.pair ? [property.pair[1]] : ['name'];
      return listCondition(planning, `${from}.${name}`, filter, (value: Record<string, string>) =>
        joinPair({ name: value[first] ?? '', value: value.value ?? '' }),
      );
    }
  }
}

function known(filter: Filter): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** Keys are compared as they stand; `Company:moonshot-ai` does as well where the noun is known. */
function keyCondition(
  planning: Planning,
  from: string,
  filter: Filter,
  exact: boolean,
  noun?: Noun,
): string {
  const bare = (value: string) => keyOf(value, noun);
  if (noun)
    for (const operator of ['eq', 'in'] as const) {
      const value = filter[operator];
      if (value == null || (Array.isArray(value) && !value.length)) continue;
      const param = planning.param(value, (values: string | string[]) =>
        (Array.isArray(values) ? values : [values]).map(bare),
      );
      planning.named.push({
        noun,
        property: 'key',
        path: `${planning.where()}.${operator}`,
        param: param.slice(3),
      });
    }
  return all(
    compare(planning, filter, { expression: `${from}.key`, known: true, exact, convert: bare }),
  );
}

/** The key that an `ID` names: `moonshot-ai`, `Company:moonshot-ai`, or an opaque id of that noun. */
export function keyOf(value: string, noun?: Noun): string {
  const reference = fromGlobalId(value);
  return reference && noun?.nouns.some((each) => each.name === reference.type)
    ? reference.key
    : value;
}

function noteTaxonomy(planning: Planning, noun: Noun, property: PropertyDef, filter: Filter): void {
  for (const operator of ['eq', 'in'] as const) {
    const value = filter[operator];
    if (value == null || (Array.isArray(value) && !value.length)) continue;
    const param = planning.param(value, (values: string | string[]) =>
      Array.isArray(values) ? values : [values],
    );
    planning.named.push({
      noun,
      property: property.name,
      path: `${planning.where()}.${operator}`,
      param: param.slice(3),
    });
  }
}

function listCondition(
  planning: Planning,
  expression: string,
  filter: Filter,
  convert: (value: never) => unknown,
): string {
  const list = `coalesce(${expression}, [])`;
  const many = (values: unknown) =>
    (Array.isArray(values) ? values : [values]).map((each) => convert(each as never));
  return all(
    Object.entries(filter).map(([name, value]) => {
      if (value == null) throw nullOperator(planning, name);
      if (name === 'isNull') return `size(${list}) ${planning.fix<boolean>(value) ? '=' : '>'} 0`;
      const unwrapped = unwrap(value);
      if (name === 'has') return `${planning.param(value, convert)} IN ${list}`;
      if (Array.isArray(unwrapped) && !unwrapped.length)
        return name === 'hasAll' ? 'true' : 'false';
      const each = planning.name('e');
      return `${name === 'hasAny' ? 'any' : 'all'}(${each} IN ${planning.param(value, many)} WHERE ${each} IN ${list})`;
    }),
  );
}

function periodCondition(
  planning: Planning,
  from: string,
  name: string,
  filter: Filter,
  exact: boolean,
): string {
  const sure = (text: string) => (exact ? `coalesce(${text}, false)` : text);
  const date = (expression: string, value: unknown) =>
    all(
      compare(planning, value as Filter, {
        expression,
        known: false,
        exact,
        convert: toDay,
      }),
    );
  return all(
    Object.entries(filter).flatMap(([part, value]) => {
      if (value == null) {
        if (part === 'overlaps' || part === 'isNull') throw nullOperator(planning, part);
        return [];
      }
      return [
        planning.at(part, () => {
          switch (part) {
            case 'label':
              return all(
                compare(planning, value as Filter, {
                  expression: `${from}.${name}LabelFolded`,
                  known: false,
                  exact,
                  convert: toFolded,
                }),
              );
            case 'start':
              return date(`${from}.${name}StartDay`, value);
            case 'end':
              // The end as a partial date, which compares as its first day; stored as a day is its last one.
              return date(`left(${from}.${name}End + '-01-01', 10)`, value);
            case 'isNull':
              return `${from}.${name}Label IS ${planning.fix<boolean>(value) ? '' : 'NOT '}NULL`;
            default: {
              const bounds = (text: string) => {
                const period = parsePeriod(text);
                if (period) return period;
                throw planning.fault(
                  `${quote(text)} is not a period such as 2024, 2024H1 or 2024-01..2024-05.`,
                );
              };
              const where = planning.where();
              const end = (which: 'start' | 'end') => (text: string) =>
                planning.at(where, () => lastOrFirst(bounds(text), which));
              const open = `${from}.${name}Label IS NOT NULL`;
              return sure(
                `(${open} AND coalesce(${from}.${name}StartDay, '') <= ${planning.param(value, end('end'))}` +
                  ` AND coalesce(${from}.${name}EndDay, '9999-12-31') >= ${planning.param(value, end('start'))})`,
              );
            }
          }
        }),
      ];
    }),
  );
}

function lastOrFirst(
  period: { start: string | null; end: string | null },
  which: 'start' | 'end',
): string {
  if (which === 'start') return period.start ? firstDay(period.start) : '';
  return period.end ? lastDayOf(period.end) : '9999-12-31';
}
