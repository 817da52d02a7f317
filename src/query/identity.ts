import type { Noun } from '../blueprint';
import { constant } from '../derive/names';
import { quote } from '../errors';
import { fromGlobalId } from '../support/global-id';
import { compare, nullOperator } from './compare';
import type { Planning } from './context';
import { all, negate, type Filter, type Subject } from './filter';

/** Which noun an interface's node is. */
export function typeCondition(planning: Planning, subject: Subject, filter: Filter): string {
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
export function idCondition(planning: Planning, subject: Subject, filter: Filter): string {
  const { noun, name } = subject;
  const plain = planning.fix<Filter>(filter);
  const test = (id: unknown): string => {
    const reference = fromGlobalId(String(id));
    if (!reference) throw planning.fault(`${quote(id)} is not an id.`);
    const label = noun.nouns.find((each) => each.name === reference.type);
    if (!label) return 'false';
    const param = planning.keysOf(label, false, () => planning.param(reference.key));
    const key = `${name}.key = ${param}`;
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

/** The operators that take whole keys. */
const whole: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'notIn']);

/** Keys are compared as they stand; `Company:moonshot-ai` does as well, and names the noun too. */
export function keyCondition(
  planning: Planning,
  from: string,
  filter: Filter,
  exact: boolean,
  noun?: Noun,
): string {
  const bare = (value: string) => keyOf(value, noun);
  if (noun) noteKeys(planning, noun, filter);
  const { eq, ne, in: among, notIn, startsWith, ...others } = filter;
  const named = Object.entries({ eq, ne, in: among, notIn, startsWith }).filter(
    ([, value]) => value !== undefined,
  );
  const typed = noun?.isInterface ? named : [];
  const plain = noun?.isInterface ? others : filter;
  return all([
    ...typed.map(([operator, value]) => {
      if (value === null) throw nullOperator(planning, operator);
      if (operator === 'startsWith')
        return planning.at(operator, () => beginsAs(planning, from, value, noun as Noun));
      const same = planning.at(operator, () =>
        planning.keysOf(noun as Noun, false, () => sameNode(planning, from, value, noun as Noun)),
      );
      return operator === 'eq' || operator === 'in' ? same : negate(same);
    }),
    ...Object.entries(plain).flatMap(([operator, value]) => {
      const test = () =>
        compare(
          planning,
          { [operator]: value },
          { expression: `${from}.key`, known: true, exact, convert: bare },
        );
      return noun && whole.has(operator) ? planning.keysOf(noun, false, test) : test();
    }),
  ]);
}

/** That the key of a node of an interface begins as one does, which may name the noun too. */
function beginsAs(planning: Planning, from: string, value: unknown, noun: Noun): string {
  const key = planning.param(value, (given: string) => keyOf(given, noun));
  const type = planning.param(value, (given: string) =>
    keyOf(given, noun) === given ? null : fromGlobalId(given)?.type,
  );
  return `(${from}.key STARTS WITH ${key} AND coalesce(${type} IN labels(${from}), true))`;
}

/** That a node of an interface is one of those that keys name, some of them with their noun. */
function sameNode(planning: Planning, from: string, value: unknown, noun: Noun): string {
  const list = (values: unknown) => (Array.isArray(values) ? values : [values]) as string[];
  const keys = planning.param(value, (values) => list(values).map((each) => keyOf(each, noun)));
  const named = planning.param(value, (values) =>
    list(values).map((each) => {
      const key = keyOf(each, noun);
      return { key, type: key === each ? null : fromGlobalId(each)?.type };
    }),
  );
  const each = planning.name('e');
  return `(${from}.key IN ${keys} AND any(${each} IN ${named} WHERE ${each}.key = ${from}.key AND coalesce(${each}.type IN labels(${from}), true)))`;
}

/** Notes which keys are named, for what is said of an empty answer. */
function noteKeys(planning: Planning, noun: Noun, filter: Filter): void {
  for (const operator of ['eq', 'in'] as const) {
    const value = filter[operator];
    if (value == null || (Array.isArray(value) && !value.length)) continue;
    const param = planning.keysOf(noun, false, () =>
      planning.param(value, (values: string | string[]) =>
        (Array.isArray(values) ? values : [values]).map((each) => keyOf(each, noun)),
      ),
    );
    planning.named.push({
      noun,
      property: 'key',
      path: `${planning.where()}.${operator}`,
      param: param.slice(3),
    });
  }
}

/** The key that an `ID` names: `moonshot-ai`, `Company:moonshot-ai`, or an opaque id of that noun. */
export function keyOf(value: string, noun?: Noun): string {
  const reference = fromGlobalId(value);
  return reference && noun?.nouns.some((each) => each.name === reference.type)
    ? reference.key
    : value;
}
