import type { Blueprint, Noun, RelationDef } from '../blueprint';
import { labelsOf } from './statements';

/**
 * What is retracted stays in the graph under names that no question asks for: a node of `Company` has the one label
 * `RetractedCompany`, a relationship of the type `DEVELOPS` the type `RETRACTED_DEVELOPS`. A `Retraction` says which
 * node, why, by whom and when; `retractedIn` on a relationship says by which change.
 */
export const hiddenPrefix = 'Retracted';
const edgePrefix = 'RETRACTED_';

/** A noun as it is stored while it is hidden. */
export function hiddenNoun(noun: Noun): Noun {
  return { ...noun, name: `${hiddenPrefix}${noun.name}` };
}

/** All nouns as they are stored: while they are shown, and while they are hidden. */
export function storedNouns({ nouns }: Blueprint): Noun[] {
  return [...nouns, ...nouns.map(hiddenNoun)];
}

/** Tells by a node's labels which of the stored nouns it is; undefined where it is none of them. */
export function storedNounBy(
  blueprint: Blueprint,
): (labels: readonly string[]) => Noun | undefined {
  const nouns = storedNouns(blueprint);
  return (labels) => nouns.find(({ name }) => labels.includes(name));
}

/** A type as it is while it is hidden. */
export const hiddenType = (type: string): string => `${edgePrefix}${type}`;

/** A relation as it is stored while it is hidden. */
export function hiddenRelation<R extends RelationDef>(relation: R): R {
  return { ...relation, writes: hiddenType(relation.writes as string) };
}

/** A type as it is while it is shown. */
export const shownType = (type: string): string => type.replace(new RegExp(`^${edgePrefix}`), '');

/** A noun's name as it is while it is shown. */
export const shownName = (label: string): string =>
  label.replace(new RegExp(`^${hiddenPrefix}`), '');

/** The relation that writes relationships of a type from one noun to another, both as they are stored. */
export function storedRelation(from: Noun, type: string, to: Noun): RelationDef | undefined {
  const shown = shownType(type);
  const target = shownName(to.name);
  const relation = [...from.relations.values()].find(
    (each) => each.writes === shown && each.among.some(({ name }) => name === target),
  );
  return relation && shown !== type ? hiddenRelation(relation) : relation;
}

/** The types of relationships that nouns write. */
export function writtenTypes(blueprint: Blueprint): string[] {
  const all = [...blueprint.all.values()].flatMap((noun) => [...noun.relations.values()]);
  return [...new Set(all.flatMap(({ writes }) => writes ?? []))].sort();
}

/** Which of some ids are hidden. `$p.ids`: `Company:key` -> id */
export const hiddenIds =
  'CYPHER 5 UNWIND $p.ids AS id MATCH (r:Retraction {id: id}) RETURN r.id AS row';

/** Which of some relationships are hidden. `$p.rows`: `[from, to]` -> `[from, to]` */
export const hiddenEdges = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 UNWIND $p.rows AS r MATCH (a:${from.name} {key: r[0]})-[x:${edgePrefix}${type}]->(b:${to.name} {key: r[1]}) RETURN DISTINCT [r[0], r[1]] AS row`;

const move = (to: string): string =>
  `CREATE (a)-[y:${to}]->(b) SET y = properties(x), y.retractedIn = $p.mark DELETE x RETURN 1 AS row`;

/** Hides a relationship. `$p.from`, `$p.to`, `$p.mark` */
export const hideEdge = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 MATCH (a:${from.name} {key: $p.from})-[x:${type}]->(b:${to.name} {key: $p.to}) ${move(edgePrefix + type)}`;

/** Shows a relationship that was hidden. `$p.from`, `$p.to`, `$p.mark`: null */
export const showEdge = (from: Noun, type: string, to: Noun): string =>
  `CYPHER 5 MATCH (a:${from.name} {key: $p.from})-[x:${edgePrefix}${type}]->(b:${to.name} {key: $p.to}) ${move(type)}`;

/** The types of the relationships of a node. `$p.key` */
export const typesAt = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name} {key: $p.key})-[x]-() RETURN DISTINCT type(x) AS row`;

/** Hides the relationships of one type of a node. `$p.key`, `$p.mark` */
export const hideEdgesAt = (noun: Noun, type: string): string =>
  `CYPHER 5 MATCH (n:${noun.name} {key: $p.key})-[x:${type}]-() WITH DISTINCT x, startNode(x) AS a, endNode(x) AS b ${move(edgePrefix + type)}`;

/**
 * Shows the relationships of one type that were hidden with a node. One whose other end is hidden too is left to be
 * shown with that. `$p.key`, `$p.was`, `$p.mark`: null
 */
export const showEdgesAt = (noun: Noun, type: string): string =>
  `CYPHER 5 MATCH (n:${noun.name} {key: $p.key})-[x:${edgePrefix}${type} {retractedIn: $p.was}]-(m) ` +
  `WHERE NOT head(labels(m)) STARTS WITH '${hiddenPrefix}' OR m = n ` +
  `WITH DISTINCT x, startNode(x) AS a, endNode(x) AS b ${move(type)}`;

/** Leaves the relationships of a node that stay hidden to what their other ends were hidden by. `$p.key`, `$p.was` */
export const leaveEdgesAt = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name} {key: $p.key})-[x {retractedIn: $p.was}]-(m) ` +
  `MATCH (r:Retraction {id: substring(head(labels(m)), ${hiddenPrefix.length}) + ':' + m.key}) SET x.retractedIn = r.mark`;

/** Hides a node. `$p.key` -> its labels */
export const hideNode = (noun: Noun): string =>
  `CYPHER 5 MATCH (n:${noun.name} {key: $p.key}) WITH n, labels(n) AS before ` +
  `REMOVE n:${[noun.name, ...noun.interfaces].join(':')} SET n:${hiddenNoun(noun).name} RETURN before AS row`;

/** Shows a node again, with the roles that it played. `$p.key` */
export const showNode = (noun: Noun, blueprint: Blueprint, before: readonly string[]): string => {
  const roles = noun.interfaces.filter((name) => blueprint.all.get(name)?.role);
  const labels = [
    ...labelsOf(noun, blueprint.all),
    ...roles.filter((each) => before.includes(each)),
  ];
  return `CYPHER 5 MATCH (n:${hiddenNoun(noun).name} {key: $p.key}) SET n:${labels.join(':')} REMOVE n:${hiddenNoun(noun).name}`;
};

/** Records what was hidden. `$p` holds its properties. */
export const enterRetraction = 'CYPHER 5 CREATE (r:Retraction) SET r = $p';
/** `$p.id` -> its properties */
export const readRetraction =
  'CYPHER 5 MATCH (r:Retraction {id: $p.id}) RETURN properties(r) AS row';
export const removeRetraction = 'CYPHER 5 MATCH (r:Retraction {id: $p.id}) DELETE r';
