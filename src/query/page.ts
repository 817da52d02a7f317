import neo4j, { type Integer } from 'neo4j-driver';
import { lastBound, pageBound } from '../derive/bounds';
import type { Bound } from '../derive/spec';
import { moreThan, quote } from '../errors';
import type { Rows } from './column';
import type { Planning } from './context';
import { readCursor, signature, type CursorPart } from './cursor';
import type { Run } from './form';
import { inIndexOrder } from './index-order';
import { orderKeys, tieKeys, type OrderKey } from './order';
import { Sorted } from './sorted';
import { matched, type Source } from './source';

/** Which part of a list is asked for. */
export interface Page {
  readonly keys: readonly OrderKey[];
  readonly sign: string;
  readonly backward: boolean;
  readonly after: readonly CursorPart[] | null;
  readonly before: readonly CursorPart[] | null;
  /** The parameter that holds one more than was asked for. */
  readonly limit: string;
}

/** Reads `first`, `after`, `last`, `before` and the order; a bad one is the caller's fault. */
export function readPage(planning: Planning, source: Source, args: Record<string, unknown>): Page {
  const { first, last, after, before, orderBy } = args;
  if (first != null && last != null)
    throw planning.fault('"first" and "last" cannot be asked for together.');
  const keys = orderKeys(planning, source.noun, source.node, orderBy);
  if (!keys.length && source.edge?.relation.position)
    keys.push({
      expression: `${source.edge.name}.${source.edge.relation.position}`,
      before: '',
      descending: false,
      nullable: true,
      is: 'number',
      name: source.edge.relation.position,
    });
  keys.push(...tieKeys(source.noun, source.node));
  const sign = signature(source.noun.name, keys);
  const cursor = (name: string, value: unknown) =>
    value == null ? null : planning.at(name, () => readCursor(planning, value, sign, keys));
  const backward = last != null;
  const limit = backward
    ? limitParam(planning, 'last', last, lastBound)
    : limitParam(planning, 'first', first, pageBound);
  return {
    keys,
    sign,
    backward,
    limit,
    after: cursor('after', after),
    before: cursor('before', before),
  };
}

/** A parameter that asks for one more than was asked for, so that one sees whether more follows. */
export function limitParam(
  planning: Planning,
  name: string,
  given: unknown,
  { least, most, unlessTold }: Bound,
): string {
  return planning.at(name, () =>
    planning.param(given ?? unlessTold, (count: number) => {
      if (count < least) throw planning.fault(`${quote(count)} is less than ${least}.`);
      if (count > most) throw moreThan(planning.where(), count, most);
      return neo4j.int(count + 1);
    }),
  );
}

/** What `limitParam` was given, in this request. */
export function asked(run: Run, limit: string): number {
  return (run.p[limit.slice(3)] as Integer).toNumber() - 1;
}

/** The rows of a page, and what they are ordered by. */
export interface PageRows extends Rows {
  readonly names: readonly string[];
}

/** The rows of a page and what they are ordered by, as it stands there; reversed where the page is walked backward. */
export function pageRows(planning: Planning, source: Source, page: Page): PageRows {
  const [first] = page.keys as [OrderKey];
  const against = page.backward ? page.after : page.before;
  const { node, edge } = source;
  const variables = edge ? [node, edge.name] : [node];
  // An index serves a walk in one direction; what is bounded against it takes the plain form.
  if (source.scan && first.lead && !against)
    return { ...inIndexOrder(planning, source, page, first.lead), variables };
  const sorted = new Sorted(planning, source, page.keys);
  const bounds = [...sorted.bounds(page.after, false), ...sorted.bounds(page.before, true)];
  return {
    text: sorted.text(matched(source, sorted.early(bounds)), bounds, page),
    names: sorted.names,
    variables,
    aggregates: page.keys.some((key) => key.before),
  };
}

/** What one pass over all members collects in the order of the page, and the page's rows read out of that. */
export function onePass(planning: Planning, source: Source, page: Page) {
  const sorted = new Sorted(planning, source, page.keys);
  const kept = [...sorted.carried, ...sorted.worked];
  const { node, edge } = source;
  return {
    /** All members in order. */
    text: sorted.text(matched(source), [], { backward: page.backward }),
    /** The list of them, as much of it as the page takes. */
    list: `collect([${kept.join(', ')}])[..${page.limit}]`,
    rows: (list: string): PageRows => {
      const each = planning.name('z');
      const open = kept.map((name, index) => `${each}[${index}] AS ${name}`);
      return {
        text: `UNWIND ${list}[0] AS ${each} WITH ${open.join(', ')}`,
        names: sorted.names,
        variables: edge ? [node, edge.name] : [node],
        told: list,
      };
    },
  };
}
