import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { lists, valueOf, type BulkColumn } from './bulk';
import { searchIndex } from './full-text';

/** A stored column that something is found by: of the noun itself, or of a neighbour. */
export interface Criterion {
  /** The neighbour's relation; null for the noun's own. */
  readonly relation: RelationDef | null;
  readonly property: PropertyDef;
  readonly column: string;
}

/**
 * What a path such as `name`, `company.name` or `raised.amount` stands for.
 * @returns null where it names nothing that can be compared
 */
export function criterion(noun: Noun, path: string): Criterion | null {
  const steps = path.split('.');
  const relation = noun.relations.get(steps[0] as string) ?? null;
  const [name = '', part] = relation ? steps.slice(1) : steps;
  if (steps.length > (relation ? 3 : 2)) return null;
  // Neighbours are walked to by one step; an interface that everything is has no label to begin at.
  if (relation && (relation.steps.length > 1 || relation.steps[0]?.upTo)) return null;
  const property = (relation?.target ?? noun).properties.get(name);
  if (!property) return null;
  if (property.kind === 'money')
    return part === 'amount' || part === 'currency'
      ? { relation, property, column: `${name}${part === 'amount' ? 'Amount' : 'Currency'}` }
      : null;
  if (part !== undefined || ['strings', 'enums', 'pairs', 'period', 'text'].includes(property.kind))
    return null;
  return { relation, property, column: name };
}

/** What some words may have meant, the best first. `$p`: `query` (Lucene's syntax, escaped), `nouns` -> `[key, name]` */
export const likelyMeant =
  `CYPHER 5 CALL db.index.fulltext.queryNodes('${searchIndex}', $p.query, { limit: 100 }) YIELD node AS n, score ` +
  'WHERE any(label IN labels(n) WHERE label IN $p.nouns) RETURN [n.key, n.name] AS row ORDER BY score DESC, n.key LIMIT 3';

/**
 * Finds nodes by what they and their neighbours say. The columns `v0`, `v1` ... hold one value a question for each
 * criterion, `f0` ... the folded ones of texts. -> `[question, [[key, settling columns]]]`
 */
export function findNodes(
  noun: Noun,
  criteria: readonly Criterion[],
  settle: readonly Criterion[],
  columns: readonly BulkColumn[],
): string {
  const value = (column: string): string =>
    valueOf(columns.find(([each]) => each === column) as BulkColumn);
  const ways = [...new Set(criteria.flatMap(({ relation }) => relation ?? []))];
  const name = (relation: RelationDef | null) => (relation ? `m${ways.indexOf(relation)}` : 'n');
  // What is no text is compared after the step: what Neo4j knows of an index that has just been filled may be old, and
  // a search that begins at a day's rounds took 7 s where one from the company takes 30 ms.
  const stepsFirst = ways.length && !criteria.some(isOwnText);
  const stored = (relation: RelationDef | null, column: string): string =>
    !relation && stepsFirst ? `coalesce(n.${column})` : `${name(relation)}.${column}`;
  const tests = (relation: RelationDef | null): string[] =>
    criteria.flatMap((each, at) => {
      if (each.relation !== relation) return [];
      const { property, column } = each;
      const exact = `${stored(relation, column)} = ${value(`v${at}`)}`;
      if (property.kind === 'string' && column !== 'key')
        return [`${stored(relation, `${column}Folded`)} = ${value(`f${at}`)}`, exact];
      if (property.kind === 'date')
        return [`${stored(relation, `${column}Day`)} = ${value(`f${at}`)}`, exact];
      return [exact];
    });
  // A neighbour whose name is known is where the search begins: names have an index.
  const matches = ways.map(
    (relation) =>
      `MATCH (${name(relation)}:${relation.target.name}) WHERE ${tests(relation).join(' AND ')}`,
  );
  const steps = ways.map((relation) => {
    const { types, direction } = relation.steps[0] as RelationDef['steps'][0] & object;
    const [left, right] =
      direction === 'in' ? ['<-', '-'] : direction === 'out' ? ['-', '->'] : ['-', '-'];
    return `(n)${left}[:${types.join('|')}]${right}(${name(relation)})`;
  });
  const own = tests(null);
  const where = own.length ? ` WHERE ${own.join(' AND ')}` : '';
  const last = steps.length
    ? `MATCH ${steps.join(', ')} MATCH (n:${noun.name})${where}`
    : `MATCH (n:${noun.name})${where}`;
  return (
    `CYPHER 5 WITH ${lists(columns)} UNWIND range(0, size(c_v0) - 1) AS i ${[...matches, last].join(' ')} ` +
    `WITH DISTINCT i, n WITH i, collect([n.key${settle.map(({ column }) => `, n.${column}`).join('')}]) AS found RETURN [i, found] AS row`
  );
}

const isOwnText = ({ relation, property }: Criterion): boolean =>
  !relation && (property.kind === 'string' || property.name === 'key');
