import type { Noun, PropertyDef } from '../blueprint';
import { quote } from '../errors';
import { fold } from '../support/fold';
import { joinPair } from '../support/pairs';
import { firstDay, lastDay as lastDayOf } from '../support/partial-date';
import { parsePeriod } from '../support/period';
import { compare, nullOperator, type Comparison } from './compare';
import { unwrap, type Planning } from './context';
import { all, type Filter } from './filter';
import { keyCondition } from './identity';

const same = (value: unknown) => value;
/** To Neo4j -0 is equal to 0, and less. */
const toNumber = (value: number) => value + 0;
const toFolded = (value: string) => fold(value);
const toDay = (value: string) => firstDay(value);

/** A property's filter as one condition. */
export function propertyCondition(
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
      folded: `${property.name}Folded`,
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
