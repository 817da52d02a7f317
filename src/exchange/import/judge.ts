import type { Noun } from '../../blueprint';
import { bulkOthersInRole } from '../../derive/bulk';
import type { FaultKind, RowFault } from '../fault';
import { asText } from '../../support/as-text';
import { grouped, type Writing } from '../load/context';
import { hiddenNodes, hiddenWays } from '../load/hidden';
import { roleOf } from '../load/edges';
import { pack } from '../load/pack';
import type { Load } from '../mapping/plan';
import type { Hints } from './hints';
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
  readonly hints: Hints;
  readonly writing: Writing;
  readonly file: string;
  readonly source: string;
  readonly rows: readonly MadeRow[];
  /** Whether the nodes are there already and only what they were to wait for is written. */
  readonly second: boolean;
}

/** A relationship that a row asks for. */
export interface Linked extends Wanted {
  readonly row: MadeRow;
  readonly load: Load;
}

/** What a rehearsal takes for there, though nothing was written. */
export interface Assumed {
  readonly makes: (noun: string) => boolean;
  readonly has: (noun: string, key: string) => boolean;
}

/** What of some rows can be written, and what stands against the rest. */
export interface Judged {
  readonly rows: readonly MadeRow[];
  /** References that a rehearsal could not try. */
  readonly untried: number;
  readonly links: readonly Linked[];
  readonly rejected: readonly Rejected[];
  readonly ones: Ones;
  readonly present: Present;
}

/** Finds out what of some rows can be written: every row whole or not at all. */
export async function judge(
  { writing, file, rows, second, hints }: BatchWork,
  assumed?: Assumed,
): Promise<Judged> {
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
    const fault = { file, line: row.line, field, kind, message, ...columnsOf(row, field) };
    rejected.push({ row: row.row, fault, ...(note ? { note } : {}) });
    return fault;
  };
  for (const [row, id] of second ? none : retracted)
    reject(row, 'key', 'retracted', `"${id}" was retracted by a curator and stays hidden.`);
  left = left.filter((row) => !retracted.has(row));
  const lost = new Map<RowFault, Ref>();
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
            const kind = told && optional ? 'unlinked' : target.kind;
            const fault = reject(row, field, kind, target.message, told);
            if (target.kind === 'reference') lost.set(fault, ref);
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
      const { field, optional } = link.ref.relation;
      const taken = roles.get(link);
      const twice = taken === undefined ? ones.refuses(link) : undefined;
      const circle = taken === undefined && twice === undefined ? trees.refuses(link) : undefined;
      const why = taken ?? twice ?? circle;
      if (why === undefined) {
        standingLinks.push(link);
        continue;
      }
      const told = optional || second;
      const kind = optional ? 'unlinked' : taken ? 'role' : twice ? 'one' : 'cycle';
      const remedy = told ? '' : ' With `optional: true` the row is loaded without it.';
      reject(row, field, kind, why + remedy, told);
      if (!told) refused.add(row);
    }
  }
  for (const [at, told] of rejected.entries()) {
    const ref = lost.get(told.fault);
    const hint = ref && (await hints.of(run, ref));
    if (hint)
      rejected[at] = { ...told, fault: { ...told.fault, message: told.fault.message + hint } };
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
