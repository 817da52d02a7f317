import type { FieldNode } from 'graphql';
import { Fault } from '../errors';
import { aggregateOf } from '../support/aggregate';
import { Row, type Column } from './column';
import { below, type Planning } from './context';
import { aggregate, countsOnly, measureOf } from './measure';
import { whereText } from './pattern';
import { matched, type Source } from './source';

type Pair = readonly [value: number, unit: string | null];

/**
 * What is counted and measured over all that a connection holds, beside its page. Of a root list it is aggregated in
 * the database, in one pass. Below a parent the values themselves are read and aggregated here: Cypher takes an
 * aggregate inside a subquery expression for one of the row that it stands in.
 */
export class Sums {
  readonly #texts = new Row();
  readonly #pass = new Row();
  #values: unknown[] = [];

  constructor(
    readonly planning: Planning,
    readonly source: Source,
    readonly nested: boolean,
  ) {}

  /** What came back; before any column is decoded. */
  take(values: unknown): void {
    this.#values = values as unknown[];
  }

  text(): string {
    const { source } = this;
    const pass = this.#pass.texts.length
      ? `head(COLLECT { ${matched(source)} RETURN ${this.#pass.text} AS item })`
      : 'null';
    return `[${[pass, ...this.#texts.texts].join(', ')}]`;
  }

  /** An expression of its own. */
  #apart(text: string): () => unknown {
    const place = this.#texts.add(text) + 1;
    return () => this.#values[place];
  }

  /** An aggregate of the one pass. */
  #passed(text: string): () => unknown {
    const place = this.#pass.add(text);
    return () => (this.#values[0] as unknown[])[place];
  }

  total(): () => number {
    return this.#apart(countText(this.source)) as () => number;
  }

  /** `number`, `money`, `known` or `unknown` of a measure. */
  measure(name: string, of: string, fn: string, nodes: readonly FieldNode[]): Column {
    const { planning, source } = this;
    const measure = planning.at('of', () => measureOf(planning, source.noun, of));
    const value = measure.value(source.node);
    const unit = (name === 'money' ? measure.currency : measure.unit)(source.node);
    if (name === 'money' && !unit) throw planning.fault(`"${of}" is not money: ask for "number".`);
    const column = (read: () => unknown): Column => ({ text: null, decode: read });
    const list = this.nested ? this.#list(value, unit) : null;
    if (name === 'known')
      return column(list ? () => list().length : this.#passed(`count(${value})`));
    if (name === 'unknown') {
      const total = this.total();
      const known = list ? () => list().length : (this.#passed(`count(${value})`) as () => number);
      return column(() => total() - known());
    }
    if (name === 'money') {
      const show = moneyList(planning, nodes);
      const read = list
        ? () => byUnit(list(), fn)
        : (this.#apart(this.#money(value, unit as string, fn)) as () => [string, number][]);
      return column(() => show(read()));
    }
    const number = list
      ? () =>
          aggregateOf(
            fn,
            list().map(([each]) => each),
          )
      : this.#passed(aggregate(fn, value));
    if (!unit || countsOnly(fn)) return column(() => number() ?? null);
    const units = list
      ? () => [...new Set(list().map(([, each]) => each))]
      : this.#passed(`collect(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`);
    return {
      text: null,
      decode: (_, run) => {
        const found = units() as string[];
        if (found.length < 2) return number() ?? null;
        run.faults++;
        return mixedUnits(of, found);
      },
    };
  }

  #list(value: string, unit: string | null): () => Pair[] {
    const { source } = this;
    const known = `${value} IS NOT NULL`;
    const from = source.repeats
      ? `${matched(source)} WITH ${source.node} WHERE ${known}`
      : matched(source, [known]);
    return this.#apart(
      `COLLECT { ${from} RETURN [${value}, ${unit ?? 'null'}] AS item }`,
    ) as () => Pair[];
  }

  #money(value: string, currency: string, fn: string): string {
    const { planning, source } = this;
    const [c, a] = [planning.name('c'), planning.name('a')];
    const known = [`${value} IS NOT NULL`, `${currency} IS NOT NULL`];
    const from = source.repeats
      ? `${matched(source)} WITH ${source.node}${whereText(known)}`
      : matched(source, known);
    return `COLLECT { ${from} WITH ${currency} AS ${c}, ${aggregate(fn, value)} AS ${a} WHERE ${a} IS NOT NULL RETURN [${c}, ${a}] AS item ORDER BY ${c} }`;
  }
}

/** One amount for each currency, in the order of their codes. */
export function byUnit(pairs: readonly Pair[], fn: string): [string, number][] {
  const groups = new Map<string, number[]>();
  for (const [value, unit] of pairs)
    if (unit !== null) groups.set(unit, [...(groups.get(unit) ?? []), value]);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([unit, values]) => {
      const amount = aggregateOf(fn, values);
      return amount === null ? [] : [[unit, amount] as [string, number]];
    });
}

/** How many there are: from the count or degree store where no filter stands in the way. */
function countText(source: Source): string {
  const { node, repeats, head, where } = source;
  if (repeats || where.length || !/^MATCH [^ ]+$/.test(head))
    return `COUNT { ${matched(source)} RETURN ${repeats ? 'DISTINCT ' : ''}${node} }`;
  const pattern = head.slice('MATCH '.length);
  return `COUNT { ${source.edge ? pattern.replace(`(${node})`, '()') : pattern} }`;
}

/** Adding what is of several units is refused, naming them. */
export function mixedUnits(of: string, found: readonly string[]): Fault {
  const units = [...found].sort();
  return new Fault(
    'MIXED_UNITS',
    `The values of ${of} are in more than one unit (${units.join(', ')}) and are not added: filter or group by the unit.`,
    { units, hint: 'Filter by unit and currency, group by them, or ask for money.' },
  );
}

/** Shows amounts by currency under the names that were asked for. */
export function moneyList(
  planning: Planning,
  nodes: readonly FieldNode[],
): (pairs: readonly (readonly [string, number])[]) => unknown[] {
  const fields = [...planning.select(below(nodes), 'Money')].map(
    ([key, [node]]) => [key, node?.name.value ?? ''] as const,
  );
  return (pairs) =>
    pairs.map(([currency, amount]) => {
      const parts: Record<string, unknown> = {
        __typename: 'Money',
        amount,
        currency,
        asPrinted: null,
      };
      return Object.fromEntries(fields.map(([key, name]) => [key, parts[name]]));
    });
}
