import type { FieldNode } from 'graphql';
import { Fault } from '../errors';
import { aggregateOf } from '../support/aggregate';
import { Row } from './column';
import type { Planning } from './context';
import { nothingForm, objectForm, plainForm, type Form, type ListForm } from './form';
import { aggregate, countsOnly, measureOf } from './measure';
import { whereText } from './pattern';
import { matched, type Source } from './source';

type Pair = readonly [value: number, unit: string | null];

/** Reads a value out of what came back for the sums. */
type Read<T = unknown> = (numbers: readonly unknown[]) => T;

/**
 * What is counted and measured over all that a connection holds, beside its page. Of a root list it is aggregated in
 * the database, in one pass. Below a parent the values themselves are read and aggregated here: Cypher takes an
 * aggregate inside a subquery expression for one of the row that it stands in.
 */
export class Sums {
  readonly #texts = new Row();
  readonly #pass = new Row();

  constructor(
    readonly planning: Planning,
    readonly source: Source,
    readonly nested: boolean,
  ) {}

  text(): string {
    const { source } = this;
    const pass = this.#pass.texts.length
      ? `head(COLLECT { ${matched(source)} RETURN ${this.#pass.text} AS item })`
      : 'null';
    return `[${[pass, ...this.#texts.texts].join(', ')}]`;
  }

  /** An expression of its own. */
  #apart<T>(text: string): Read<T> {
    const place = this.#texts.add(text) + 1;
    return (numbers) => numbers[place] as T;
  }

  /** An aggregate of the one pass. */
  #passed<T>(text: string): Read<T> {
    const place = this.#pass.add(text);
    return (numbers) => (numbers[0] as unknown[])[place] as T;
  }

  total(): Read<number> {
    return this.#apart(countText(this.source));
  }

  /** `number`, `money`, `known` or `unknown` of a measure. */
  measure(
    name: string,
    of: string,
    fn: string,
    nodes: readonly FieldNode[],
  ): { readonly read: Read; readonly form: Form } {
    const { planning, source } = this;
    const measure = planning.at('of', () => measureOf(planning, source.noun, of));
    const value = measure.value(source.node);
    const unit = (name === 'money' ? measure.currency : measure.unit)(source.node);
    if (name === 'money' && !unit) throw planning.fault(`"${of}" is not money: ask for "number".`);
    const list = this.nested ? this.#list(value, unit) : null;
    const known: Read<number> = list
      ? (numbers) => list(numbers).length
      : this.#passed(`count(${value})`);
    if (name === 'known') return { read: known, form: plainForm };
    if (name === 'unknown') {
      const total = this.total();
      return { read: (numbers) => total(numbers) - known(numbers), form: plainForm };
    }
    if (name === 'money') {
      const read: Read = list
        ? (numbers) => byUnit(list(numbers), fn)
        : this.#apart(this.#money(value, unit as string, fn));
      return { read, form: moneyForm(planning, nodes) };
    }
    const number: Read = list
      ? (numbers) =>
          aggregateOf(
            fn,
            list(numbers).map(([each]) => each),
          )
      : this.#passed(aggregate(fn, value));
    if (!unit || countsOnly(fn)) return { read: number, form: plainForm };
    const units: Read<string[]> = list
      ? (numbers) => [...new Set(list(numbers).map(([, each]) => each as string))]
      : this.#passed(`collect(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`);
    const read: Read = (numbers) => {
      const found = units(numbers);
      return found.length < 2 ? number(numbers) : mixedUnits(of, found);
    };
    return { read, form: plainForm };
  }

  #list(value: string, unit: string | null): Read<Pair[]> {
    const { source } = this;
    const known = `${value} IS NOT NULL`;
    const from = source.repeats
      ? `${matched(source)} WITH ${source.node} WHERE ${known}`
      : matched(source, [known]);
    return this.#apart(`COLLECT { ${from} RETURN [${value}, ${unit ?? 'null'}] AS item }`);
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

/** Amounts by currency: takes pairs of currency and amount. */
export function moneyForm(planning: Planning, nodes: readonly FieldNode[]): ListForm {
  const item = objectForm(planning, 'Money', nodes, (name) =>
    name === 'asPrinted'
      ? { place: 0, form: nothingForm }
      : { place: name === 'currency' ? 0 : 1, form: plainForm },
  );
  return { kind: 'list', item };
}
