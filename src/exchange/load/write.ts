import neo4j from 'neo4j-driver';
import type { Blueprint, Noun, RelationDef } from '../../blueprint';
import type { Stored } from '../../blueprint/storage';
import * as statements from '../../derive/statements';
import type { Rows } from '../../graph/graph';
import { fold } from '../../support/fold';
import type { CheckedCitation } from '../check/citation';
import { integerColumns, type CheckedRow } from '../check/row';
import type { Edge } from '../check/whole';
import type { Tally } from '../report';

type Run = (text: string, p?: object) => Promise<Rows>;
type Columns = Readonly<Record<string, Stored>>;

/** Rows of one statement at the most. */
const batch = 5_000;

/** Writes checked rows: nodes by noun, citations, relationships by type. What is there already is left alone. */
export async function writeRows(
  run: Run,
  blueprint: Blueprint,
  dataset: string,
  rows: readonly CheckedRow[],
  edges: readonly Edge[],
  tally: Tally,
): Promise<void> {
  for (const [noun, own] of grouped(rows, (row) => row.noun))
    await writeNodes(run, blueprint, dataset, noun, own, tally);
  const cited = [
    ...rows.flatMap((row) => row.citations),
    ...edges.flatMap(({ link }) => link.citations),
  ];
  await writeCitations(run, cited);
  for (const [noun, own] of grouped(rows, (row) => row.noun))
    await writeSupport(run, noun, own, tally);
  const kinds = grouped(
    edges,
    ({ from, link, to }) => `${from.noun.name} ${link.relation.writes} ${to.noun.name}`,
  );
  for (const own of kinds.values()) await writeEdges(run, dataset, own, tally);
}

function grouped<T, K>(items: readonly T[], by: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += batch) yield items.slice(at, at + batch);
}

async function writeNodes(
  run: Run,
  blueprint: Blueprint,
  dataset: string,
  noun: Noun,
  rows: readonly CheckedRow[],
  tally: Tally,
): Promise<void> {
  const labels = statements.labelsOf(noun, blueprint.all);
  const integers = integerColumns(noun.properties.values());
  for (const part of batches(rows)) {
    const before = new Map(
      (await run(statements.readNodes(noun), { keys: part.map((row) => row.key) })) as [
        string,
        Columns,
      ][],
    );
    const changed = part.flatMap((row) => {
      const stored = before.get(row.key);
      const set = difference({ ...row.columns, ...inDataset(stored, dataset) }, stored);
      tally.count(noun.name, stored, set);
      return set ? [{ key: row.key, set: typed(set, integers) }] : [];
    });
    if (changed.length) await run(statements.writeNodes(noun, labels), { rows: changed });
  }
}

/** The datasets that a node or relationship belongs to, this one among them. */
function inDataset(stored: Columns | undefined, dataset: string): Columns {
  const known = (stored?.datasets ?? []) as string[];
  const datasets = known.includes(dataset) ? known : [...known, dataset].sort();
  return { datasets, datasetsFolded: datasets.map(fold) };
}

/** What has to be set so that `wanted` is stored; null where nothing has to. */
function difference(wanted: Columns, stored: Columns | undefined): Columns | null {
  const set = Object.entries(wanted).filter(([name, value]) => {
    const now = stored?.[name] ?? null;
    return Array.isArray(value) || Array.isArray(now)
      ? JSON.stringify(value) !== JSON.stringify(now)
      : value !== now;
  });
  return set.length || !stored ? Object.fromEntries(set) : null;
}

/** Values as the driver takes them: whole numbers told from others. Dates and measures come last, where they are read fastest. */
function typed(set: Columns, integers: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      integers.has(name) && typeof value === 'number' ? neo4j.int(value) : value,
    ]),
  );
}

async function writeCitations(run: Run, cited: readonly CheckedCitation[]): Promise<void> {
  const unique = [...new Map(cited.map((each) => [each.key, each])).values()];
  for (const part of batches(unique)) {
    const there = new Set(
      await run(statements.readCitations, { keys: part.map((each) => each.key) }),
    );
    const rows = part
      .filter((each) => !there.has(each.key))
      .map(({ key, page, quote, asPrinted, source, via }) => ({
        key,
        source,
        via,
        set: {
          page: page === null ? null : neo4j.int(page),
          quote,
          quoteFolded: quote && fold(quote),
          asPrinted,
          asPrintedFolded: asPrinted && fold(asPrinted),
        },
      }));
    if (rows.length) await run(statements.writeCitations, { rows });
  }
}

async function writeSupport(
  run: Run,
  noun: Noun,
  rows: readonly CheckedRow[],
  tally: Tally,
): Promise<void> {
  const wanted = rows.flatMap((row) => row.citations.map(({ key }) => [row.key, key] as const));
  for (const part of batches(wanted)) {
    const there = new Map(
      (await run(statements.readSupport(noun), {
        keys: [...new Set(part.map(([key]) => key))],
      })) as [string, string[]][],
    );
    const fresh = part.filter(([key, citation]) => !there.get(key)?.includes(citation));
    if (fresh.length) await run(statements.writeSupport(noun), { rows: fresh });
    tally.support += fresh.length;
  }
}

async function writeEdges(
  run: Run,
  dataset: string,
  edges: readonly Edge[],
  tally: Tally,
): Promise<void> {
  const [{ from, to, link }] = edges as [Edge];
  const { relation } = link;
  const integers = integerColumns(relation.edge);
  const role = roleOf(relation, from.noun);
  // A relationship without a direction of its own starts at the lesser key.
  const ends = (edge: Edge) =>
    relation.steps[0]?.direction === 'both' && edge.from.key > edge.to.key
      ? ([edge.to.key, edge.from.key] as const)
      : ([edge.from.key, edge.to.key] as const);
  for (const part of batches(edges)) {
    const read = (await run(statements.readEdges(from.noun, relation, to.noun), {
      rows: part.map(ends),
    })) as [string, string, Columns][];
    const before = new Map(read.map(([a, b, stored]) => [`${a}\n${b}`, stored]));
    const rows = part.flatMap((edge) => {
      const [a, b] = ends(edge);
      const stored = before.get(`${a}\n${b}`);
      const citations = edge.link.citations.map(({ key }) => key);
      const { datasets } = inDataset(stored, dataset);
      const wanted = {
        ...edge.link.edge,
        ...(citations.length ? { citations } : {}),
        ...(datasets ? { datasets } : {}),
      };
      const set = difference(wanted, stored);
      tally.count(relation.writes ?? '', stored, set);
      return set ? [{ from: a, to: b, set: typed(set, integers) }] : [];
    });
    if (rows.length) await run(statements.writeEdges(from.noun, relation, to.noun, role), { rows });
  }
}

/** The role that writing the relation gives to where it starts. */
export function roleOf(relation: RelationDef, from: Noun): string | null {
  return relation.owner !== from.name &&
    from.interfaces.includes(relation.owner) &&
    relation.owner !== 'Node' &&
    relation.owner !== 'Entity' &&
    relation.owner !== 'Fact'
    ? relation.owner
    : null;
}
