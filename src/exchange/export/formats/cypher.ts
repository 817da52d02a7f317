import type { Blueprint } from '../../../blueprint';
import { columnsOf, store, type Stored } from '../../../blueprint/storage';
import { constraintsOf } from '../../../derive/constraints';
import { labelsAsStored } from '../../../derive/restore-statements';
import { relationAsStored, setAsideType } from '../../../derive/who-is-who';
import { gathered } from '../files';
import type { Format } from '../format';
import { edgeLists, type Content, type EdgeItem, type Item } from '../items';

/** Rows of one statement: a text that is planned once for so many. */
const batch = 500;

/** A literal as Cypher reads it; what is no whole number by kind stays a float even where it is whole. */
function literal(value: Stored, whole: boolean): string {
  if (Array.isArray(value))
    return `[${value.map((each) => literal(each as Stored, false)).join(', ')}]`;
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'number' || whole) return String(value);
  const written = String(value).replace('e+', 'e');
  return /[.e]/.test(written) ? written : `${written}.0`;
}

/** Escapes what would end a text or be taken for something else. */
function text(value: string): string {
  const escaped = value.replace(/[\\'\n\r\t\u2028\u2029]/g, (character) => {
    const named: Record<string, string> = {
      '\\': '\\\\',
      "'": "\\'",
      '\n': '\\n',
      '\r': '\\r',
      '\t': '\\t',
    };
    return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

/** The stored columns of an item as literals, by name. */
function columns(item: Item): Map<string, string> {
  const properties =
    item.kind === 'node'
      ? item.noun.properties.values()
      : [...(relationOf(item)?.edge ?? []), ...edgeLists];
  const literals = new Map<string, string>();
  for (const property of properties) {
    const value = item.values.get(property.name);
    if (value === undefined) continue;
    const stored = store(property, value);
    for (const { name, integer } of columnsOf(property))
      if (stored[name] != null) literals.set(name, literal(stored[name], integer ?? false));
  }
  for (const [name, value] of Object.entries(item.stored))
    literals.set(name, literal(value, Number.isInteger(value)));
  return literals;
}

const relationOf = ({ from, type, to, stored }: EdgeItem) =>
  relationAsStored(from.noun, type, to.noun, stored);

/** One statement for items of one kind. Rows are lists by position: Neo4j takes such a literal as a whole. */
function statement(blueprint: Blueprint, items: readonly Item[]): string {
  const [first] = items as [Item];
  const rows = items.map((item) => ({ item, own: columns(item) }));
  const names = [...new Set(rows.flatMap(({ own }) => [...own.keys()]))];
  const ends = (item: Item) =>
    item.kind === 'node' ? [text(item.key)] : [text(item.from.key), text(item.to.key)];
  const shift = first.kind === 'node' ? 1 : 2;
  const lists = rows.map(
    ({ item, own }) =>
      `[${[...ends(item), ...names.map((name) => own.get(name) ?? 'null')].join(', ')}]`,
  );
  const set = `{${names.map((name, index) => `${name}: r[${index + shift}]`).join(', ')}}`;
  const aside = names.includes('aside') ? ` {aside: r[${names.indexOf('aside') + shift}]}` : '';
  return `UNWIND [\n${lists.join(',\n')}\n] AS r ${write(blueprint, first, set, aside)};\n`;
}

/** @param aside which of the relationships that stand aside between two nodes it is */
function write(blueprint: Blueprint, item: Item, set: string, aside: string): string {
  if (item.kind === 'node') {
    const labels = [...labelsAsStored(item.noun, blueprint.all), ...item.roles].join(':');
    return `MERGE (n:${item.noun.name} {key: r[0]}) SET n:${labels}, n += ${set}`;
  }
  const { from, to, type } = item;
  return (
    `MATCH (a:${from.noun.name} {key: r[0]}) MATCH (b:${to.noun.name} {key: r[1]}) ` +
    `MERGE (a)-[x:${type}${type === setAsideType ? aside : ''}]->(b) SET x += ${set}`
  );
}

/** What the rows of one statement have in common. */
const kindOf = (item: Item): string =>
  item.kind === 'node'
    ? [item.noun.name, ...item.roles].join(' ')
    : `${item.from.noun.name} ${item.type} ${item.to.noun.name}`;

/** What is kept beside nodes and relationships: in which order datasets are believed, keys that were given up, and so on. */
async function* apart({ datasets, records }: Content): AsyncGenerator<string> {
  for (const [position, { name, title, since }] of datasets.entries()) {
    const known = Object.entries({ title, since }).flatMap(([each, value]) =>
      value === null ? [] : [`${each}: ${text(value)}`],
    );
    const set = [`position: ${position}`, ...known].join(', ');
    yield `MERGE (d:Dataset {name: ${text(name)}}) SET d += {${set}};\n`;
  }
  for await (const { label, stored } of records) {
    const set = Object.entries(stored).map(
      ([name, value]) => `${name}: ${literal(value, Number.isInteger(value))}`,
    );
    yield `MERGE (r:${label} {id: ${text(stored.id)}}) SET r += {${set.join(', ')}};\n`;
  }
}

/** A script for any Cypher shell; running it twice changes nothing. */
export const cypher: Format = {
  name: 'cypher',
  meaning: 'a Cypher script, for any Neo4j',
  extension: 'cypher',
  async write(content, blueprint, files) {
    const sink = gathered(await files.begin('graph.cypher'));
    for (const constraint of constraintsOf(blueprint)) await sink.write(`${constraint}\n`);
    await sink.write('CALL db.awaitIndexes(300);\n');
    for await (const each of apart(content)) await sink.write(each);
    const waiting = new Map<string, Item[]>();
    const flush = async (kind: string): Promise<void> => {
      const rows = waiting.get(kind) as Item[];
      waiting.delete(kind);
      await sink.write(statement(blueprint, rows));
    };
    const flushAll = async (): Promise<void> => {
      for (const kind of [...waiting.keys()]) await flush(kind);
    };
    let among: Item['kind'] = 'node';
    for await (const item of content.everything) {
      // A relationship is written between nodes that are there.
      if (item.kind !== among) await flushAll();
      among = item.kind;
      const kind = kindOf(item);
      const rows = waiting.get(kind) ?? [];
      waiting.set(kind, rows);
      rows.push(item);
      if (rows.length >= batch) await flush(kind);
    }
    await flushAll();
    await sink.end();
  },
};
