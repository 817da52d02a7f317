import type { FieldNode } from 'graphql';
import { Fault } from '../errors';
import { collected, Row } from './column';
import type { Planning } from './context';
import { nothingForm, objectForm, plainForm, type Form, type ListForm } from './form';
import { aggregate, countsOnly, measureOf } from './measure';
import { whereText } from './pattern';
import { matched, type Source } from './source';

/** Reads a value out of what came back for the sums. */
type Read<T = unknown> = (numbers: readonly unknown[]) => T;

/**
 * What is counted and measured over all that a connection holds, beside its page: in the database, in one pass, which
 * counts as well where counting cannot be had from the store.
 */
export class Sums {
  readonly #texts = new Row();
  readonly #pass = new Row();
  #counts = false;
  /** The place of the total in the pass, where it has one. */
  #total = -1;

  constructor(
    readonly planning: Planning,
    readonly source: Source,
  ) {}

  /** Whether all members have to be passed over, and not only counted in the store. */
  get passes(): boolean {
    return this.#pass.texts.length > 0 || (this.#counts && storedCount(this.source) === null);
  }

  /** The aggregates as one list, for a pass that something else makes; the total is among them. */
  aggregates(): string {
    if (this.#counts && storedCount(this.source) === null)
      this.#total = this.#pass.add(`count(${this.source.node})`);
    return this.#pass.text;
  }

  /**
   * `[pass, total, ...]`; once all is asked for.
   * @param passed what another pass gives for the aggregates
   * @param source the same nodes, by another way
   */
  text(passed?: string, source = this.source): string {
    const { node, repeats } = source;
    const stored = storedCount(source);
    if (passed === undefined && this.#pass.texts.length) this.aggregates();
    const total =
      !this.#counts || this.#total >= 0
        ? 'null'
        : (stored ?? `COUNT { ${matched(source)} RETURN ${repeats ? 'DISTINCT ' : ''}${node} }`);
    return `[${[passed ?? this.#passText(source), total, ...this.#texts.texts].join(', ')}]`;
  }

  #passText(source: Source): string {
    const { planning } = this;
    if (!this.#pass.texts.length) return 'null';
    const { text } = this.#pass;
    if (source.from === undefined)
      return `head(COLLECT { ${matched(source)} RETURN ${text} AS item })`;
    return planning.aside(source.from, (name) => `${matched(source)} RETURN ${text} AS ${name}`);
  }

  /** An expression of its own. */
  #apart<T>(text: string): Read<T> {
    const place = this.#texts.add(text) + 2;
    return (numbers) => numbers[place] as T;
  }

  /** An aggregate of the one pass; null where there is nothing to pass over. */
  #passed<T>(text: string): Read<T | null> {
    const place = this.#pass.add(text);
    return (numbers) => ((numbers[0] as unknown[] | null)?.[place] ?? null) as T | null;
  }

  total(): Read<number> {
    this.#counts = true;
    return (numbers) =>
      ((this.#total < 0 ? numbers[1] : (numbers[0] as unknown[] | undefined)?.[this.#total]) ??
        0) as number;
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
    if (name === 'money') {
      const currency = measure.currency(source.node);
      if (!currency) throw planning.fault(`"${of}" is not money: ask for "number".`);
      const read = this.#apart(this.#money(value, currency, fn));
      return { read: (numbers) => read(numbers) ?? [], form: moneyForm(planning, nodes) };
    }
    if (name !== 'number') {
      const count = this.#passed<number>(`count(${value})`);
      const known: Read<number> = (numbers) => count(numbers) ?? 0;
      if (name === 'known') return { read: known, form: plainForm };
      const total = this.total();
      return { read: (numbers) => total(numbers) - known(numbers), form: plainForm };
    }
    const number = this.#passed(aggregate(fn, value));
    if (countsOnly(fn)) return { read: (numbers) => number(numbers) ?? 0, form: plainForm };
    const unit = measure.unit(source.node);
    if (!unit) return { read: number, form: plainForm };
    const units = this.#passed<string[]>(
      `collect(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`,
    );
    const read: Read = (numbers) => {
      const found = units(numbers) ?? [];
      return found.length < 2 ? number(numbers) : mixedUnits(of, found);
    };
    return { read, form: plainForm };
  }

  /** Pairs of currency and amount, by currency. */
  #money(value: string, currency: string, fn: string): string {
    const { planning, source } = this;
    const [c, a] = [planning.name('c'), planning.name('a')];
    const known = [`${value} IS NOT NULL`, `${currency} IS NOT NULL`];
    const from = source.repeats
      ? `${matched(source)} WITH ${source.node}${whereText(known)}`
      : matched(source, known);
    const text = `${from} WITH ${currency} AS ${c}, ${aggregate(fn, value)} AS ${a} WHERE ${a} IS NOT NULL WITH ${c}, ${a} ORDER BY ${c}`;
    return collected(
      planning,
      source.from,
      { text, variables: [], aggregates: true },
      `[${c}, ${a}]`,
    );
  }
}

/** How many there are, from the count or degree store; null where a filter stands in the way. */
function storedCount({ node, edge, head, where, repeats }: Source): string | null {
  if (repeats || where.length || !/^MATCH [^ ]+$/.test(head)) return null;
  const pattern = head.slice('MATCH '.length);
  return `COUNT { ${edge ? pattern.replace(`(${node})`, '()') : pattern} }`;
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
