import neo4j, { type Integer } from 'neo4j-driver';
import { Fault, quote } from '../errors';
import type { Planning } from './context';
import { beyond, orderText, readCursor, signature, type CursorValue } from './cursor';
import type { Run } from './form';
import { orderKeys, type OrderKey } from './order';
import { whereText } from './pattern';
import { matched, type Source } from './source';

/** Which part of a list is asked for. */
export interface Page {
  readonly keys: readonly OrderKey[];
  readonly sign: string;
  readonly backward: boolean;
  readonly after: readonly CursorValue[] | null;
  readonly before: readonly CursorValue[] | null;
  /** The parameter that holds one more than was asked for. */
  readonly limit: string;
}

/** The most that a page may hold. */
export const maxPage = 100;
export const maxGroups = 1000;

/** Reads `first`, `after`, `last`, `before` and the order; a bad one is the caller's fault. */
export function readPage(planning: Planning, source: Source, args: Record<string, unknown>): Page {
  const { first, last, after, before, orderBy } = args;
  if (first != null && last != null)
    throw planning.fault('"first" and "last" cannot be asked for together.');
  const keys = orderKeys(planning, source.noun, source.node, orderBy);
  if (!keys.length && source.edge?.relation.position)
    keys.push({
      expression: `${source.edge.name}.${source.edge.relation.position}`,
      descending: false,
      nullable: true,
      name: source.edge.relation.position,
    });
  const sign = signature(source.noun.name, keys);
  const cursor = (name: string, value: unknown) =>
    value == null
      ? null
      : planning.at(name, () => readCursor(planning, planning.fix<string>(value), sign, keys));
  const backward = last != null;
  const limit = limitParam(
    planning,
    backward ? 'last' : 'first',
    backward ? last : (first ?? 20),
    maxPage,
  );
  return {
    keys,
    sign,
    backward,
    limit,
    after: cursor('after', after),
    before: cursor('before', before),
  };
}

/** A parameter that asks for one more than `value`, so that one sees whether more follows. */
export function limitParam(planning: Planning, name: string, value: unknown, most: number): string {
  return planning.at(name, () =>
    planning.param(value, (count: number) => {
      if (count < 0) throw planning.fault(`${quote(count)} is less than 0.`);
      if (count > most)
        throw new Fault(
          'LIMIT_EXCEEDED',
          `${planning.where()}: ${quote(count)} is more than ${most}, the most that can be asked for at once.`,
          { path: planning.where() },
        );
      return neo4j.int(count + 1);
    }),
  );
}

/** What `limitParam` was given, in this request. */
export function asked(run: Run, limit: string): number {
  return (run.p[limit.slice(3)] as Integer).toNumber() - 1;
}

/** The values that a row's cursor is made of. */
export function cursorText(page: Page, names: readonly string[]): string {
  return `[${names.slice(0, page.keys.length + 1).join(', ')}]`;
}

/**
 * The rows of a page as one query that returns `item` for each, in the order of the page (reversed where it is walked
 * backward).
 */
export function pageText(
  planning: Planning,
  source: Source,
  page: Page,
  item: (expressions: readonly string[]) => string,
): string {
  const { node, edge } = source;
  const [first] = page.keys;
  const against = page.backward ? page.after : page.before;
  // The branches serve a walk in one direction; what is bounded against it takes the plain form.
  if (source.scan && first?.column && first.nullable && !against)
    return inBranches(planning, source, page, item);
  const computed = page.keys.some((key) => !key.column);
  const plain = [...page.keys.map((key) => key.expression), `${node}.key`];
  if (!computed) {
    const hint = source.scan ? [`${plain[0]} IS NOT NULL`] : [];
    const text = matched(source, [...hint, ...beyondBoth(planning, page, plain)]);
    const kept = source.repeats ? '' : ` WITH ${carried(source)}`;
    return `${text}${kept} ORDER BY ${orderText(page.keys, plain, page.backward)} LIMIT ${page.limit} RETURN ${item(plain)} AS item`;
  }
  const names = [...page.keys.map(() => planning.name('k')), `${node}.key`];
  const values = page.keys.map((key, index) => `${key.expression} AS ${names[index]}`);
  const rest = beyondBoth(planning, page, names);
  const text = `${matched(source)} WITH ${[carried(source), ...values].join(', ')}${whereText(rest)}`;
  return (
    `${text} WITH ${[carried(source), ...names.slice(0, -1)].join(', ')}` +
    ` ORDER BY ${orderText(page.keys, names, page.backward)} LIMIT ${page.limit} RETURN ${item(names)} AS item`
  );
  function carried({ node: name }: Source): string {
    return edge && edge.relation.edge.length ? `${name}, ${edge.name}` : name;
  }
}

function beyondBoth(planning: Planning, page: Page, expressions: readonly string[]): string[] {
  const part = (values: readonly CursorValue[] | null, backward: boolean) =>
    values ? [beyond(planning, page.keys, expressions, values, backward)] : [];
  return [...part(page.after, false), ...part(page.before, true)];
}

/**
 * A page of all nodes of a label in the order of an indexed property that may be unknown: the known from the index,
 * the unknown in a branch of their own, which reads nothing while the first fills the page.
 */
function inBranches(
  planning: Planning,
  source: Source,
  page: Page,
  item: (expressions: readonly string[]) => string,
): string {
  const { node } = source;
  const { backward, after, before, limit } = page;
  const [first, ...others] = page.keys as [OrderKey, ...OrderKey[]];
  const column = first.expression;
  const expressions = [...page.keys.map((key) => key.expression), `${node}.key`];
  const cursor = backward ? before : after;
  const value = cursor?.[0];
  const known = (): string => {
    const keys = [{ ...first, nullable: false }, ...others];
    const bounds =
      cursor && value !== null
        ? [
            // Redundant, and what makes the index be used.
            `${column} ${first.descending === backward ? '>=' : '<='} ${planning.param(value)}`,
            beyond(planning, keys, expressions, cursor, backward),
          ]
        : [`${column} IS NOT NULL`];
    return `${matched(source, bounds)} WITH ${node} ORDER BY ${orderText(keys, expressions, backward)} LIMIT ${limit} RETURN ${node}`;
  };
  const unknown = (): string => {
    const rest = expressions.slice(1);
    const bounds =
      cursor && value === null
        ? beyond(planning, others, rest, cursor.slice(1), backward)
        : `${node}.key >= ''`;
    return `${matched(source, [`${column} IS NULL`, bounds])} WITH ${node} ORDER BY ${orderText(others, rest, backward)} LIMIT ${limit} RETURN ${node}`;
  };
  const among = cursor ? (value === null ? [unknown] : [known]) : [];
  const then = backward ? known : unknown;
  const branches = !cursor ? [known, unknown] : among[0] === then ? [then] : [...among, then];
  if (backward && !cursor) branches.reverse();
  const texts = branches.map((branch) => branch());
  return `CALL () { ${texts.join(' UNION ALL ')} } WITH ${node} LIMIT ${limit} RETURN ${item(expressions)} AS item`;
}
