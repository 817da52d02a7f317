import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import { writeCitations, writeSupport } from '../load/citations';
import { grouped, type Writing } from '../load/context';
import { citeNew, createEdges, createNodes, isPlain, type NewTie } from '../load/create';
import { writeEdges, type EdgeKind, type EdgeWrite } from '../load/edges';
import { Moved } from '../load/moved';
import { writeNodes, type NodeWrite, type Outcome } from '../load/nodes';
import { sameCitations, sameEdges, sameNodes } from '../load/same';
import type { Load } from '../mapping/plan';
import type { BatchWork, Judged, Linked } from './judge';
import type { Made } from './made';
import type { Ones } from './ones';

/** Writes rows that were judged. */
export async function writeBatch(
  { writing, source, second, known }: BatchWork,
  { rows, links, ones, present }: Judged,
): Promise<void> {
  // Where keys were merged away, a relationship may stand where it is not looked for.
  const merged = await Moved.in(writing.run).any();
  const outcomes = new Map<Load, ReadonlyMap<string, Outcome>>();
  // What these rows created, by noun.
  const created = new Map<Noun, Set<string>>();
  const isCreated = (noun: Noun, key: string) => created.get(noun)?.has(key) ?? false;
  if (!second)
    for (const [load, made] of grouped(
      rows.flatMap((row) => row.made),
      (each) => each.load,
    )) {
      const own = new Map<string, Outcome>();
      outcomes.set(load, own);
      const fresh: Made[] = [];
      const kept = new Set<string>();
      const others: Made[] = [];
      for (const each of made) {
        const isThere = present.has(load.noun, each.key) || isCreated(load.noun, each.key);
        if (!isThere && present.isFree(load.noun, each.key)) fresh.push(each);
        else if (isThere && load.onlyNew) kept.add(each.key);
        else others.push(each);
      }
      const write = ({ key, columns, again }: Made) => ({
        key,
        columns,
        fills: again && load.merges,
        onlyNew: load.onlyNew,
      });
      await createNodes(writing, load.noun, fresh.map(write));
      for (const { key } of fresh) own.set(key, 'created');
      for (const key of kept) own.set(key, 'kept');
      writing.tally.add(load.noun.name, 'kept', kept.size);
      const writes = others.map(write);
      for (const key of await unchangedNodes(
        writing,
        load,
        writes.filter(({ key }) => present.has(load.noun, key) && !isCreated(load.noun, key)),
      ))
        own.set(key, 'unchanged');
      const rest = writes.filter(({ key }) => !own.has(key));
      if (rest.length)
        for (const [key, outcome] of await writeNodes(writing, load.noun, rest))
          own.set(key, outcome);
      const before = created.get(load.noun) ?? new Set();
      created.set(load.noun, before);
      for (const [key, outcome] of own) if (outcome === 'created') before.add(key);
      if (load.cites) await cite(writing, load, made, own, source);
    }
  const live = links.filter(({ load, own }) => {
    if (!load.onlyNew) return true;
    return outcomes.get(load)?.get(own.key) === 'created';
  });
  await replace(writing, ones);
  const kinds = grouped(live, ({ ref, own, target }) => {
    const { relation, reversed } = ref.relation.written;
    const [from, to] = reversed ? [target, own] : [own, target];
    return `${from.noun.name} ${relation.writes} ${to.noun.name}`;
  });
  for (const [name, group] of kinds) {
    const [{ ref, own, target }] = group as [Linked];
    const { relation, reversed } = ref.relation.written;
    const [from, to] = reversed ? [target.noun, own.noun] : [own.noun, target.noun];
    const kind: EdgeKind = { from, relation, to };
    const edges = group.map((link): EdgeWrite => {
      const { key } = link.own;
      return reversed
        ? { from: link.target.key, to: key, columns: link.ref.edge }
        : { from: key, to: link.target.key, columns: link.ref.edge };
    });
    const places = [...grouped(edges, (edge) => `${edge.from}\n${edge.to}`).values()];
    // Nothing can lead to what was not there before.
    const isFresh = ({ from: a, to: b }: EdgeWrite) => isCreated(from, a) || isCreated(to, b);
    const areThere = ({ from: a, to: b }: EdgeWrite) =>
      (isCreated(from, a) || present.has(from, a)) && (isCreated(to, b) || present.has(to, b));
    const sorts = grouped(places, ([edge]) => {
      if (!edge || !areThere(edge)) return 'any';
      return isFresh(edge) ? 'fresh' : merged ? 'any' : 'open';
    });
    await createEdges(writing, kind, (sorts.get('fresh') ?? []).flat(), true);
    const open = (sorts.get('open') ?? []).flat();
    // Where the last ones were there, these are looked for first.
    const there = known.has(name) ? open : await createEdges(writing, kind, open, false);
    if (there.length > open.length / 2) known.add(name);
    const left = await differingEdges(writing, kind, there);
    await writeEdges(writing, kind, [...left, ...(sorts.get('any') ?? []).flat()]);
  }
}

/** Counts nodes that stand just as all rows of theirs say. */
async function unchangedNodes(
  writing: Writing,
  { noun, cleared }: Load,
  writes: readonly NodeWrite[],
): Promise<ReadonlySet<string>> {
  const [same, others] = await sameNodes(writing, noun, writes, cleared);
  const unchanged = new Set(same.map(({ key }) => key));
  for (const { key } of others) unchanged.delete(key);
  writing.tally.add(noun.name, 'unchanged', unchanged.size);
  return unchanged;
}

/** Counts relationships that are there as they should be; the others are still to be written, and what goes with them. */
async function differingEdges(
  writing: Writing,
  kind: EdgeKind,
  edges: readonly EdgeWrite[],
): Promise<readonly EdgeWrite[]> {
  const placeOf = ({ from, to }: EdgeWrite) => `${from}\n${to}`;
  const [same, others] = await sameEdges(writing, kind, edges);
  const differ = new Set(others.map(placeOf));
  const unchanged = new Set(same.map(placeOf).filter((place) => !differ.has(place)));
  writing.tally.add(kind.relation.writes, 'unchanged', unchanged.size);
  return others.length ? edges.filter((edge) => differ.has(placeOf(edge))) : [];
}

/** Ties what a load made to where it stands in its source. */
async function cite(
  writing: Writing,
  load: Load,
  made: readonly Made[],
  outcomes: ReadonlyMap<string, Outcome>,
  source: string,
): Promise<void> {
  const rows = grouped(made, ({ key }) => key);
  const fresh: NewTie[] = [];
  const standing: NewTie[] = [];
  const others: Made[] = [];
  for (const [key, own] of rows) {
    const [citation, ...more] = own.flatMap(({ citations }) => citations);
    const outcome = outcomes.get(key);
    const alone = citation && !more.length && citation.source === source && isPlain(citation);
    if (outcome === 'kept') continue;
    if (!alone || outcome === undefined) others.push(...own);
    else if (outcome === 'created') fresh.push({ key, citation });
    else standing.push({ key, citation });
  }
  await citeNew(writing, load.noun, source, fresh);
  for (const { key } of (await sameCitations(writing, load.noun, standing))[1])
    others.push(...(rows.get(key) ?? []));
  if (!others.length) return;
  await writeCitations(
    writing,
    others.flatMap(({ citations }) => citations),
  );
  await writeSupport(
    writing,
    load.noun,
    others.flatMap(({ key, citations }) =>
      outcomes.get(key) === 'kept' ? [] : { key, citations: citations.map((each) => each.key) },
    ),
    {
      renewed: load.merges ? undefined : source,
      isNew: (key) => outcomes.get(key) === 'created',
    },
  );
}

async function replace({ run, log, tally }: Writing, { replaced }: Ones): Promise<void> {
  for (const [, group] of grouped(
    replaced,
    ({ from, type, to }) => `${from.noun.name} ${type} ${to.noun.name}`,
  )) {
    const [{ from, type, to }] = group as [(typeof group)[0]];
    const rows = group.map((each) => [each.from.key, each.to.key]);
    await run(statements.removeEdges(from.noun, type, to.noun), { rows });
    log.edges.push({
      from: from.noun.name,
      type,
      to: to.noun.name,
      created: [],
      changed: [],
      removed: group.map((each) => [each.from.key, each.to.key, each.stored]),
    });
    tally.add(type, 'changed', 0);
  }
}
