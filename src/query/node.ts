import type { FieldNode } from 'graphql';
import type { Noun, RelationDef } from '../blueprint';
import { hasEdge, stem } from '../derive/names';
import { Fault } from '../errors';
import { toGlobalId } from '../support/global-id';
import { collected, Row, type Column } from './column';
import { edgeColumn, relationConnection } from './connection';
import type { Planning } from './context';
import { plainForm, rowForm, through, type ObjectForm, type Open } from './form';
import { way, whereText, type Way } from './pattern';
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
    const { row, form } = nounRow(planning, noun, from, nodes);
    return { text: row.text, form };
  }
  // Nouns of which the same is read share one branch; the branch says which noun it is.
  const plans = among.map((each) => () => ({
    noun: each,
    ...nounRow(planning, each, from, nodes),
  }));
  const alike = planning.asOne(
    plans,
    (each) => each.row.text + planning.asides(from) + leadsTo(each.noun, each.form),
  );
  const branches = alike ?? plans.map((plan) => plan());
  const types = branches.map((each) => `WHEN ${from}:${each.noun.name} THEN '${each.noun.name}'`);
  const text = alike?.[0]
    ? `[CASE ${types.join(' ')} END, ${alike[0].row.text}]`
    : `CASE ${branches
        .map(
          (each) => `WHEN ${from}:${each.noun.name} THEN ['${each.noun.name}', ${each.row.text}]`,
        )
        .join(' ')} END`;
  const of = new Map(branches.map((each) => [each.noun.name, each.form]));
  return { text, form: { kind: 'choice', of } };
}

/** The nouns that its relations lead to: labels that a relationship's type implies are not in the text. */
function leadsTo({ relations }: Noun, { fields }: ObjectForm): string {
  const targets = fields.map(({ def: { name } }) => {
    const relation = relations.get(name) ?? relations.get(name.replace(/Edge$/, ''));
    return relation && [relation.target, ...relation.among].map((noun) => noun.name);
  });
  return JSON.stringify(targets);
}

/** The fields of one noun as a row; the names that the planning gives stay with the branch. */
function nounRow(
  planning: Planning,
  noun: Noun,
  from: string,
  nodes: readonly FieldNode[],
): { readonly row: Row; readonly form: ObjectForm } {
  const row = new Row();
  const form = rowForm(planning, row, noun.name, nodes, (_, same) =>
    fieldColumn(planning, noun, from, same),
  );
  return { row, form: planning.referable ? { ...form, key: row.add(`${from}.key`) } : form };
}

/** One field of a noun; null for what is left to the loaders. */
export function fieldColumn(
  planning: Planning,
  noun: Noun,
  from: string,
  nodes: readonly FieldNode[],
): Column | null {
  const name = (nodes[0] as FieldNode).name.value;
  if (name === 'id') {
    const open = (key: unknown) => (key == null ? null : toGlobalId(noun.name, key as string));
    return { text: `${from}.key`, form: through(open, plainForm) };
  }
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
function onlyOne(relation: RelationDef): Open {
  return (value) => {
    const found = value as unknown[];
    if (found.length < 2) return found[0];
    return new Fault(
      'INTERNAL',
      `${relation.owner}.${relation.name} leads to one ${relation.target.name}, but the data holds several.`,
    );
  };
}

/** What a relation to one leads to, as a list of one, none, or two where the data is at fault. */
function few(
  planning: Planning,
  from: string,
  path: Way,
  variables: readonly string[],
  item: string,
): string {
  const text = `MATCH ${path.text}${whereText(path.where)} WITH ${variables.join(', ')} LIMIT 2`;
  return collected(planning, from, { text, variables }, item);
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
    text: few(planning, from, path, [to], column.text),
    form: through(onlyOne(relation), column.form),
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
  const form = rowForm(planning, row, type, nodes, (name, same) =>
    name === 'node'
      ? nodeColumn(planning, relation.target, to, same, relation.among)
      : edgeColumn(planning, edge, name, same),
  );
  return {
    text: few(planning, from, path, [to, path.edge], row.text),
    form: through(onlyOne(relation), form),
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
    from,
    to,
    nodes,
    `MATCH ${path.text}${whereText(path.where)}`,
  );
}

function plainList(
  planning: Planning,
  noun: Noun,
  from: string,
  to: string,
  nodes: readonly FieldNode[],
  match: string,
): Column {
  const column = nodeColumn(planning, noun, to, nodes);
  const order = noun.properties.has('page') ? `${to}.page, ${to}.key` : `${to}.key`;
  const text = `${match} WITH DISTINCT ${to} ORDER BY ${order} LIMIT ${most}`;
  return {
    text: collected(planning, from, { text, variables: [to] }, column.text),
    form: { kind: 'list', item: column.form },
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
    edge,
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
    list,
    to,
    nodes,
    `UNWIND ${list} AS ${each} MATCH (${each})-[:SUPPORTED_BY]->(${to})`,
  );
}
