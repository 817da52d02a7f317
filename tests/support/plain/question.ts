import type { Noun, RelationDef } from '../../../src/blueprint';
import { connectionName } from '../../../src/derive/names';
import type { Answer } from '../client';
import { holds, meetsAlong, type Filter } from './filter';
import { knownOf, moneyOf, numberOf } from './measure';
import { ordered } from './order';
import type { PlainNode, Row, World } from './world';

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
}

/** A question of a root list, and of a relation of each of its nodes. */
export interface Question extends ListQuestion {
  readonly noun: string;
  readonly nested?: ListQuestion & { readonly relation: string };
  /** How many pages are read, one after the other. */
  readonly pages?: number;
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

/** The question as a document, its values as variables. */
export function documentOf({ blueprint }: World, question: Question): string {
  const noun = blueprint.get(question.noun);
  const backward = question.last !== undefined;
  const page = backward ? 'last: $n, before: $c' : 'first: $n, after: $c';
  const nested = question.parts === 'total' ? undefined : question.nested;
  const relation = nested && (noun.relations.get(nested.relation) as RelationDef);
  const variables = [`$w: ${noun.name}Filter`, `$o: [${noun.name}Order!]`, '$n: Int', '$c: String'];
  let inner = '';
  if (nested && relation) {
    variables.push(
      `$w2: ${connectionName(relation).replace(/Connection$/, '')}Filter`,
      `$o2: [${relation.target.name}Order!]`,
      '$n2: Int',
    );
    const much = nested.last !== undefined ? 'last: $n2' : 'first: $n2';
    inner = ` ${relation.name}(where: $w2, orderBy: $o2, ${much}) { ${listFields(nested, relation.target)} }`;
  }
  return `query (${variables.join(', ')}) { ${noun.plural}(where: $w, orderBy: $o, ${page}) { ${listFields(question, noun, inner)} } }`;
}

function listFields(list: ListQuestion, noun: Noun, inner = ''): string {
  const { parts = 'both' } = list;
  return [
    ...(parts === 'page' ? [] : ['totalCount']),
    ...(parts === 'total'
      ? []
      : [
          `nodes { __typename key${inner} }`,
          'pageInfo { startCursor endCursor hasNextPage hasPreviousPage }',
        ]),
    ...measureFields(list, noun),
  ].join(' ');
}

/** Asks the question and holds the answer against plain loops. @returns how many requests that took */
export async function check(world: World, ask: Ask, question: Question): Promise<number> {
  const noun = world.blueprint.get(question.noun);
  const { where = null, orderBy = [], nested, pages = 1 } = question;
  const document = documentOf(world, question);
  const found = world.all(noun).filter((node) => holds(world, noun, where, node));
  const all = ordered(world, noun, orderBy, found);
  const size = question.last ?? question.first ?? 20;
  const backward = question.last !== undefined;
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const answer: Answer = await ask(document, {
      w: where,
      o: orderBy,
      n: size,
      c: cursor,
      ...(nested && {
        w2: nested.where,
        o2: nested.orderBy ?? [],
        n2: nested.last ?? nested.first ?? 20,
      }),
    });
    const given = answer.data?.[noun.plural] as Row | undefined;
    const faults = (answer.errors ?? []).filter(
      ({ extensions }) => extensions.code !== 'MIXED_UNITS',
    );
    if (faults.length || !given) throw new Error(faults[0]?.message ?? 'nothing was answered');
    const wanted = backward
      ? all.slice(Math.max(0, all.length - size * (page + 1)), all.length - size * page)
      : all.slice(size * page, size * (page + 1));
    const rest = all.length > size * (page + 1);
    checkList(noun, question, given, found, wanted, {
      hasNextPage: backward ? page > 0 : rest,
      hasPreviousPage: backward ? rest : page > 0,
    });
    if (nested && question.parts !== 'total')
      for (const [index, node] of wanted.entries()) {
        const relation = noun.relations.get(nested.relation) as RelationDef;
        const far = world
          .far(node, relation)
          .filter((each) => meetsAlong(world, relation, nested.where, each));
        checkNested(world, relation, nested, (given.nodes as Row[])[index] as Row, far);
      }
    if (!rest || question.parts === 'total') return page + 1;
    cursor = (given.pageInfo as Row)[backward ? 'startCursor' : 'endCursor'] as string;
    // A page of nothing has no end to go on from.
    if (!size) return page + 1;
  }
  return pages;
}

function checkNested(
  world: World,
  relation: RelationDef,
  nested: NonNullable<Question['nested']>,
  parent: Row,
  far: readonly { readonly node: PlainNode; readonly edge: Row }[],
): void {
  const { target, position } = relation;
  const nodes = far.map(({ node }) => node);
  let all = ordered(world, target, nested.orderBy ?? [], nodes);
  if (position && !nested.orderBy?.length) {
    const place = new Map(
      far.map(({ node, edge }) => [node, (edge[position] ?? Infinity) as number]),
    );
    const at = (node: PlainNode) => place.get(node) ?? Infinity;
    all = all.sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
  }
  const size = nested.last ?? nested.first ?? 20;
  const backward = nested.last !== undefined;
  const wanted = backward ? all.slice(Math.max(0, all.length - size)) : all.slice(0, size);
  const rest = all.length > size;
  checkList(target, nested, parent[relation.name] as Row, nodes, wanted, {
    hasNextPage: !backward && rest,
    hasPreviousPage: backward && rest,
  });
}

function checkList(
  noun: Noun,
  list: ListQuestion,
  given: Row,
  found: readonly PlainNode[],
  wanted: readonly PlainNode[],
  info: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): void {
  const { parts = 'both', measures = [] } = list;
  if (parts !== 'page') same('totalCount', given.totalCount, found.length);
  if (parts !== 'total') {
    const names = (given.nodes as Row[]).map((node) => `${node.__typename}:${node.key}`);
    same(
      'nodes',
      names.join('\n'),
      wanted.map((node) => `${node.noun.name}:${node.key}`).join('\n'),
    );
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
