import type { Blueprint, Noun, PropertyDef } from '../../../blueprint';
import { columnsOf, store, type Stored, type Value } from '../../../blueprint/storage';
import { constraintsOf } from '../../../derive/constraints';
import { writtenBy } from '../../../derive/export-statements';
import { labelsOf } from '../../../derive/statements';
import { roleOf } from '../../load/write';
import { gathered } from '../files';
import type { Format } from '../format';
import { edgeLists, type EdgeItem, type Item, type NodeItem } from '../items';

/** Rows of one statement: a text that is planned once for so many. */
const batch = 200;

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

function map(properties: Iterable<PropertyDef>, values: ReadonlyMap<string, Value>): string {
  const entries = [...properties].flatMap((property) => {
    const value = values.get(property.name);
    if (value === undefined) return [];
    const stored = store(property, value);
    return columnsOf(property).flatMap(({ name, integer }) =>
      stored[name] == null ? [] : [`${name}: ${literal(stored[name], integer ?? false)}`],
    );
  });
  return `{${entries.join(', ')}}`;
}

const nodeRow = ({ noun, key, values }: NodeItem): string =>
  `{key: ${text(key)}, set: ${map(noun.properties.values(), values)}}`;

function nodeStatement(blueprint: Blueprint, noun: Noun, rows: readonly string[]): string {
  return (
    `UNWIND [\n${rows.join(',\n')}\n] AS r MERGE (n:${noun.name} {key: r.key}) ` +
    `SET n:${labelsOf(noun, blueprint.all).join(':')}, n += r.set;\n`
  );
}

/** What the rows of one statement have in common. */
const kindOf = (item: Item): string =>
  item.kind === 'node'
    ? item.noun.name
    : `${item.from.noun.name} ${item.type} ${item.to.noun.name}`;

function edgeRow({ from, to, type, values }: EdgeItem): string {
  const relation = writtenBy(from.noun).find(({ writes }) => writes === type);
  const properties = [...(relation?.edge ?? []), ...edgeLists];
  return `{from: ${text(from.key)}, to: ${text(to.key)}, set: ${map(properties, values)}}`;
}

function edgeStatement({ from, to, type }: EdgeItem, rows: readonly string[]): string {
  const relation = writtenBy(from.noun).find(({ writes }) => writes === type);
  const role = relation && roleOf(relation, from.noun);
  return (
    `UNWIND [\n${rows.join(',\n')}\n] AS r MATCH (a:${from.noun.name} {key: r.from}) MATCH (b:${to.noun.name} {key: r.to}) ` +
    `MERGE (a)-[x:${type}]->(b) SET x += r.set${role ? `, a:${role}` : ''};\n`
  );
}

/** A script for any Cypher shell; running it twice changes nothing. */
export const cypher: Format = {
  name: 'cypher',
  meaning: 'a Cypher script, for any Neo4j',
  extension: 'cypher',
  async write(items, blueprint, files) {
    const sink = gathered(await files.begin('graph.cypher'));
    for (const constraint of constraintsOf(blueprint)) await sink.write(`${constraint}\n`);
    await sink.write('CALL db.awaitIndexes(300);\n');
    const waiting = new Map<string, { readonly first: Item; readonly rows: string[] }>();
    const flush = async (kind: string): Promise<void> => {
      const { first, rows } = waiting.get(kind) as { first: Item; rows: string[] };
      waiting.delete(kind);
      await sink.write(
        first.kind === 'node'
          ? nodeStatement(blueprint, first.noun, rows)
          : edgeStatement(first, rows),
      );
    };
    const flushAll = async (): Promise<void> => {
      for (const kind of [...waiting.keys()]) await flush(kind);
    };
    let among: Item['kind'] = 'node';
    for await (const item of items) {
      // A relationship is written between nodes that are there.
      if (item.kind !== among) await flushAll();
      among = item.kind;
      const kind = kindOf(item);
      const { rows } = waiting.get(kind) ?? { rows: [] as string[] };
      if (!rows.length) waiting.set(kind, { first: item, rows });
      rows.push(item.kind === 'node' ? nodeRow(item) : edgeRow(item));
      if (rows.length >= batch) await flush(kind);
    }
    await flushAll();
    await sink.end();
  },
};
