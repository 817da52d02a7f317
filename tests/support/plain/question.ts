import type { Noun, RelationDef } from '../../../src/blueprint';
import { connectionName } from '../../../src/derive/names';
import type { Answer } from '../client';
import { edgeText, edgeValues, nodeText, nodeValues } from './fields';
import { holds, meetsAlong, type Filter } from './filter';
import { knownOf, moneyOf, numberOf } from './measure';
import { ordered } from './order';
import { Words, type Wording } from './words';
import type { Far, PlainNode, Row, World } from './world';

type Item = Readonly<Record<string, unknown>>;

/** What is asked of one list: which, in what order, how many, and what of them all. */
export interface ListQuestion {
  readonly where?: Filter | null;
  readonly orderBy?: readonly Item[];
  readonly first?: number;
  readonly last?: number;
  readonly measures?: readonly { readonly of: string; readonly fn: string }[];
  /** Whether only the total is asked for, only the page, or both. */
  readonly parts?: 'total' | 'page' | 'both';
  /** Whether all that the nodes say of themselves is asked for, and these relations to one. */
  readonly values?: { readonly ones: readonly string[] };
}

/** A question of a root list, and of a relation of each of its nodes. */
export interface Question extends ListQuestion {
  readonly noun: string;
  readonly nested?: NestedQuestion;
  /** How many pages are read, one after the other. */
  readonly pages?: number;
  /** The place of a row at which the walk ends, whichever way it goes. */
  readonly until?: number;
  readonly wording?: Wording;
}

/** A question of a relation: what the relationships say may be asked for, and a second page. */
export interface NestedQuestion extends ListQuestion {
  readonly relation: string;
  readonly edges?: boolean;
  readonly again?: boolean;
}

/** Where pages begin and end. */
interface Cursors {
  readonly from: string | null;
  readonly until: string | null;
  /** That of the relation. */
  readonly nested: string | null;
}

export type Ask = (query: string, variables: Record<string, unknown>) => Promise<Answer>;

const measureFields = (list: ListQuestion, noun: Noun) =>
  (list.measures ?? []).map(
    ({ of, fn }, index) =>
      `n${index}: number(of: ${of}, fn: ${fn}) k${index}: known(of: ${of}) u${index}: unknown(of: ${of})` +
      (isMoney(noun, of) ? ` m${index}: money(of: ${of}, fn: ${fn}) { amount currency }` : ''),
  );

const isMoney = (noun: Noun, of: string) =>
  [...noun.properties.values()].some(
    ({ name, kind, unit }) =>
      name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase() === of && (kind === 'money' || unit),
  );

/** The question as a document. */
function documentOf(words: Words, world: World, question: Question, cursors: Cursors): string {
  const noun = world.blueprint.get(question.noun);
  const nested = question.parts === 'total' ? undefined : question.nested;
  let inner = '';
  if (nested) {
    const relation = noun.relations.get(nested.relation) as RelationDef;
    const filter = `${connectionName(relation).replace(/Connection$/, '')}Filter`;
    const args = argsOf(words, nested, filter, relation.target, [cursors.nested, null]);
    const said = nested.edges ? ` edges { cursor node { key } ${edgeText(relation)} }` : '';
    inner = ` ${relation.name}(${args}) { ${listFields(nested, relation.target)}${said} }`;
  }
  const args = argsOf(words, question, `${noun.name}Filter`, noun, [cursors.from, cursors.until]);
  return `${words.head} { ${noun.plural}(${args}) { ${listFields(question, noun, inner)} } }`;
}

function argsOf(
  words: Words,
  { where, orderBy, first, last }: ListQuestion,
  filter: string,
  noun: Noun,
  [from, until]: readonly [string | null, string | null],
): string {
  const backward = last !== undefined;
  const [far, near] = backward ? ['before', 'after'] : ['after', 'before'];
  return [
    `where: ${words.value(filter, where ?? null)}`,
    `orderBy: ${words.value(`[${noun.name}Order!]`, orderBy ?? [])}`,
    `${backward ? 'last' : 'first'}: ${words.variable('Int', last ?? first ?? 20)}`,
    `${far}: ${words.variable('String', from)}`,
    ...(until === null ? [] : [`${near}: ${words.variable('String', until)}`]),
  ].join(', ');
}

function listFields(list: ListQuestion, noun: Noun, inner = ''): string {
  const { parts = 'both', values } = list;
  const own = values ? ` ${nodeText(noun, values.ones)}` : '';
  return [
    ...(parts === 'page' ? [] : ['totalCount']),
    ...(parts === 'total'
      ? []
      : [
          `nodes { __typename key${own}${inner} }`,
          'pageInfo { startCursor endCursor hasNextPage hasPreviousPage }',
        ]),
    ...measureFields(list, noun),
  ].join(' ');
}

/** Asks a question and tells what is wrong with the answer, but for what is of several units. */
async function listOf(world: World, ask: Ask, question: Question, cursors: Cursors): Promise<Row> {
  const words = new Words(world.schema, question.wording ?? 'variable');
  const document = documentOf(words, world, question, cursors);
  const answer: Answer = await ask(document, words.values);
  const given = answer.data?.[world.blueprint.get(question.noun).plural] as Row | undefined;
  const fault = answer.errors?.find(({ extensions }) => extensions.code !== 'MIXED_UNITS');
  if (fault || !given) throw new Error(fault?.message ?? 'nothing was answered');
  return given;
}

/** The cursors of the first 100 rows of a list. */
async function cursorsOf(world: World, ask: Ask, question: Question): Promise<string[]> {
  const { plural, name } = world.blueprint.get(question.noun);
  const answer = await ask(
    `query ($w: ${name}Filter, $o: [${name}Order!]) { ${plural}(where: $w, orderBy: $o, first: 100) { edges { cursor } } }`,
    { w: question.where ?? null, o: question.orderBy ?? [] },
  );
  if (answer.errors?.[0]) throw new Error(answer.errors[0].message);
  return ((answer.data?.[plural] as Row).edges as Row[]).map(({ cursor }) => cursor as string);
}

/** Asks the question and holds the answer against plain loops. @returns how many requests that took */
export async function check(world: World, ask: Ask, question: Question): Promise<number> {
  const noun = world.blueprint.get(question.noun);
  const { where = null, orderBy = [], nested, pages = 1 } = question;
  const found = world.all(noun).filter((node) => holds(world, noun, where, node));
  const whole = ordered(world, noun, orderBy, found);
  const size = question.last ?? question.first ?? 20;
  const backward = question.last !== undefined;
  let asked = 0;
  let until: string | null = null;
  let all = whole;
  if (question.until !== undefined && whole.length && question.parts !== 'total') {
    const cursors = await cursorsOf(world, ask, question);
    asked++;
    const at = question.until % cursors.length;
    until = cursors[at] as string;
    all = backward ? whole.slice(at + 1) : whole.slice(0, at);
  }
  let from: string | null = null;
  for (let page = 0; page < pages; page++) {
    const given = await listOf(world, ask, question, { from, until, nested: null });
    asked++;
    const wanted = backward
      ? all.slice(Math.max(0, all.length - size * (page + 1)), all.length - size * page)
      : all.slice(size * page, size * (page + 1));
    const rest = all.length > size * (page + 1);
    checkList(world, noun, question, given, found, wanted, {
      hasNextPage: backward ? page > 0 : rest,
      hasPreviousPage: backward ? rest : page > 0,
    });
    if (nested && question.parts !== 'total') {
      checkNested(world, noun, nested, given, wanted, null);
      const after = nested.again ? endOf(world, noun, nested, given, wanted) : null;
      if (after) {
        const again = await listOf(world, ask, question, { from, until, nested: after.cursor });
        asked++;
        checkNested(world, noun, nested, again, wanted, after.node);
      }
    }
    if (!rest || question.parts === 'total') return asked;
    from = (given.pageInfo as Row)[backward ? 'startCursor' : 'endCursor'] as string;
    // A page of nothing has no end to go on from.
    if (!size) return asked;
  }
  return asked;
}

/** What the relation leads to that is asked for, in order; `with_` is put among it. */
function farOf(
  world: World,
  { target, position }: RelationDef,
  nested: NestedQuestion,
  far: readonly Far[],
  with_: PlainNode | null,
): PlainNode[] {
  const nodes = new Set(far.map(({ node }) => node));
  const orderBy = nested.orderBy ?? [];
  const all = ordered(world, target, orderBy, [...(with_ ? nodes.add(with_) : nodes)]);
  if (!position || orderBy.length) return all;
  const place = new Map(
    far.map(({ node, edge }) => [node, (edge[position] ?? Infinity) as number]),
  );
  const at = (node: PlainNode) => place.get(node) ?? Infinity;
  return all.sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}

/** The end of the first page below a parent that has one, to go on from below every parent. */
function endOf(
  world: World,
  noun: Noun,
  nested: NestedQuestion,
  given: Row,
  wanted: readonly PlainNode[],
): { readonly cursor: string; readonly node: PlainNode } | null {
  const relation = noun.relations.get(nested.relation) as RelationDef;
  // Places on relationships are not compared across parents.
  if (relation.position && !nested.orderBy?.length) return null;
  for (const parent of given.nodes as Row[]) {
    const { pageInfo, nodes } = parent[relation.name] as { pageInfo?: Row; nodes?: Row[] };
    const cursor = pageInfo?.[nested.last === undefined ? 'endCursor' : 'startCursor'] as string;
    const end = nodes?.[nested.last === undefined ? nodes.length - 1 : 0];
    const node = wanted
      .flatMap((each) => world.far(each, relation))
      .find((far) => far.node.key === end?.key && far.node.noun.name === end?.__typename)?.node;
    if (cursor && node) return { cursor, node };
  }
  return null;
}

function checkNested(
  world: World,
  noun: Noun,
  nested: NestedQuestion,
  given: Row,
  parents: readonly PlainNode[],
  from: PlainNode | null,
): void {
  const relation = noun.relations.get(nested.relation) as RelationDef;
  const size = nested.last ?? nested.first ?? 20;
  const backward = nested.last !== undefined;
  for (const [index, parent] of parents.entries()) {
    const far = world
      .far(parent, relation)
      .filter((each) => meetsAlong(world, relation, nested.where, each));
    const whole = farOf(world, relation, nested, far, from);
    const at = from ? whole.indexOf(from) : -1;
    const all = !from ? whole : backward ? whole.slice(0, at) : whole.slice(at + 1);
    const wanted = backward ? all.slice(Math.max(0, all.length - size)) : all.slice(0, size);
    const rest = all.length > size;
    const answered = (given.nodes as Row[])[index]?.[relation.name] as Row;
    const nodes = far.map(({ node }) => node);
    checkList(world, relation.target, nested, answered, nodes, wanted, {
      hasNextPage: backward ? from !== null : rest,
      hasPreviousPage: backward ? rest : from !== null,
    });
    if (!nested.edges) continue;
    const edges = (answered.edges as Row[]).map(({ cursor: _, ...edge }) => edge);
    const said = new Map(far.map(({ node, edge }) => [node, edge]));
    same(
      'edges',
      written(edges),
      written(
        wanted.map((node) => ({
          node: { key: node.key },
          ...edgeValues(relation, said.get(node) ?? {}),
        })),
      ),
    );
  }
}

/** As text, whatever the order of its fields. */
const written = (rows: readonly object[]): string =>
  rows
    .map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .join('\n');

function checkList(
  world: World,
  noun: Noun,
  list: ListQuestion,
  given: Row,
  found: readonly PlainNode[],
  wanted: readonly PlainNode[],
  info: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): void {
  const { parts = 'both', measures = [], values } = list;
  if (parts !== 'page') same('totalCount', given.totalCount, found.length);
  if (parts !== 'total') {
    const names = (given.nodes as Row[]).map((node) => `${node.__typename}:${node.key}`);
    same(
      'nodes',
      names.join('\n'),
      wanted.map((node) => `${node.noun.name}:${node.key}`).join('\n'),
    );
    if (values) {
      const wants = wanted.map((node) => nodeValues(world, noun, values.ones, node));
      const asked = new Set(wants.flatMap((row) => Object.keys(row)));
      const told = (given.nodes as Row[]).map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => asked.has(name))),
      );
      same('values', written(told), written(wants));
    }
    const { hasNextPage, hasPreviousPage } = given.pageInfo as Row;
    same('pageInfo', JSON.stringify({ hasNextPage, hasPreviousPage }), JSON.stringify(info));
  }
  for (const [index, { of, fn }] of measures.entries()) {
    const known = knownOf(noun, of, found);
    same(`known ${of}`, given[`k${index}`], known);
    same(`unknown ${of}`, given[`u${index}`], found.length - known);
    const number = numberOf(noun, of, fn, found);
    near(`${fn} ${of}`, given[`n${index}`] as number | null, number === 'MIXED' ? null : number);
    const money = given[`m${index}`] as Row[] | undefined;
    if (!money) continue;
    const amounts = moneyOf(noun, of, fn, found);
    same(
      `currencies of ${of}`,
      money.map((each) => each.currency).join(),
      amounts.map((each) => each.currency).join(),
    );
    for (const [at, each] of amounts.entries())
      near(`${fn} ${of} ${each.currency}`, money[at]?.amount as number, each.amount);
  }
}

export function same(what: string, given: unknown, wanted: unknown): void {
  if (given !== wanted)
    throw new Error(`${what}: answered ${String(given)}\nbut is ${String(wanted)}`);
}

/** Sums of floating numbers depend on their order in the last places. */
export function near(what: string, given: number | null, wanted: number | null): void {
  if (given === wanted) return;
  if (given !== null && wanted !== null) {
    const scale = Math.max(Math.abs(given), Math.abs(wanted));
    if (Math.abs(given - wanted) <= scale * 1e-9) return;
  }
  throw new Error(`${what}: answered ${given} but is ${wanted}`);
}
