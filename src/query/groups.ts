import type { FieldNode } from 'graphql';
import type { Noun } from '../blueprint';
import { Row, type Column } from './column';
import { connection } from './connection';
import { GroupMoney } from './group-money';
import { mixedUnits, moneyForm } from './sums';
import type { Planning } from './context';
import {
  beyond,
  orderText,
  readCursor,
  signature,
  writeCursor,
  type CursorPart,
  type CursorValue,
} from './cursor';
import type { Filter } from './filter';
import {
  computedForm,
  nothingForm,
  plainForm,
  through,
  type Computed,
  type ObjectForm,
  type Open,
} from './form';
import { aggregate, countsOnly, measureOf } from './measure';
import { citationsOf, nodeColumn } from './node';
import { asked, limitParam, maxGroups } from './page';
import { whereText } from './pattern';
import { matched, rootSource } from './source';
import { dimension, restrict, type Item } from './dimension';
import type { Group, Whole } from './group';
import { fillGaps, shift, type Nothing } from './group-gaps';
import { groupHaving, groupOrder, type GroupKeyOrder } from './group-order';
import { Stage } from './stage';

/** The groups of a noun as one expression. */
export function groupConnection(
  planning: Planning,
  noun: Noun,
  nodes: readonly FieldNode[],
): Column {
  const args = planning.args('Query', nodes[0] as FieldNode);
  const source = rootSource(planning, noun, (args.where ?? null) as Filter | null);
  const kept: string[] = [];
  const by = (args.by as Item[]).map((item, index) =>
    planning.at(`by.${index}`, () => {
      const { conditions, up, top } = restrict(planning, noun, source.node, item);
      // Before anything is reached, so that nothing reached is lost.
      kept.push(...conditions);
      const found = dimension(planning, noun, top, item);
      return { ...found, reach: up + found.reach };
    }),
  );
  if (!by.length) throw planning.at('by', () => planning.fault('takes at least one item.'));
  const stage = new Stage(planning, noun, source.node, by);
  const order = groupOrder(planning, stage, args.orderBy);
  const having = groupHaving(planning, stage, args.having);
  const limit = limitParam(planning, 'first', args.first ?? 20, maxGroups);
  // A quarter is no month, though both are texts of one path.
  const steps = by.map(({ path, months }) => `${path}${months ?? ''}`);
  const sign = signature(`${noun.name}Group ${steps.join()}`, order);
  const after =
    args.after == null
      ? null
      : planning.at('after', () => {
          return readCursor(planning, args.after, sign, order);
        });
  const fill = planning.fix<boolean>(args.fill ?? false) === true;
  if (fill && after) throw planning.fault('"fill" gives all groups at once and takes no "after".');
  return new Groups(
    planning,
    noun,
    nodes,
    stage,
    order,
    { limit, having, sign, after, fill },
    matched(source),
    kept.length ? ` WITH ${source.node}${whereText(kept)}` : '',
  ).column();
}

interface Options {
  readonly limit: string;
  readonly having: readonly string[];
  readonly sign: string;
  readonly after: readonly CursorPart[] | null;
  readonly fill: boolean;
}

/** A group as it comes back. */
type GroupRow = readonly [
  keys: readonly CursorValue[],
  order: readonly CursorValue[],
  count: number,
  values: readonly unknown[],
  kept: boolean,
];

/** What comes back for a connection of groups. */
type Gathered = readonly [
  total: number,
  rows: readonly GroupRow[],
  before: readonly [unknown[], unknown[]][] | null,
  members: number,
  nothing: readonly [order: CursorValue[], changes: unknown[], kept: boolean] | null,
];

const none: Gathered = [0, [], null, 0, null];

/** The connection of groups: what is selected of it, and how it is read. */
class Groups {
  readonly #row = new Row();
  readonly #money: GroupMoney;

  constructor(
    readonly planning: Planning,
    readonly noun: Noun,
    readonly nodes: readonly FieldNode[],
    readonly stage: Stage,
    readonly order: readonly GroupKeyOrder[],
    readonly options: Options,
    readonly match: string,
    /** Clauses that keep to a taxonomy. */
    readonly narrowed: string,
  ) {
    this.#money = new GroupMoney(planning, stage);
  }

  column(): Column {
    const { planning, stage, order, options } = this;
    const { limit, having, after, fill } = options;
    const form = computedForm<Whole>(
      planning,
      `${this.noun.name}GroupConnection`,
      this.nodes,
      (name, same) => this.#field(name, same),
    );
    const { g } = stage;
    const all = planning.name('all');
    const kept = planning.name('kept');
    const page = planning.name('page');
    const names = order.map((each) => each.expression);
    const sorted = orderText(order, names, false);
    const keys = stage.identity;
    const test = having.length ? having.join(' AND ') : 'true';
    const item = `[[${keys.join(', ')}], [${names.join(', ')}], ${stage.count}, ${this.#row.text}, ${fill ? test : 'true'}]`;
    const bounds = after ? [beyond(planning, order, names, after, false)] : [];
    const changes = this.#changes.length
      ? `[${g} IN ${all} | [[${keys.join(', ')}], [${this.#changes.join(', ')}]]]`
      : 'null';
    const most = fill ? planning.int(maxGroups + 1) : limit;
    const money = this.#money.text(this.#unpacked.values(), () => this.#variable(stage.members));
    // Gaps are looked for among all groups, and a group of none is kept or not as any other.
    const nothing = fill
      ? `head([${g} IN [${stage.nothing()}] | [[${names.join(', ')}], [${this.#changes.join(', ')}], ${test}]])`
      : 'null';
    const some = having.length && !fill ? `[${g} IN ${all} WHERE ${test}]` : all;
    const text =
      `head(COLLECT { ${stage.text(this.match + this.narrowed)} WITH ${g} ORDER BY ${sorted} WITH collect(${g}) AS ${all}` +
      ` WITH ${all}, ${some} AS ${kept}` +
      ` CALL (${kept}) { UNWIND ${kept} AS ${g} WITH ${g}${whereText(bounds)} WITH ${g} LIMIT ${most}` +
      `${this.#unpack()}${money}${planning.asides(...this.#unpacked.values())} RETURN collect(${item}) AS ${page} } ` +
      `RETURN [size(${kept}), ${page}, ${changes}, ${this.#wantsShare ? `COUNT { ${this.match}${this.narrowed} RETURN ${stage.node} }` : 'null'}, ${nothing}] AS item })`;
    return { text, form: through(this.#open, form) };
  }

  /** Puts what came back into groups, gaps filled, cut to the page. */
  readonly #open: Open = (value, run): Whole => {
    const { limit } = this.options;
    // Beside sets that were found first, what Neo4j gathers of nothing is no row.
    const [total, rows, before, members, nothing] = (value ?? none) as Gathered;
    const earlier = before && new Map(before.map(([key, values]) => [JSON.stringify(key), values]));
    const whole: Whole = { page: [], more: false, total, members, earlier };
    const groups = rows.map(([keys, places, count, values, kept]): Group => ({
      keys,
      order: places,
      count,
      values,
      kept,
      of: whole,
    }));
    const full = nothing ? this.#filled(groups, nothing, whole) : groups;
    whole.total = nothing ? full.length : total;
    const count = asked(run, limit);
    whole.more = full.length > count;
    whole.page = whole.more ? full.slice(0, count) : full;
    run.found = total > 0;
    return whole;
  };

  #filled(
    groups: readonly Group[],
    [order, changes, kept]: readonly [CursorValue[], unknown[], boolean],
    whole: Whole,
  ): readonly Group[] {
    const { planning, stage, order: by } = this;
    const nothing: Nothing = { order, changes, kept };
    return fillGaps(planning, stage.by, by, groups, nothing, whole);
  }

  #field(name: string, nodes: readonly FieldNode[]): Computed<Whole> {
    const { planning, noun } = this;
    switch (name) {
      case 'totalCount':
        return { from: ({ total }) => total, form: plainForm };
      case 'nodes':
        return { from: ({ page }) => page, form: { kind: 'list', item: this.#group(nodes) } };
      case 'edges': {
        const item = computedForm<Group>(planning, `${noun.name}GroupEdge`, nodes, (part, same) =>
          part === 'node'
            ? { from: (group) => group, form: this.#group(same) }
            : { from: (group) => this.#cursor(group), form: plainForm },
        );
        return { from: ({ page }) => page, form: { kind: 'list', item } };
      }
      case 'pageInfo':
        return {
          from: (whole) => whole,
          form: computedForm<Whole>(planning, 'PageInfo', nodes, (part) => ({
            from: this.#pageInfo[part] as Computed<Whole>['from'],
            form: plainForm,
          })),
        };
      default:
        return {
          from: (whole) => whole,
          form: computedForm<Whole>(planning, 'Completeness', nodes, (part) => ({
            from: completeness[part] as Computed<Whole>['from'],
            form: plainForm,
          })),
        };
    }
  }

  readonly #pageInfo: Readonly<Record<string, Computed<Whole>['from']>> = {
    startCursor: ({ page: [first] }) => (first ? this.#cursor(first) : null),
    endCursor: ({ page }) => {
      const last = page[page.length - 1];
      return last ? this.#cursor(last) : null;
    },
    hasNextPage: ({ more }) => more,
    hasPreviousPage: () => this.options.after !== null,
  };

  #cursor(group: Group): string {
    return writeCursor(this.options.sign, group.order);
  }

  #wantsShare = false;
  readonly #changes: string[] = [];
  readonly #unpacked = new Map<string, string>();

  /** A Cypher variable for a place of the group's list. */
  #variable(place: string): string {
    const name = this.#unpacked.get(place) ?? this.planning.name('u');
    this.#unpacked.set(place, name);
    return name;
  }

  #unpack(): string {
    const { g } = this.stage;
    if (!this.#unpacked.size) return '';
    return ` WITH ${[g, ...[...this.#unpacked].map(([place, name]) => `${place} AS ${name}`)].join(', ')}`;
  }

  #group(nodes: readonly FieldNode[]): ObjectForm {
    const type = `${this.noun.name}Group`;
    return computedForm<Group>(this.planning, type, nodes, (name, same) =>
      this.#groupField(type, name, same),
    );
  }

  /** A value of each group; null of one that was put into a gap. */
  #read<T = unknown>(text: string): (group: Group) => T | null {
    const place = this.#row.add(text);
    return (group) => (group.values ? (group.values[place] as T) : null);
  }

  #groupField(type: string, name: string, nodes: readonly FieldNode[]): Computed<Group> {
    const { planning, stage, noun } = this;
    const [node] = nodes as [FieldNode];
    const plain = (from: Computed<Group>['from']): Computed<Group> => ({ from, form: plainForm });
    switch (name) {
      case 'count':
        return plain((group) => group.count);
      case 'share':
        this.#wantsShare = true;
        return plain(({ count, of: { members } }) => (members ? count / members : 0));
      case 'keys':
        return this.#keys(nodes);
      case 'members': {
        const list = this.#variable(stage.members);
        const each = planning.name('x');
        const source = {
          head: `UNWIND ${list} AS ${each} WITH ${each}`,
          where: [],
          node: each,
          noun,
          from: list,
          repeats: false,
          scan: false,
        };
        const column = connection(
          planning,
          source,
          planning.args(type, node),
          `${noun.name}Connection`,
          nodes,
        );
        const read = this.#read(column.text);
        return { from: (group) => read(group) ?? [[], []], form: column.form };
      }
      case 'citations': {
        const column = citationsOf(planning, this.#variable(stage.members), nodes);
        const read = this.#read(column.text);
        return { from: (group) => read(group) ?? [], form: column.form };
      }
    }
    const { of, fn = 'COUNT' } = planning.fix<{ of: string; fn?: string }>(
      planning.args(type, node),
    );
    const measure = measureOf(planning, noun, of);
    const value = measure.value(stage.node);
    const at = <T>(text: string) => this.#read<T>(`${stage.g}[${stage.add(text)}]`);
    if (name === 'known') {
      const read = at<number>(`count(${value})`);
      return plain((group) => read(group) ?? 0);
    }
    if (name === 'unknown') {
      const read = at<number>(`count(${value})`);
      return plain((group) => group.count - (read(group) ?? 0));
    }
    if (name === 'changeFromPrevious') return plain(this.#change(of, fn));
    if (name === 'money') {
      const currency = measure.currency(stage.node);
      if (!currency)
        throw planning.fault(`"${measure.property.name}" is not money: ask for "number".`);
      const read = this.#read<[string, number][]>(this.#money.name(measure, fn));
      return { from: (group) => read(group) ?? [], form: moneyForm(planning, nodes) };
    }
    const number = at(aggregate(fn, value));
    const unit = measure.unit(stage.node);
    if (countsOnly(fn)) return plain((group) => number(group) ?? 0);
    if (!unit) return plain(number);
    const units = at<string[]>(`collect(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`);
    return plain((group) => {
      const found = units(group) ?? [];
      return found.length < 2 ? number(group) : mixedUnits(of, found);
    });
  }

  #keys(nodes: readonly FieldNode[]): Computed<Group> {
    const { planning, stage } = this;
    const forms = stage.by.map((by, index) =>
      computedForm<Group>(planning, 'GroupKey', nodes, (name, same): Computed<Group> => {
        if (name === 'path') return { from: () => by.path, form: plainForm };
        if (name === 'value') {
          const text = (value: CursorValue | undefined) => (value == null ? null : String(value));
          return { from: ({ keys }) => text(keys[index]), form: plainForm };
        }
        if (!by.node) return { from: () => null, form: nothingForm };
        const at = this.#variable(`${stage.g}[${index}]`);
        const column = nodeColumn(planning, by.node, at, same);
        const read = this.#read(`CASE WHEN ${at} IS NOT NULL THEN ${column.text} END`);
        return { from: (group) => read(group.like ?? group), form: column.form };
      }),
    );
    const of = new Map(forms.map((form, index) => [String(index), form]));
    const each = [...of.keys()];
    return {
      from: (group) => each.map((index) => [index, group]),
      form: { kind: 'list', item: { kind: 'choice', of } },
    };
  }

  /** The change against the group one date earlier, all other keys alike. */
  #change(of: string, fn: string): (group: Group) => unknown {
    const { planning, stage } = this;
    const at = stage.by.findIndex((by) => by.months !== null);
    if (at < 0) throw planning.fault('needs a date among the items of "by".');
    const place = this.#changes.push(stage.measure(of, fn)) - 1;
    const months = stage.by[at]?.months ?? 12;
    return (group) => {
      const now = group.keys[at];
      if (now == null) return null;
      const before = group.keys.map((key, index) => (index === at ? shift(now, -months) : key));
      const value = (keys: readonly CursorValue[]) =>
        group.of.earlier?.get(JSON.stringify(keys))?.[place] as number | null | undefined;
      const own = group.changes?.[place] as number | null | undefined;
      const [from, to] = [value(before), own ?? value(group.keys)];
      return from == null || to == null || from === 0 ? null : (to - from) / Math.abs(from);
    };
  }
}

const completeness: Readonly<Record<string, Computed<Whole>['from']>> = {
  returned: ({ page }) => page.length,
  total: ({ total }) => total,
  truncated: () => false,
  reason: () => null,
};
