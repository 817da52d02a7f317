import type { Noun } from '../../blueprint';
import { bulkOthersInRole } from '../../derive/bulk';
import * as statements from '../../derive/statements';
import type { FaultKind, RowFault } from '../fault';
import { asText } from '../../support/as-text';
import { writeCitations, writeSupport } from '../load/citations';
import { grouped, type Writing } from '../load/context';
import { citeNew, createEdges, createNodes, isPlain, type NewTie } from '../load/create';
import { hiddenNodes, hiddenWays } from '../load/hidden';
import { roleOf, writeEdges, type EdgeKind, type EdgeWrite } from '../load/edges';
import { Moved } from '../load/moved';
import { writeNodes, type NodeWrite, type Outcome } from '../load/nodes';
import { pack } from '../load/pack';
import { sameCitations, sameEdges, sameNodes } from '../load/same';
import type { Load } from '../mapping/compile';
import type { Made, MadeRow, Ref } from './made';
import { Ones, type Wanted } from './ones';
import { Present } from './present';
import { References } from './references';
import { Trees } from './trees';

/** A fault that only the graph could tell: of which row, and what. */
export interface Rejected {
  readonly row: number;
  readonly fault: RowFault;
  /** Only told: the row is loaded all the same. */
  readonly note?: boolean;
}

/** What a batch is written with. */
export interface BatchWork {
  /** Kinds of relationships of which, when they were last written, most were there already. */
  readonly known: Set<string>;
  readonly writing: Writing;
  readonly file: string;
  readonly source: string;
  readonly rows: readonly MadeRow[];
  /** Whether the nodes are there already and only what they were to wait for is written. */
  readonly second: boolean;
}

interface Linked extends Wanted {
  readonly row: MadeRow;
  readonly load: Load;
}

/** What a rehearsal takes for there, though nothing was written. */
export interface Assumed {
  readonly makes: (noun: string) => boolean;
  readonly has: (noun: string, key: string) => boolean;
}

/** Finds out what of some rows can be written: every row whole or not at all. */
export async function judge(
  { writing, file, rows, second }: BatchWork,
  assumed?: Assumed,
): Promise<{
  readonly rows: readonly MadeRow[];
  readonly untried: number;
  readonly links: readonly Linked[];
  readonly rejected: readonly Rejected[];
  readonly ones: Ones;
  readonly present: Present;
}> {
  const { run, dataset } = writing;
  const rejected: Rejected[] = [];
  const refsOf = ({ refs }: Made): readonly Ref[] =>
    refs.filter(({ relation }) => relation.deferred === second);
  let left: readonly MadeRow[] = rows.filter(({ faults }) => !faults.length);
  const present = await Present.of(run, left, refsOf);
  // The nodes of rows that were rejected in the first reading are not there.
  if (second)
    left = left.filter(({ made }) =>
      made.every(({ load, key }) => !present.isFree(load.noun, key)),
    );
  const retracted = writing.curated ? await retractedAmong(run, left, present) : none;
  const references = await References.of(run, left, refsOf, present);
  const reject = (row: MadeRow, field: string, kind: FaultKind, message: string, note = false) => {
    rejected.push({
      row: row.row,
      fault: { file, line: row.line, field, kind, message, ...columnsOf(row, field) },
      ...(note ? { note } : {}),
    });
  };
  for (const [row, id] of second ? none : retracted)
    reject(row, 'key', 'retracted', `"${id}" was retracted by a curator and stays hidden.`);
  left = left.filter((row) => !retracted.has(row));
  // A row that is rejected takes with it what others hoped to find; so until nothing changes.
  let links: Linked[] = [];
  let untried = 0;
  for (let again = true; again;) {
    again = false;
    links = [];
    untried = 0;
    const making = new Map<Noun, Set<string>>();
    if (!second)
      for (const { load, key } of left.flatMap(({ made }) => made)) {
        const keys = making.get(load.noun) ?? new Set();
        making.set(load.noun, keys.add(key));
      }
    const kept = left.filter((row) => {
      const own: Linked[] = [];
      for (const made of row.made)
        for (const ref of refsOf(made)) {
          const target = references.target(ref, (noun, key) =>
            Boolean(making.get(noun)?.has(key) || assumed?.has(noun.name, key)),
          );
          const { field, optional } = ref.relation;
          if ('kind' in target && assumed && triesInVain(ref, assumed)) {
            untried++;
            continue;
          }
          if ('kind' in target) {
            // What waited for the second reading can only be told: its node is there.
            const told = optional || second;
            reject(row, field, told && optional ? 'unlinked' : target.kind, target.message, told);
            if (told) continue;
            return false;
          }
          own.push({
            row,
            load: made.load,
            ref,
            own: { noun: made.load.noun, key: made.key },
            target,
            again: made.again,
          });
        }
      links.push(...own);
      return true;
    });
    again = kept.length < left.length;
    left = kept;
    // Notes of rows that are asked again would be told twice.
    if (again)
      for (let at = rejected.length - 1; at >= 0; at--)
        if (rejected[at]?.note) rejected.splice(at, 1);
  }
  if (writing.curated) links = await stillShown(run, links);
  const roles = await rolesTaken(writing, links);
  const ones = await Ones.of(run, dataset, links, present);
  const trees = await Trees.of(run, links);
  const refused = new Set<MadeRow>();
  const standingLinks: Linked[] = [];
  for (const [row, own] of grouped(links, (link) => link.row)) {
    for (const link of own) {
      const { field } = link.ref.relation;
      const taken = roles.get(link);
      const twice = taken === undefined ? ones.refuses(link) : undefined;
      const circle = taken === undefined && twice === undefined ? trees.refuses(link) : undefined;
      const why = taken ?? twice ?? circle;
      if (why === undefined) {
        standingLinks.push(link);
        continue;
      }
      reject(row, field, taken ? 'role' : twice ? 'one' : 'cycle', why, second);
      if (!second) refused.add(row);
    }
  }
  return {
    rows: left.filter((row) => !refused.has(row)),
    links: standingLinks.filter(({ row }) => !refused.has(row)),
    rejected,
    untried,
    ones,
    present,
  };
}

const none: ReadonlyMap<MadeRow, string> = new Map();

/** Rows that make what a curator has hidden, and its id. */
async function retractedAmong(
  run: Writing['run'],
  rows: readonly MadeRow[],
  present: Present,
): Promise<ReadonlyMap<MadeRow, string>> {
  const made = rows.flatMap((row) =>
    row.made.map(({ load: { noun }, key }) => ({
      row,
      noun,
      key: present.movedTo(noun, key) ?? key,
    })),
  );
  const hidden = await hiddenNodes(run, made);
  return new Map(
    made.flatMap(({ row, noun, key }) =>
      hidden.has(`${noun.name}:${key}`) ? [[row, `${noun.name}:${key}`] as const] : [],
    ),
  );
}

/** Without the links that a curator has hidden: they are not written again, and take no place. */
async function stillShown(run: Writing['run'], links: readonly Linked[]): Promise<Linked[]> {
  const ways = links.map((link) => {
    const { relation, reversed } = link.ref.relation.written;
    const [from, to] = reversed ? [link.target, link.own] : [link.own, link.target];
    return { link, relation, from, to };
  });
  const hidden = await hiddenWays(run, ways);
  return ways.filter((way) => !hidden.has(way)).map(({ link }) => link);
}

/** Whether a rehearsal cannot know: what is looked for by name would only be there if it were written. */
function triesInVain({ relation, key }: Ref, { makes }: Assumed): boolean {
  return (
    key === null &&
    [
      ...relation.nouns,
      ...relation.find.flatMap(({ criterion }) => criterion.relation?.target ?? []),
    ].some(({ name }) => makes(name))
  );
}

/** Writes rows that were judged. */
export async function writeBatch(
  { writing, source, second, known }: BatchWork,
  { rows, links, ones, present }: Awaited<ReturnType<typeof judge>>,
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

/** Links that would give a role to a key that another noun plays it under: an investor's key is unique across all. */
async function rolesTaken(
  { run }: Writing,
  links: readonly Linked[],
): Promise<ReadonlyMap<Linked, string>> {
  const taken = new Map<Linked, string>();
  const players = new Map<string, string>();
  const starts = links.flatMap((link) => {
    const { relation, reversed } = link.ref.relation.written;
    const from = reversed ? link.target : link.own;
    const role = roleOf(relation, from.noun);
    return role ? [{ link, from, role }] : [];
  });
  for (const group of grouped(starts, ({ from, role }) => `${role} ${from.noun.name}`).values()) {
    const [{ from, role }] = group as [(typeof group)[0]];
    const { p } = pack([
      { name: 'keys', full: true, values: [...new Set(group.map((each) => each.from.key))] },
    ]);
    const others = new Map(
      (await run(bulkOthersInRole(role, from.noun), p)) as [string, string[]][],
    );
    for (const each of group) {
      const place = `${role}:${each.from.key}`;
      const player = players.get(place) ?? from.noun.name;
      players.set(place, player);
      const labels =
        others.get(each.from.key) ?? (player === from.noun.name ? undefined : [player]);
      if (labels)
        taken.set(
          each.link,
          `"${each.from.key}" is ${role} already as ${labels.filter((label) => label !== role && label !== 'Entity').join(', ')}; its key is unique among all of them.`,
        );
    }
  }
  return taken;
}

/** Which columns a relation is read from, and what stands there. */
function columnsOf(row: MadeRow, field: string): Partial<RowFault> {
  const relation = row.made
    .flatMap(({ refs }) => refs)
    .find((ref) => ref.relation.field === field)?.relation;
  const columns = [
    ...new Set(
      [...(relation?.key ?? []), ...(relation?.find.map(({ cell }) => cell) ?? [])].flatMap(
        (cell) => cell.columns,
      ),
    ),
  ];
  if (!columns.length) return {};
  return {
    column: columns.join(', '),
    value: columns.map((name) => asText(row.cells[name])).join(', '),
  };
}
