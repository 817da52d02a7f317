import { columnsOf } from '../blueprint/storage';
import type { Blueprint, Noun } from '../blueprint';
import { fullTextIndex } from './full-text';

/** Lower-case words joined by underscores, as names of constraints and indexes. */
function nameOf(...parts: readonly string[]): string {
  return parts.map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()).join('_');
}

/**
 * The constraints and indexes of the graph, one statement each, none twice: a key is unique within its label; what
 * filters or orders by default has an index; names and labels have a second one for parts of words.
 */
export function constraintsOf(blueprint: Blueprint): string[] {
  const all = [...blueprint.all.values()].filter((noun) => noun.name !== 'Node');
  return [
    ...all.map(key),
    ...(
      [
        ['FormerKey', 'id'],
        ['ToldApart', 'id'],
        ['Dataset', 'name'],
        ['ImportRun', 'id'],
        ['ImportBatch', 'id'],
        ['Operation', 'id'],
        ['Retraction', 'id'],
      ] as const
    ).map(
      ([label, name]) =>
        `CREATE CONSTRAINT ${nameOf(label, name)} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${name} IS UNIQUE;`,
    ),
    ...all.flatMap(indexes),
    fullTextIndex(blueprint),
  ];
}

function key(noun: Noun): string {
  // Two kinds of fact may share a key; two nouns that play one role may not.
  return noun.isInterface && !noun.role
    ? `CREATE INDEX ${nameOf(noun.name, 'key')} IF NOT EXISTS FOR (n:${noun.name}) ON (n.key);`
    : `CREATE CONSTRAINT ${nameOf(noun.name, 'key')} IF NOT EXISTS FOR (n:${noun.name}) REQUIRE n.key IS UNIQUE;`;
}

function indexes(noun: Noun): string[] {
  return [...noun.properties.values()]
    .filter((property) => property.name !== 'key')
    .flatMap((property) =>
      columnsOf(property).flatMap(({ name, index }) => {
        if (!index) return [];
        const on = `IF NOT EXISTS FOR (n:${noun.name}) ON (n.${name});`;
        const range = `CREATE RANGE INDEX ${nameOf(noun.name, name)} ${on}`;
        if (index === 'range' || !property.search) return [range];
        return [range, `CREATE TEXT INDEX ${nameOf(noun.name, name, 'text')} ${on}`];
      }),
    );
}
