import type { FieldNode } from 'graphql';
import type { Noun, RelationDef } from '../blueprint';
import { hasEdge, stem } from '../derive/names';
import { Fault } from '../errors';
import { toGlobalId } from '../support/global-id';
import { reference } from '../support/reference';
import { constantColumn, objectOf, Row, type Column, type Run } from './column';
import { edgeColumn, relationConnection } from './connection';
import { below, type Planning } from './context';
import { way, whereText } from './pattern';
import { propertyColumn } from './value-object';

/** A node as one expression: the selected fields of its noun; of an interface, those of the noun that it is. */
export function nodeColumn(
  planning: Planning,
  noun: Noun,
  from: string,
  nodes: readonly FieldNode[],
  among: readonly Noun[] = noun.nouns,
): Column {
  if (!noun.isInterface) {
    const { row, object } = nounRow(planning, noun, from, nodes);
    return { text: row.text, decode: (value, run) => object(value as unknown[], run) };
  }
  // Nouns of which the same is read share one branch; the branch says which noun it is.
  const branches = among.map((each) => ({ noun: each, ...nounRow(planning, each, from, nodes) }));
  const types = branches.map((each) => `WHEN ${from}:${each.noun.name} THEN '${each.noun.name}'`);
  const decoders = new Map(branches.map((each) => [each.noun.name, each.object]));
  const [first] = branches;
  const alike = first && branches.every((each) => each.row.text === first.row.text);
  const text = alike
    ? `[CASE ${types.join(' ')} END, ${first.row.text}]`
    : `CASE ${branches
        .map(
          (each) => `WHEN ${from}:${each.noun.name} THEN ['${each.noun.name}', ${each.row.text}]`,
        )
        .join(' ')} END`;
  return {
    text,
    decode: (value, run) => {
      const [type, values] = value as [string, unknown[]];
      return decoders.get(type)?.(values, run);
    },
  };
}

/** The fields of one noun as a row; the names that the planning gives stay with the branch. */
function nounRow(planning: Planning, noun: Noun, from: string, nodes: readonly FieldNode[]) {
  const row = new Row();
  const entries = [...planning.select(below(nodes), noun.name)].flatMap(([key, same]) => {
    const column = planning.at(key, () => fieldColumn(planning, noun, from, same));
    return column ? [[key, column] as const] : [];
  });
  const object = objectOf(row, entries);
  if (!planning.referable) return { row, object };
  const at = row.add(`${from}.key`);
  const { name: type } = noun;
  return {
    row,
    object: (values: readonly unknown[], run: Run) =>
      Object.assign(object(values, run), { [reference]: { type, key: values[at] as string } }),
  };
}

/** One field of a noun; null for what is left to the loaders. */
export function fieldColumn(
  planning: Planning,
  noun: Noun,
  from: string,
  nodes: readonly FieldNode[],
): Column | null {
  const name = (nodes[0] as FieldNode).name.value;
  if (name === '__typename') return constantColumn(noun.name);
  if (name === 'id')
    return { text: `${from}.key`, decode: (key) => toGlobalId(noun.name, key as string) };
  const property = noun.properties.get(name);
  if (property) return propertyColumn(planning, from, property, nodes);
  if (planning.depth === 'level') return null;
  return relationColumn(planning, noun, from, nodes);
}

/** A relation's field: a connection, a node, a plain list, or a node with its relationship. Null where it is a verb. */
export function relationColumn(
  planning: Planning,
  noun: Noun,
  from: string,
  nodes: readonly FieldNode[],
): Column | null {
  const name = (nodes[0] as FieldNode).name.value;
  const relation = noun.relations.get(name);
  if (relation?.plain) return listColumn(planning, from, relation, nodes);
  if (relation?.one) return oneColumn(planning, from, relation, nodes);
  if (relation) return relationConnection(planning, from, relation, noun.name, nodes);
  const claimed = name.endsWith('Edge')
    ? noun.relations.get(name.slice(0, -'Edge'.length))
    : undefined;
  if (claimed?.one && hasEdge(claimed)) return oneEdgeColumn(planning, from, claimed, nodes);
  return null;
}

/** A to-one relation that holds two is a fault of the data: told, not "the first one". */
function onlyOne(relation: RelationDef, decode: Column['decode']): Column['decode'] {
  return (value, run) => {
    const found = value as unknown[];
    if (found.length < 2) return found.length ? decode(found[0], run) : null;
    run.faults++;
    return new Fault(
      'INTERNAL',
      `${relation.owner}.${relation.name} leads to one ${relation.target.name}, but the data holds several.`,
    );
  };
}

function oneColumn(
  planning: Planning,
  from: string,
  relation: RelationDef,
  nodes: readonly FieldNode[],
): Column {
  const to = planning.name('x');
  const path = way(planning, relation, from, to);
  const column = nodeColumn(planning, relation.target, to, nodes, relation.among);
  return {
    text: `COLLECT { MATCH ${path.text}${whereText(path.where)} RETURN ${column.text} AS item LIMIT 2 }`,
    decode: onlyOne(relation, column.decode),
  };
}

function oneEdgeColumn(
  planning: Planning,
  from: string,
  relation: RelationDef,
  nodes: readonly FieldNode[],
): Column {
  const to = planning.name('x');
  const path = way(planning, relation, from, to);
  const type = `${stem(relation)}Edge`;
  const row = new Row();
  const edge = { relation, name: path.edge };
  const entries = [...planning.select(below(nodes), type)].map(
    ([key, same]): readonly [string, Column] => {
      const name = (same[0] as FieldNode).name.value;
      if (name === '__typename') return [key, constantColumn(type)];
      if (name === 'node')
        return [key, nodeColumn(planning, relation.target, to, same, relation.among)];
      return [key, edgeColumn(planning, edge, name, same)];
    },
  );
  const object = objectOf(row, entries);
  return {
    text: `COLLECT { MATCH ${path.text}${whereText(path.where)} RETURN ${row.text} AS item LIMIT 2 }`,
    decode: onlyOne(relation, (value, run) => object(value as unknown[], run)),
  };
}

/** The most that a plain list holds. */
const most = 20;

function listColumn(
  planning: Planning,
  from: string,
  relation: RelationDef,
  nodes: readonly FieldNode[],
): Column {
  const to = planning.name('x');
  const path = way(planning, relation, from, to);
  return plainList(
    planning,
    relation.target,
    to,
    nodes,
    `MATCH ${path.text}${whereText(path.where)}`,
  );
}

function plainList(
  planning: Planning,
  noun: Noun,
  to: string,
  nodes: readonly FieldNode[],
  match: string,
): Column {
  const column = nodeColumn(planning, noun, to, nodes);
  const order = noun.properties.has('page') ? `${to}.page, ${to}.key` : `${to}.key`;
  return {
    text: `COLLECT { ${match} WITH DISTINCT ${to} ORDER BY ${order} LIMIT ${most} RETURN ${column.text} AS item }`,
    decode: (value, run) => (value as unknown[]).map((each) => column.decode(each, run)),
  };
}

/** The citations of a relationship, which holds their keys. */
export function citationsOfEdge(
  planning: Planning,
  edge: string,
  nodes: readonly FieldNode[],
): Column {
  const to = planning.name('x');
  const key = planning.name('e');
  return plainList(
    planning,
    planning.blueprint.get('Citation'),
    to,
    nodes,
    `UNWIND coalesce(${edge}.citations, []) AS ${key} MATCH (${to}:Citation {key: ${key}})`,
  );
}

/** The citations of several nodes together. */
export function citationsOf(planning: Planning, list: string, nodes: readonly FieldNode[]): Column {
  const to = planning.name('x');
  const each = planning.name('e');
  return plainList(
    planning,
    planning.blueprint.get('Citation'),
    to,
    nodes,
    `UNWIND ${list} AS ${each} MATCH (${each})-[:SUPPORTED_BY]->(${to})`,
  );
}
