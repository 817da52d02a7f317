import type { Noun } from '../../../src/blueprint';
import type { Answer } from '../client';
import { holds, type Filter } from './filter';
import { aggregate, knownOf, measured, moneyOf, numberOf } from './measure';
import { near, same } from './question';
import { compare, folded, periodOf } from './value';
import { Words, type Wording } from './words';
import type { PlainNode, Row, World } from './world';

type Item = Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** A question of groups. */
export interface GroupQuestion {
  readonly noun: string;
  readonly by: readonly Item[];
  readonly where?: Filter | null;
  readonly having?: Item;
  readonly orderBy?: readonly Item[];
  readonly first: number;
  readonly pages?: number;
  readonly measures?: readonly { readonly of: string; readonly fn: string }[];
  /** Whether a change along a date is asked for. */
  readonly change?: boolean;
  /** Whether gaps in time become groups of none. */
  readonly fill?: boolean;
  /** Whether a second page of the members is asked for. */
  readonly more?: boolean;
  readonly wording?: Wording;
}

/** What members have in common: a value, or a node by its key. */
interface Key {
  readonly value: unknown;
  /** Tells groups apart. */
  readonly id: string;
  /** By what it is ordered. */
  readonly sort: readonly unknown[];
}

interface Group {
  readonly keys: readonly Key[];
  readonly members: Set<PlainNode>;
}

const nothing: Key = { value: null, id: 'null', sort: [null, null] };

/** The keys that one item of `by` gives a node: one for each value, the unknown where there is none. */
function keysOf(world: World, noun: Noun, item: Item, node: PlainNode): Key[] {
  const [[name, value]] = Object.entries(item).filter(
    ([each, given]) => given != null && each !== 'rollUp' && !noun.properties.get(each)?.restricts,
  ) as [[string, Item & string]];
  const relation = noun.relations.get(name);
  if (relation) {
    const inner = value as Item;
    const far = world
      .far(node, relation)
      .map((each) => each.node)
      .filter((each) => restricted(relation.target, inner, each));
    const tops = inner.rollUp ? far.map((each) => broadest(world, each)) : far;
    return tops.length
      ? tops.flatMap((each) => keysOf(world, relation.target, inner, each))
      : [nothing];
  }
  if (name === 'type' && noun.isInterface) return [plain(node.noun.name)];
  if (name === 'key')
    return [
      { value: node.key, id: `${node.noun.name}:${node.key}`, sort: [node.key, node.noun.name] },
    ];
  const property = noun.properties.get(name);
  const given: unknown = node.row[name] ?? null;
  if (given === null) return [nothing];
  if (property?.kind === 'date') return [plain(grain(given as string, value))];
  if (property?.kind === 'period') return [plain(grain(periodOf(given).start, value))];
  if (property?.kind === 'string')
    return [{ value: given, id: `=${given as string}`, sort: [folded(given as string), given] }];
  return [plain(typeof given === 'number' ? given + 0 : given)];
}

const plain = (value: unknown): Key =>
  value === null ? nothing : { value, id: `=${JSON.stringify(value)}`, sort: [value, null] };

const restricted = (noun: Noun, item: Item, { row }: PlainNode) =>
  [...noun.properties.values()].every(
    ({ name, restricts }) =>
      !restricts ||
      item[name] == null ||
      (row[name] != null && folded(row[name] as string) === folded(item[name] as string)),
  );

/** Up along the relation to one that leads from a noun to itself. */
function broadest(world: World, node: PlainNode): PlainNode {
  const tree = [...node.noun.relations.values()].find(
    (each) => each.one && each.writes && each.target === node.noun,
  );
  let at = node;
  for (let up = tree && world.far(at, tree)[0]; up; up = tree && world.far(at, tree)[0])
    at = up.node;
  return at;
}

function grain(date: string | null, by: string): unknown {
  if (date === null) return null;
  if (by === 'YEAR') return Number(date.slice(0, 4));
  if (date.length < 7) return null;
  const month = Number(date.slice(5, 7));
  return by === 'QUARTER' ? `${date.slice(0, 4)}-Q${Math.ceil(month / 3)}` : date.slice(0, 7);
}

function groupsOf(
  world: World,
  noun: Noun,
  by: readonly Item[],
  nodes: readonly PlainNode[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const node of nodes) {
    let rows: Key[][] = [[]];
    for (const item of by) {
      const from = item.rollUp ? broadest(world, node) : node;
      const keys = keysOf(world, noun, item, from);
      rows = rows.flatMap((row) => keys.map((key) => [...row, key]));
    }
    for (const keys of rows) {
      const id = keys.map((key) => key.id).join('\n');
      const group = groups.get(id) ?? { keys, members: new Set() };
      groups.set(id, group);
      group.members.add(node);
    }
  }
  return [...groups.values()];
}

/** A measure of a group by which it is ordered or kept: unknown where its values are in several units. */
function measureOf(noun: Noun, { of, fn, currency }: Item, group: Group): number | null {
  const values = [...group.members]
    .map((node) => measured(noun, of as string, node.row))
    .filter((each) => each.value !== null && (!currency || each.currency === currency));
  const counts = (fn as string).startsWith('COUNT');
  if (!counts && new Set(values.map((each) => each.unit)).size > 1) return null;
  return aggregate(
    fn as string,
    values.map((each) => each.value as number),
  );
}

function orderedGroups(noun: Noun, orderBy: readonly Item[], groups: readonly Group[]): Group[] {
  const keys = orderBy.map((item) => {
    const [[name, value]] = Object.entries(item) as [[string, Item & string]];
    if (name === 'count')
      return { down: value === 'DESC', read: (group: Group): unknown[] => [group.members.size] };
    if (name === 'key')
      return {
        down: value.direction === 'DESC',
        read: (group: Group) => group.keys[value.index as number]?.sort as unknown[],
      };
    return {
      down: value.direction === 'DESC',
      read: (group: Group): unknown[] => [measureOf(noun, value, group)],
    };
  });
  const last = { down: false, read: (group: Group) => group.keys.flatMap((key) => key.sort) };
  return [...groups].sort((a, b) => {
    for (const { down, read } of [...keys, last]) {
      const [x, y] = [read(a), read(b)];
      for (const [index, value] of x.entries()) {
        const other = y[index] ?? null;
        if (value === null && other === null) continue;
        if (value === null) return 1;
        if (other === null) return -1;
        const apart = compare(value, other);
        if (apart) return down ? -apart : apart;
      }
    }
    return 0;
  });
}

function kept(noun: Noun, having: Item, group: Group): boolean {
  const { count, measure } = having as Record<string, Item | undefined>;
  const fits = (value: number | null, ops: Item) =>
    Object.entries(ops).every(([name, given]) => {
      if (name === 'isNull') return (value === null) === given;
      if (name === 'in') return (given as number[]).includes(value as number);
      if (name === 'notIn') return !(given as number[]).includes(value as number);
      if (value === null) return false;
      const apart = value - (given as number);
      return { eq: apart === 0, ne: apart !== 0, lt: apart < 0, lte: apart <= 0, gt: apart > 0, gte: apart >= 0 }[name]; // prettier-ignore
    });
  if (count && !fits(group.members.size, count)) return false;
  if (!measure) return true;
  const { of, fn, currency, ...ops } = measure;
  return fits(measureOf(noun, { of, fn, currency } as Item, group), ops);
}

/** Where the pages of groups and of their members begin. */
interface Cursors {
  readonly groups: string | null;
  readonly members: string | null;
}

function documentOf(
  words: Words,
  noun: Noun,
  question: GroupQuestion,
  { groups, members }: Cursors,
): string {
  const { measures = [], change, by, where, having, orderBy, first, fill } = question;
  const fields = measures.map(
    ({ of, fn }, index) =>
      `n${index}: number(of: ${of}, fn: ${fn}) k${index}: known(of: ${of}) u${index}: unknown(of: ${of})` +
      (change ? ` c${index}: changeFromPrevious(of: ${of}, fn: ${fn})` : '') +
      (isMoney(noun, of) ? ` m${index}: money(of: ${of}, fn: ${fn}) { amount currency }` : ''),
  );
  const root = `${noun.name.charAt(0).toLowerCase()}${noun.name.slice(1)}Groups`;
  const args = [
    `by: ${words.value(`[${noun.name}GroupBy!]!`, by)}`,
    `where: ${words.value(`${noun.name}Filter`, where ?? null)}`,
    `having: ${words.value('GroupHaving', having ?? {})}`,
    `orderBy: ${words.value('[GroupOrder!]', orderBy ?? [])}`,
    `first: ${words.variable('Int', first)}`,
    fill ? 'fill: true' : `after: ${words.variable('String', groups)}`,
  ];
  const after = members === null ? '' : `, after: ${words.variable('String', members)}`;
  const body =
    `totalCount pageInfo { endCursor hasNextPage } nodes { count share keys { path value node { __typename } } ` +
    `members(first: 3${after}) { totalCount nodes { __typename key } pageInfo { endCursor hasNextPage } } ${fields.join(' ')} }`;
  return `${words.head} { groups: ${root}(${args.join(', ')}) { ${body} } }`;
}

const isMoney = (noun: Noun, of: string) =>
  [...noun.properties.values()].some(
    ({ name, kind, unit }) =>
      name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase() === of && (kind === 'money' || unit),
  );

type Ask = (query: string, variables: Record<string, unknown>) => Promise<Answer>;

/** Puts a group of none wherever a series has nothing between the first date of all and the last. */
function filled(by: readonly Item[], groups: readonly Group[]): readonly Group[] {
  const at = dateOf(by);
  const dates = groups
    .flatMap(({ keys }) => (keys[at]?.value == null ? [] : [keys[at].value]))
    .sort(compare);
  const series = new Map(
    groups.map((group) => [
      group.keys.map((key, index) => (index === at ? '' : key.id)).join('\n'),
      group.keys,
    ]),
  );
  const there = new Set(groups.map(({ keys }) => keys.map((key) => key.id).join('\n')));
  const full = [...groups];
  for (const like of series.values())
    for (
      let date: unknown = dates[dates.length - 1];
      date != null && compare(date, dates[0]) >= 0;
    ) {
      const keys = like.map((key, index) => (index === at ? plain(date) : key));
      if (!there.has(keys.map((key) => key.id).join('\n'))) full.push({ keys, members: new Set() });
      date = earlier(date);
    }
  return full;
}

const dateOf = (by: readonly Item[]): number =>
  by.findIndex((item) => /"(YEAR|QUARTER|MONTH)"/.test(JSON.stringify(item)));

/** The most groups that can be filled up to. */
const most = 1_000;

/** Asks for groups and holds them against plain loops. @returns how many requests that took */
export async function checkGroups(
  world: World,
  ask: Ask,
  question: GroupQuestion,
): Promise<number> {
  const noun = world.blueprint.get(question.noun);
  const { where = null, having = {}, orderBy = [], first, pages = 1, by, fill } = question;
  // A taxonomy keeps to its own: the others are in no group, and no part of the whole.
  const found = world
    .all(noun)
    .filter((node) => holds(world, noun, where, node))
    .filter((node) => by.every((item) => restricted(noun, item, node)));
  const grouped = groupsOf(world, noun, by, found);
  const whole = fill ? filled(by, grouped) : grouped;
  const all = orderedGroups(
    noun,
    orderBy,
    whole.filter((group) => kept(noun, having, group)),
  );
  const groupsFrom = async (cursors: Cursors): Promise<Row> => {
    const words = new Words(world.schema, question.wording ?? 'variable');
    const answer = await ask(documentOf(words, noun, question, cursors), words.values);
    const fault = answer.errors?.find(({ extensions }) => extensions?.code !== 'MIXED_UNITS');
    const groups = answer.data?.groups as Row | undefined;
    if (fault || !groups) throw new Error(fault?.message ?? 'nothing was answered');
    return groups;
  };
  if (fill && whole.length > most) {
    const refused = await groupsFrom({ groups: null, members: null }).then(String, String);
    if (!refused.includes(`more than ${most} groups`))
      throw new Error(`${whole.length} groups: ${refused}`);
    return 1;
  }
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const groups = await groupsFrom({ groups: cursor, members: null });
    same('totalCount', groups.totalCount, all.length);
    const wanted = all.slice(first * page, first * (page + 1));
    const shown = (keys: readonly unknown[], count: number) => `${keys.join(' | ')}: ${count}`;
    same(
      'groups',
      (groups.nodes as Row[])
        .map((group) =>
          shown(
            (group.keys as Row[]).map((key) => key.value),
            group.count as number,
          ),
        )
        .join('\n'),
      wanted
        .map((group) =>
          shown(
            group.keys.map(({ value }) => (value === null ? null : String(value as string))),
            group.members.size,
          ),
        )
        .join('\n'),
    );
    for (const [index, group] of wanted.entries())
      checkGroup(noun, question, (groups.nodes as Row[])[index] as Row, group, found.length, whole);
    if (question.more && page === 0)
      await checkMembers(groups, wanted, (members) => groupsFrom({ groups: null, members }));
    const { endCursor, hasNextPage } = groups.pageInfo as {
      endCursor: string;
      hasNextPage: boolean;
    };
    same('hasNextPage', hasNextPage, all.length > first * (page + 1));
    if (!hasNextPage || !first || fill) return page + 1;
    cursor = endCursor;
  }
  return pages;
}

/** Goes on from the end of the members of one group: in each group with those that come after it. */
async function checkMembers(
  before: Row,
  wanted: readonly Group[],
  from: (members: string) => Promise<Row>,
): Promise<void> {
  const pages = (before.nodes as Row[]).map((group) => group.members as Row);
  const page = pages.find(({ pageInfo }) => (pageInfo as Row).hasNextPage) ?? pages[0];
  const end = (page?.nodes as Row[] | undefined)?.at(-1);
  if (!page || !end) return;
  const after = await from((page.pageInfo as Row).endCursor as string);
  const place = [end.key, end.__typename];
  for (const [index, group] of wanted.entries()) {
    const rest = [...group.members]
      .map(({ key, noun: { name } }) => [key, name])
      .filter((each) => byPlace(each, place) > 0)
      .sort(byPlace);
    const { nodes, totalCount } = (after.nodes as Row[])[index]?.members as Row;
    same('members', totalCount, group.members.size);
    same(
      'further members',
      (nodes as Row[]).map((node) => `${node.__typename}:${node.key}`).join(),
      rest
        .slice(0, 3)
        .map(([key, name]) => `${name}:${key}`)
        .join(),
    );
  }
}

const byPlace = (a: readonly unknown[], b: readonly unknown[]): number =>
  compare(a[0], b[0]) || compare(a[1], b[1]);

function checkGroup(
  noun: Noun,
  { measures = [], change, by }: GroupQuestion,
  given: Row,
  group: Group,
  grouped: number,
  whole: readonly Group[],
): void {
  const members = [...group.members];
  near('share', given.share as number, grouped ? members.length / grouped : 0);
  same('members', (given.members as Row).totalCount, members.length);
  same(
    'first members',
    ((given.members as Row).nodes as Row[]).map((node) => node.key as string).join(),
    members
      .map((node) => node.key)
      .sort(compare)
      .slice(0, 3)
      .join(),
  );
  for (const [index, { of, fn }] of measures.entries()) {
    const known = knownOf(noun, of, members);
    same(`known ${of}`, given[`k${index}`], known);
    same(`unknown ${of}`, given[`u${index}`], members.length - known);
    const number = numberOf(noun, of, fn, members);
    near(`${fn} ${of}`, given[`n${index}`] as number | null, number === 'MIXED' ? null : number);
    if (change)
      near(
        `change of ${fn} ${of}`,
        given[`c${index}`] as number | null,
        changeOf(noun, { of, fn }, group, whole, by),
      );
    const money = given[`m${index}`] as Row[] | undefined;
    if (!money) continue;
    const amounts = moneyOf(noun, of, fn, members);
    same(
      `currencies of ${of}`,
      money.map((each) => each.currency as string).join(),
      amounts.map((each) => each.currency).join(),
    );
    for (const [at, each] of amounts.entries())
      near(`${fn} ${of} ${each.currency}`, money[at]?.amount as number, each.amount);
  }
}

/** The change against the group one date earlier, its other keys alike. */
function changeOf(
  noun: Noun,
  measure: Item,
  group: Group,
  whole: readonly Group[],
  by: readonly Item[],
): number | null {
  const at = dateOf(by);
  const now = group.keys[at]?.value ?? null;
  if (now === null) return null;
  const before = whole.find((other) =>
    other.keys.every((key, index) =>
      index === at ? key.value === earlier(now) : key.id === group.keys[index]?.id,
    ),
  );
  const [from, to] = [
    before ? measureOf(noun, measure, before) : null,
    measureOf(noun, measure, group),
  ];
  return from === null || to === null || from === 0 ? null : (to - from) / Math.abs(from);
}

function earlier(date: unknown): unknown {
  if (typeof date === 'number') return date - 1;
  const [year, part] = (date as string).split('-') as [string, string];
  const quarter = part.startsWith('Q');
  const n = Number(part.replace('Q', ''));
  const last = quarter ? 4 : 12;
  const [y, p] = n === 1 ? [Number(year) - 1, last] : [Number(year), n - 1];
  return quarter ? `${y}-Q${p}` : `${y}-${String(p).padStart(2, '0')}`;
}
