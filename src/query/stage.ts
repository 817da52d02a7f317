import type { Noun } from '../blueprint';
import type { Planning } from './context';
import type { Dimension } from './dimension';
import { measureOf, oneUnit } from './measure';

/** What is worked out for each group before groups are ordered, kept and shown: one list per group. */
export class Stage {
  readonly g: string;
  readonly aggregates: string[] = [];
  /** What is carried along beside the values, for aggregates. */
  readonly #carried = new Map<string, string>();
  #split: { readonly value: string; readonly aggregates: readonly string[] } | null = null;
  collects = false;

  constructor(
    readonly planning: Planning,
    readonly noun: Noun,
    readonly node: string,
    readonly by: readonly Dimension[],
  ) {
    this.g = planning.name('g');
  }

  /** The place of a dimension's value (its key, where it is a node). */
  key(index: number): string {
    const value = `${this.g}[${index}]`;
    return this.by[index]?.node ? `${value}.key` : value;
  }

  /** By what a dimension is ordered: a text by its folded form, nodes of several nouns by the noun too. */
  sortKeys(index: number): readonly { readonly expression: string; readonly name: string }[] {
    const { folded, node } = this.by[index] as Dimension;
    const own = { expression: this.key(index), name: `key${index}` };
    if (folded) {
      const name = this.#carried.get(folded) ?? this.planning.name('f');
      this.#carried.set(folded, name);
      return [
        { expression: `${this.g}[${this.add(`min(${name})`)}]`, name: `folded${index}` },
        own,
      ];
    }
    if (!node?.isInterface) return [own];
    return [own, { expression: this.#type(index, node), name: `type${index}` }];
  }

  /** What tells groups apart: all keys, then the nouns of nodes that may be of several, since those may share a key. */
  get identity(): readonly string[] {
    return [
      ...this.by.map((_, index) => this.key(index)),
      ...this.by.flatMap(({ node }, index) => (node?.isInterface ? [this.#type(index, node)] : [])),
    ];
  }

  /** Which noun the node of a dimension is. */
  #type(index: number, { nouns }: Noun): string {
    const types = nouns.map((each) => `'${each.name}'`).join(', ');
    const label = this.planning.name('l');
    return `head([${label} IN labels(${this.g}[${index}]) WHERE ${label} IN [${types}]])`;
  }

  get count(): string {
    return `${this.g}[${this.by.length}]`;
  }

  /** The members; asking for them makes them be collected. */
  get members(): string {
    this.collects = true;
    return `${this.g}[${this.by.length + 1}]`;
  }

  add(aggregateText: string): number {
    const at = this.aggregates.indexOf(aggregateText);
    return (at < 0 ? this.aggregates.push(aggregateText) - 1 : at) + this.by.length + 2;
  }

  /** The list of a group of none, as a parameter: what counts is 0, anything else unknown. */
  nothing(): string {
    const none = this.aggregates.map((text) => (text.startsWith('count(') ? 0 : null));
    return this.planning.param([...this.by.map(() => null), 0, null, ...none]);
  }

  measure(of: string, fn: string, currency?: unknown): string {
    const measure = measureOf(this.planning, this.noun, of);
    const value = measure.value(this.node);
    const money = measure.currency(this.node);
    const only =
      currency != null && money
        ? `CASE WHEN ${money} = ${this.planning.param(currency)} THEN ${value} END`
        : value;
    return `${this.g}[${this.add(oneUnit(fn, only, measure.unit(this.node)))}]`;
  }

  /**
   * Lets aggregates be told apart by one more value within each group, in the same pass; only where nothing else is
   * aggregated, for what is told apart cannot be put together again.
   * @returns the place of the list `[[value, ...aggregates], ...]`, in the order of the values
   */
  split(value: string, aggregates: readonly string[]): string | null {
    if (this.collects || this.aggregates.length) return null;
    this.#split = { value, aggregates };
    return `${this.g}[${this.by.length + 2}]`;
  }

  text(matchText: string): string {
    const { by, node, planning } = this;
    const names = by.map(() => planning.name('d'));
    const values = by.map((each, index) => `${each.expression} AS ${names[index]}`);
    const distinct = by.some((each) => each.repeats || each.reach.includes('*')) ? 'DISTINCT ' : '';
    const aggregates = this.aggregates.map((text) => [text, planning.name('a')] as const);
    const [count, members] = [planning.name('c'), planning.name('m')];
    if (this.#split) {
      const { value, aggregates: apart } = this.#split;
      const [s, c, parts] = [planning.name('s'), planning.name('c'), planning.name('p')];
      const own = apart.map((text) => [text, planning.name('a')] as const);
      return (
        `${matchText}${by.map((each) => each.reach).join('')} WITH ${distinct}${[node, ...values].join(', ')}` +
        ` WITH ${[...names, `${value} AS ${s}`, `count(${node}) AS ${c}`, ...own.map(([text, name]) => `${text} AS ${name}`)].join(', ')} ORDER BY ${s}` +
        ` WITH ${[...names, `sum(${c}) AS ${count}`, `collect([${[s, ...own.map(([, name]) => name)].join(', ')}]) AS ${parts}`].join(', ')}` +
        ` WITH [${[...names, count, 'null', parts].join(', ')}] AS ${this.g}`
      );
    }
    return (
      `${matchText}${by.map((each) => each.reach).join('')} WITH ${distinct}${[node, ...values, ...[...this.#carried].map(([text, name]) => `${text} AS ${name}`)].join(', ')}` +
      ` WITH ${[...names, `count(${node}) AS ${count}`, this.collects ? `collect(${node}) AS ${members}` : `null AS ${members}`, ...aggregates.map(([text, name]) => `${text} AS ${name}`)].join(', ')}` +
      ` WITH [${[...names, count, members, ...aggregates.map(([, name]) => name)].join(', ')}] AS ${this.g}`
    );
  }
}
