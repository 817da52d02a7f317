import type { Noun, RelationDef } from '../blueprint';
import { nameColumns } from '../derive/full-text';
import { compare } from './compare';
import type { Planning } from './context';
import { foundByName } from './found-by-name';
import { idCondition, typeCondition } from './identity';
import { way, whereText } from './pattern';
import { propertyCondition } from './property-filter';

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

/** Conditions that must all hold, as one. */
export function all(parts: readonly string[]): string {
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

/** The opposite of a condition that stands for itself: one of several parts comes in brackets. */
export const negate = (text: string): string =>
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
          const items = () =>
            (value as (Filter | null)[]).map((sub, index) =>
              planning.at(String(index), () => each(sub)),
            );
          if (name === 'and') return all(items());
          if (name === 'or') {
            const parts = items();
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
  const {
    to,
    path,
    where: text,
  } = planning.at('where', () => far(planning, from, relation, (where ?? {}) as Filter, false));
  const count = path.repeats
    ? `COUNT { MATCH ${path.text}${text} RETURN DISTINCT ${to} }`
    : `COUNT { ${text ? path.text + text : path.text.replace(`(${to})`, '()')} }`;
  return all(
    compare(planning, comparisons, {
      expression: count,
      known: true,
      exact: false,
      convert: (value) => value,
    }),
  );
}
