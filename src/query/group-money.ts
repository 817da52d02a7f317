import type { Planning } from './context';
import { aggregate, countsOnly, type Measure } from './measure';
import type { Stage } from './stage';

/** A measure of money that is asked of each group, and the name under which it is worked out. */
interface Asked {
  readonly name: string;
  readonly measure: Measure;
  readonly fn: string;
}

/**
 * The money of groups: pairs of currency and amount, by currency. Only these leave the database, never the values that
 * they are made of.
 */
export class GroupMoney {
  readonly #asked = new Map<string, Asked>();

  constructor(
    readonly planning: Planning,
    readonly stage: Stage,
  ) {}

  /** The variable that holds the pairs of each group on the page. */
  name(measure: Measure, fn: string): string {
    const place = `${measure.property.name} ${fn}`;
    const name = this.#asked.get(place)?.name ?? this.planning.name('m');
    this.#asked.set(place, { name, measure, fn });
    return name;
  }

  /**
   * Clauses that work the pairs out, once all is known that is asked of the groups.
   * @param carried variables that have to be kept
   * @param members names the list of a group's members
   */
  text(carried: Iterable<string>, members: () => string): string {
    const asked = [...this.#asked.values()];
    if (!asked.length) return '';
    return (
      this.#told(asked, [...carried]) ?? asked.map((each) => this.#read(each, members())).join('')
    );
  }

  /** Told apart while grouping, in the same pass, where nothing but counts and money of one currency is asked for. */
  #told(asked: readonly Asked[], carried: readonly string[]): string | null {
    const { stage, planning } = this;
    const [currency, ...others] = new Set(asked.map(({ measure }) => measure.currency(stage.node)));
    if (!currency || others.length) return null;
    const parts = stage.split(
      currency,
      asked.map(({ measure, fn }) => amount(fn, measure.value(stage.node))),
    );
    if (!parts) return null;
    const x = planning.name('x');
    const lists = asked.map(
      ({ name }, at) =>
        `[${x} IN ${parts} WHERE ${x}[0] IS NOT NULL AND ${x}[${at + 1}] IS NOT NULL | [${x}[0], ${x}[${at + 1}]]] AS ${name}`,
    );
    return ` WITH ${[stage.g, ...carried, ...lists].join(', ')}`;
  }

  /** Read from the members of a group: those on the page only. */
  #read({ name, measure, fn }: Asked, members: string): string {
    const { planning } = this;
    const [m, c, a] = [planning.name('m'), planning.name('c'), planning.name('a')];
    return (
      ` CALL (${members}) { UNWIND ${members} AS ${m} WITH ${m} WHERE ${measure.currency(m)} IS NOT NULL` +
      ` WITH ${measure.currency(m)} AS ${c}, ${amount(fn, measure.value(m))} AS ${a} WHERE ${a} IS NOT NULL` +
      ` WITH ${c}, ${a} ORDER BY ${c} RETURN collect([${c}, ${a}]) AS ${name} }`
    );
  }
}

/** An aggregate; of none known it is unknown, even where it counts: there is no amount in that currency then. */
const amount = (fn: string, value: string): string =>
  countsOnly(fn)
    ? `CASE WHEN count(${value}) > 0 THEN ${aggregate(fn, value)} END`
    : aggregate(fn, value);
