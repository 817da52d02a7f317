import type { Blueprint, Noun } from '../../blueprint';
import { labelsAsStored, readAside } from '../../derive/restore-statements';
import * as statements from '../../derive/statements';
import { changeAside, setAsideType } from '../../derive/who-is-who';
import { shownName } from '../../derive/hiding';
import { Fault } from '../../errors';
import { grouped, type Run } from '../load/context';
import type { EdgeKind } from '../load/edges';
import { hiddenNodes, hiddenWays } from '../load/hidden';
import { difference, ownersOf, type Columns } from '../load/layers';
import { former } from '../load/moved';
import { byColumn, integerColumns, typed } from '../load/values';
import type { Tally } from '../tally';
import { merged } from './merge';
import type { EdgeLine, NodeLine } from './read-line';

/** What writing a part of an export needs to know. */
export interface Restoring {
  readonly run: Run;
  readonly blueprint: Blueprint;
  /** Datasets, the most trusted first. */
  readonly preference: readonly string[];
  readonly tally: Tally;
  /** Whether curators may have hidden something: that stays hidden. */
  readonly curated: boolean;
}

/**
 * Writes nodes of one noun as they were. What is there already stays, with what the file says of it laid over it.
 * @throws Fault CONFLICT where a role's key belongs to a node of another noun
 */
export async function restoreNodes(
  { run, blueprint, preference, tally, curated }: Restoring,
  noun: Noun,
  all: readonly NodeLine[],
): Promise<void> {
  const hidden = curated ? await hiddenNodes(run, all) : new Set();
  const lines = all.filter(({ key }) => !hidden.has(`${noun.name}:${key}`));
  const properties = [...noun.properties.values()];
  const owners = ownersOf(properties);
  const integers = integerColumns(properties);
  const keys = lines.map(({ key }) => key);
  await refuseMerged(run, noun, keys);
  const stored = new Map((await run(statements.readNodes(noun), { keys })) as [string, Columns][]);
  for (const [roles, own] of grouped(lines, (line) => line.roles.join(':'))) {
    const named = roles ? roles.split(':') : [];
    for (const role of named) await refuseOthers(run, role, noun, own);
    const fresh = own.filter(({ key }) => !stored.has(key));
    if (fresh.length) await createNodes(run, blueprint, noun, named, fresh, integers);
    const rest = own.flatMap(({ key }) => (stored.has(key) ? [key] : []));
    if (named.length && rest.length) await run(statements.giveRoles(noun, named), { keys: rest });
  }
  const changes: { key: string; set: Record<string, unknown> }[] = [];
  for (const { key, columns } of lines) {
    const now = stored.get(key);
    const set = now && difference(merged(now, columns, preference, owners, true), now);
    if (set) changes.push({ key, set: typed(set, integers) });
    tally.add(noun.name, now ? (set ? 'changed' : 'unchanged') : 'created');
  }
  if (changes.length) await run(statements.changeNodes(noun), { rows: changes });
}

async function createNodes(
  run: Run,
  blueprint: Blueprint,
  noun: Noun,
  roles: readonly string[],
  lines: readonly NodeLine[],
  integers: ReadonlySet<string>,
): Promise<void> {
  const { columns, lists } = byColumn(lines.map((line) => ({ key: line.key, ...line.columns })));
  const labels = [...labelsAsStored(noun, blueprint.all), ...roles];
  const others = columns.filter((name) => name !== 'key');
  await run(statements.createNodes(labels, others, integers), lists);
}

/** What was merged away here is not brought back by a file that knows nothing of it. */
async function refuseMerged(run: Run, noun: Noun, keys: readonly string[]): Promise<void> {
  if (shownName(noun.name) !== noun.name) return;
  const [merged] = await former(run, noun, keys);
  if (merged)
    throw new Fault(
      'CONFLICT',
      `${noun.name}:${merged[0]} was merged into ${noun.name}:${merged[1]} in this graph, but the file shows it. What was restored before it stays.`,
    );
}

/** A role's keys are unique among the nouns that play it. */
async function refuseOthers(
  run: Run,
  role: string,
  noun: Noun,
  lines: readonly NodeLine[],
): Promise<void> {
  const keys = lines.map(({ key }) => key);
  const [other] = (await run(statements.othersInRole(role, noun), { keys })) as [
    string,
    string[],
  ][];
  if (!other) return;
  const [key, labels] = other;
  throw new Fault(
    'CONFLICT',
    `${noun.name}:${key} is a role of ${role} in the file, but in the graph that key is another's (${labels.join(', ')}). What was restored before it stays.`,
  );
}

/** Writes relationships of one kind as they were. */
export async function restoreEdges(
  { run, preference, tally, curated }: Restoring,
  { from, relation, to }: EdgeKind,
  all: readonly EdgeLine[],
): Promise<void> {
  const lines = curated ? await stillShown(run, { from, relation, to }, all) : all;
  const type = relation.writes;
  const aside = type === setAsideType ? (lines[0]?.columns.aside as string) : null;
  const owners = ownersOf(relation.edge);
  const integers = integerColumns(relation.edge);
  const rows = lines.map((line) => [line.from, line.to]);
  const read = (await run(
    aside === null ? statements.readEdges(from, type, to) : readAside(from, aside, to),
    {
      rows,
    },
  )) as [string, string, Columns][];
  const stored = new Map(read.map(([a, b, columns]) => [`${a}\n${b}`, columns]));
  const fresh: Columns[] = [];
  const changes: { from: string; to: string; set: Record<string, unknown> }[] = [];
  for (const { from: a, to: b, columns } of lines) {
    const now = stored.get(`${a}\n${b}`);
    const set = now && difference(merged(now, columns, preference, owners, false), now);
    tally.add(type, now ? (set ? 'changed' : 'unchanged') : 'created');
    if (!now)
      fresh.push({
        from: a,
        to: b,
        ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [`x_${name}`, value])),
      });
    else if (set) changes.push({ from: a, to: b, set: typed(set, integers) });
  }
  if (fresh.length) {
    const { columns, lists } = byColumn(fresh);
    const names = columns.flatMap((name) => (name.startsWith('x_') ? [name.slice(2)] : []));
    // Roles come with the nodes.
    await run(statements.createEdges(from, type, to, names, integers, null), lists);
  }
  if (changes.length)
    await run(
      aside === null ? statements.changeEdges(from, type, to) : changeAside(from, aside, to),
      { rows: changes },
    );
}

/** Without what curators have hidden, and what would lead to it. */
async function stillShown(
  run: Run,
  { from, relation, to }: EdgeKind,
  lines: readonly EdgeLine[],
): Promise<readonly EdgeLine[]> {
  const ways = lines.map((line) => ({
    line,
    relation,
    from: { noun: from, key: line.from },
    to: { noun: to, key: line.to },
  }));
  const nodes = await hiddenNodes(
    run,
    ways.flatMap((way) => [way.from, way.to]),
  );
  const hidden = await hiddenWays(run, ways);
  const has = ({ noun, key }: { noun: Noun; key: string }) => nodes.has(`${noun.name}:${key}`);
  return ways
    .filter((way) => !hidden.has(way) && !has(way.from) && !has(way.to))
    .map(({ line }) => line);
}
