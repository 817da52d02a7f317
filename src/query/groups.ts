import type { FieldNode } from 'graphql';
import type { Noun, PropertyDef } from '../blueprint';
import { isOrderable } from '../derive/noun-types';
import { Row, type Column } from './column';
import { connection } from './connection';
import { aggregateOf } from '../support/aggregate';
import { mixedUnits, moneyForm } from './sums';
import type { Planning } from './context';
import {
  beyond,
  orderText,
  readCursor,
  signature,
  writeCursor,
  type CursorKey,
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
import { single } from './order';
import { fold } from '../support/fold';
import { asked, limitParam, maxGroups } from './page';
import { way, whereText } from './pattern';
import { matched, rootSource } from './source';

/** One item of `by`: how its value is reached and read. */
interface Dimension {
  readonly path: string;
  /** Clauses that lead from the grouped node to where the value stands. */
  readonly reach: string;
  /** The value, or the node whose key it is. */
  readonly expression: string;
  readonly node: Noun | null;
  /** Whether one member can come to the same value twice. */
  readonly repeats: boolean;
  /** Months from one value to the next, along a date. */
  readonly months: number | null;
}

type Item = Readonly<Record<string, unknown>>;

/** Follows an item of `by` down to its leaf. */
function dimension(
  planning: Planning,
  noun: Noun,
  from: string,
  item: Item,
  path: readonly string[] = [],
  manies = 0,
): Dimension {
  const rest = restrictions(noun, item);
  const [name, value] = single(planning, rest);
  const relation = noun.relations.get(name);
  const here = [...path, name];
  if (relation) {
    const to = planning.name('g');
    const along = way(planning, relation, from, to);
    const { conditions, up, top } = restrict(planning, relation.target, to, value as Item);
    const deeper = planning.at(name, () =>
      dimension(
        planning,
        relation.target,
        top,
        value as Item,
        here,
        manies + (relation.one ? 0 : along.repeats ? 2 : 1),
      ),
    );
    const reach = ` OPTIONAL MATCH ${along.text}${whereText([...along.where, ...conditions])}${up}`;
    return { ...deeper, reach: reach + deeper.reach };
  }
  if (name === 'type' && noun.isInterface) {
    const types = noun.nouns.map((each) => `WHEN ${from}:${each.name} THEN '${each.name}'`);
    return {
      path: here.join('.'),
      reach: '',
      expression: `CASE ${types.join(' ')} END`,
      node: null,
      repeats: manies > 0,
      months: null,
    };
  }
  const property = noun.properties.get(name);
  if (!property || !isOrderable(property))
    throw planning.fault(`${noun.name} is not grouped by "${name}".`);
  // One relation to many leads to each node once; its nodes may share any other value.
  const leaf = { path: here.join('.'), reach: '', repeats: manies > (name === 'key' ? 1 : 0) };
  if (name === 'key') return { ...leaf, expression: from, node: noun, months: null };
  if (property.kind === 'date' || property.kind === 'period')
    return { ...leaf, ...dated(planning, from, property, value) };
  if (planning.fix<boolean>(value) !== true) throw planning.fault(`"${name}" takes true.`);
  return { ...leaf, expression: `${from}.${name}`, node: null, months: null };
}

function restrictions(noun: Noun, item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => !(name === 'rollUp' || noun.properties.get(name)?.restricts),
    ),
  );
}

/** What keeps an item to a taxonomy, and what lifts it to the broadest concept. */
function restrict(planning: Planning, noun: Noun, at: string, item: Item) {
  const conditions: string[] = [];
  for (const property of noun.properties.values())
    if (property.restricts && item[property.name] != null)
      conditions.push(
        `${at}.${property.name}Folded = ${planning.param(item[property.name], fold)}`,
      );
  if (item.rollUp == null || planning.fix<boolean>(item.rollUp) !== true)
    return { conditions, up: '', top: at };
  const tree = [...noun.relations.values()].find(
    (each) => each.one && each.writes && each.target === noun,
  );
  const top = planning.name('g');
  const type = tree?.writes ?? '';
  return {
    conditions,
    up: ` OPTIONAL MATCH (${at})-[:${type}*0..16]->(${top}) WHERE NOT EXISTS { (${top})-[:${type}]->() }`,
    top,
  };
}

function dated(planning: Planning, from: string, property: PropertyDef, value: unknown) {
  const { name, kind } = property;
  const column = kind === 'period' ? `${from}.${name}Start` : `${from}.${name}`;
  const year = kind === 'period' ? `${from}.${name}StartYear` : `${from}.${name}Year`;
  switch (planning.fix<string>(value)) {
    case 'YEAR':
      return { expression: year, node: null, months: 12 };
    case 'QUARTER':
      // A date of which only the year is known is in no quarter.
      return {
        expression: `CASE WHEN size(${column}) >= 7 THEN left(${column}, 4) + '-Q' + toString((toInteger(substring(${column}, 5, 2)) + 2) / 3) END`,
        node: null,
        months: 3,
      };
    default:
      return {
        expression: `CASE WHEN size(${column}) >= 7 THEN left(${column}, 7) END`,
        node: null,
        months: 1,
      };
  }
}

/** The groups of a noun as one expression. */
export function groupConnection(
  planning: Planning,
  noun: Noun,
  nodes: readonly FieldNode[],
): Column {
  const args = planning.args('Query', nodes[0] as FieldNode);
  const source = rootSource(planning, noun, (args.where ?? null) as Filter | null);
  const by = (args.by as Item[]).map((item, index) =>
    planning.at(`by.${index}`, () => {
      const { conditions, up, top } = restrict(planning, noun, source.node, item);
      const found = dimension(planning, noun, top, item);
      const narrowed = conditions.length ? ` WITH ${source.node}${whereText(conditions)}` : '';
      return { ...found, reach: narrowed + up + found.reach };
    }),
  );
  if (!by.length) throw planning.at('by', () => planning.fault('takes at least one item.'));
  const stage = new Stage(planning, noun, source.node, by);
  const order = groupOrder(planning, stage, args.orderBy);
  const having = groupHaving(planning, stage, args.having);
  const limit = limitParam(planning, 'first', args.first ?? 20, maxGroups);
  const sign = signature(`${noun.name}Group ${by.map((each) => each.path).join()}`, order);
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
  ).column();
}

/** What is worked out for each group before groups are ordered, kept and shown: one list per group. */
class Stage {
  readonly g: string;
  readonly aggregates: string[] = [];
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

  measure(of: string, fn: string, currency?: unknown): string {
    const measure = measureOf(this.planning, this.noun, of);
    const value = measure.value(this.node);
    const money = measure.currency(this.node);
    const only =
      currency != null && money
        ? `CASE WHEN ${money} = ${this.planning.param(currency)} THEN ${value} END`
        : value;
    return `${this.g}[${this.add(aggregate(fn, only))}]`;
  }

  text(matchText: string): string {
    const { by, node, planning } = this;
    const names = by.map(() => planning.name('d'));
    const values = by.map((each, index) => `${each.expression} AS ${names[index]}`);
    const distinct = by.some((each) => each.repeats || each.reach.includes('*')) ? 'DISTINCT ' : '';
    const aggregates = this.aggregates.map((text) => [text, planning.name('a')] as const);
    const [count, members] = [planning.name('c'), planning.name('m')];
    return (
      `${matchText}${by.map((each) => each.reach).join('')} WITH ${distinct}${[node, ...values].join(', ')}` +
      ` WITH ${[...names, `count(${node}) AS ${count}`, this.collects ? `collect(${node}) AS ${members}` : `null AS ${members}`, ...aggregates.map(([text, name]) => `${text} AS ${name}`)].join(', ')}` +
      ` WITH [${[...names, count, members, ...aggregates.map(([, name]) => name)].join(', ')}] AS ${this.g}`
    );
  }
}

interface GroupKeyOrder extends CursorKey {
  readonly expression: string;
}

/** The order of groups: what was asked for, then all keys, so that no two groups tie. */
function groupOrder(planning: Planning, stage: Stage, orderBy: unknown): GroupKeyOrder[] {
  const given = ((orderBy ?? []) as (Item | null)[]).map((item, index) =>
    planning.at(`orderBy.${index}`, (): GroupKeyOrder => {
      const [name, value] = single(planning, item);
      if (name === 'count') {
        const descending = planning.fix<string>(value) === 'DESC';
        return {
          expression: stage.count,
          descending,
          nullable: false,
          is: 'number',
          name: 'count',
        };
      }
      if (name === 'key') {
        const { index: at, direction } = planning.fix<{ index: number; direction: string }>(value);
        if (!stage.by[at])
          throw planning.at('key.index', () =>
            planning.fault(`"${at}" names no item of "by", which has ${stage.by.length}.`),
          );
        return {
          expression: stage.key(at),
          descending: direction === 'DESC',
          nullable: true,
          name: `key${at}`,
        };
      }
      const { of, fn, currency, direction } = planning.fix<Record<string, string>>(value);
      return {
        expression: planning.at('measure', () =>
          stage.measure(of as string, fn as string, currency),
        ),
        descending: direction === 'DESC',
        nullable: true,
        is: 'number',
        name: `measure ${of} ${fn} ${currency ?? ''}`,
      };
    }),
  );
  const keys = stage.by.map((_, index) => ({
    expression: stage.key(index),
    descending: false,
    nullable: true,
    name: `key${index}`,
  }));
  return [...given, ...keys];
}

const infix = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  in: 'IN',
  notIn: 'NOT IN',
} as const;

function groupHaving(planning: Planning, stage: Stage, having: unknown): string[] {
  const { count, measure } = (having ?? {}) as Record<string, Item | null | undefined>;
  const compare = (expression: string, item: Item): string[] =>
    Object.entries(item).map(([name, value]) => {
      if (value == null) throw planning.fault(`"${name}" was given null.`);
      if (name === 'isNull')
        return `${expression} IS ${planning.fix<boolean>(value) ? '' : 'NOT '}NULL`;
      if (name === 'notIn') return `NOT ${expression} IN ${planning.param(value)}`;
      return `${expression} ${infix[name as keyof typeof infix]} ${planning.param(value)}`;
    });
  return planning.at('having', () => {
    const counts = count ? compare(stage.count, count) : [];
    if (!measure) return counts;
    const { of, fn, currency, ...rest } = measure;
    const expression = stage.measure(planning.fix<string>(of), planning.fix<string>(fn), currency);
    return [...counts, ...compare(expression, rest).map((text) => `coalesce(${text}, false)`)];
  });
}

interface Options {
  readonly limit: string;
  readonly having: readonly string[];
  readonly sign: string;
  readonly after: readonly CursorPart[] | null;
  readonly fill: boolean;
}

/** One group as it came back, or as it was put into a gap. */
interface Group {
  readonly keys: readonly CursorValue[];
  readonly order: readonly CursorValue[];
  readonly count: number;
  readonly values: readonly unknown[] | null;
  /** A group that shares the keys that are no dates: where a gap's nodes are taken from. */
  readonly like?: Group;
  readonly of: Whole;
}

/** All groups as they came back: the page, how many there are, how many members without a having, and earlier values. */
interface Whole {
  page: readonly Group[];
  more: boolean;
  total: number;
  readonly members: number;
  readonly earlier: ReadonlyMap<string, readonly unknown[]> | null;
}

type Row4 = readonly [
  keys: readonly CursorValue[],
  order: readonly CursorValue[],
  count: number,
  values: readonly unknown[],
];

/** The connection of groups: what is selected of it, and how it is read. */
class Groups {
  readonly #row = new Row();

  constructor(
    readonly planning: Planning,
    readonly noun: Noun,
    readonly nodes: readonly FieldNode[],
    readonly stage: Stage,
    readonly order: readonly GroupKeyOrder[],
    readonly options: Options,
    readonly match: string,
  ) {}

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
    const keys = stage.by.map((_, index) => stage.key(index));
    const item = `[[${keys.join(', ')}], [${names.join(', ')}], ${stage.count}, ${this.#row.text}]`;
    const bounds = after ? [beyond(planning, order, names, after, false)] : [];
    const changes = this.#changes.length
      ? `[${g} IN ${all} | [[${keys.join(', ')}], [${this.#changes.join(', ')}]]]`
      : 'null';
    const most = fill ? planning.int(maxGroups + 1) : limit;
    const text =
      `head(COLLECT { ${stage.text(this.match)} WITH ${g} ORDER BY ${sorted} WITH collect(${g}) AS ${all}` +
      ` WITH ${all}, ${having.length ? `[${g} IN ${all} WHERE ${having.join(' AND ')}]` : all} AS ${kept}` +
      ` CALL (${kept}) { UNWIND ${kept} AS ${g} WITH ${g}${whereText(bounds)} WITH ${g} LIMIT ${most}` +
      `${this.#unpack()}${planning.asides(...this.#unpacked.values())} RETURN collect(${item}) AS ${page} } ` +
      `RETURN [size(${kept}), ${page}, ${changes}, ${this.#wantsShare ? `COUNT { ${this.match} RETURN ${stage.node} }` : 'null'}] AS item })`;
    return { text, form: through(this.#open, form) };
  }

  /** Puts what came back into groups, gaps filled, cut to the page. */
  readonly #open: Open = (value, run): Whole => {
    const { limit, fill } = this.options;
    const [total, rows, before, members] = value as [
      number,
      Row4[],
      [unknown[], unknown[]][] | null,
      number,
    ];
    const earlier = before && new Map(before.map(([key, values]) => [JSON.stringify(key), values]));
    const whole: Whole = { page: [], more: false, total, members, earlier };
    const groups = rows.map(([keys, order, count, values]): Group => ({
      keys,
      order,
      count,
      values,
      of: whole,
    }));
    const full = fill ? this.#filled(groups, whole) : groups;
    if (fill) whole.total = full.length;
    const count = asked(run, limit);
    whole.more = full.length > count;
    whole.page = whole.more ? full.slice(0, count) : full;
    run.found = total > 0;
    return whole;
  };

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
      const read = at<[number, string | null][]>(
        `collect(CASE WHEN ${value} IS NOT NULL THEN [${value}, ${currency}] END)`,
      );
      return {
        from: (group) => byCurrency(read(group) ?? [], fn),
        form: moneyForm(planning, nodes),
      };
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
      const [from, to] = [value(before), value(group.keys)];
      return from == null || to == null || from === 0 ? null : (to - from) / Math.abs(from);
    };
  }

  /** Puts a group of none into every gap between the first and the last date. */
  #filled(groups: Group[], whole: Whole): Group[] {
    const at = this.stage.by.findIndex((by) => by.months !== null);
    if (at < 0) throw this.planning.fault('"fill" needs a date among the items of "by".');
    const months = this.stage.by[at]?.months ?? 12;
    const dates = groups
      .flatMap((group) => (group.keys[at] == null ? [] : [group.keys[at]]))
      .sort(compareValues);
    const [first, last] = [dates[0], dates[dates.length - 1]];
    if (first == null || last == null) return groups;
    const series = new Map<string, Group>();
    const present = new Set(groups.map((group) => JSON.stringify(group.keys)));
    for (const group of groups)
      series.set(JSON.stringify(group.keys.map((key, index) => (index === at ? 0 : key))), group);
    const full = [...groups];
    for (const like of series.values())
      for (let date = first; compareValues(date, last) <= 0; date = shift(date, months)) {
        const keys = like.keys.map((key, index) => (index === at ? date : key));
        if (present.has(JSON.stringify(keys))) continue;
        if (full.length > maxGroups)
          throw this.planning.fault(
            `filling the gaps gives more than ${maxGroups} groups: narrow the dates down.`,
          );
        full.push({
          keys,
          order: this.order.map((each) => this.#orderValue(each.name, keys)),
          count: 0,
          values: null,
          like,
          of: whole,
        });
      }
    return full.sort((a, b) => this.#compare(a, b));
  }

  #orderValue(name: string, keys: readonly CursorValue[]): CursorValue {
    if (name === 'count') return 0;
    return name.startsWith('key') ? (keys[Number(name.slice(3))] ?? null) : null;
  }

  #compare(a: Group, b: Group): number {
    for (const [index, { descending }] of this.order.entries()) {
      const [x, y] = [a.order[index] ?? null, b.order[index] ?? null];
      if (x === y) continue;
      if (x === null) return 1;
      if (y === null) return -1;
      return compareValues(x, y) * (descending ? -1 : 1);
    }
    return 0;
  }
}

/** One amount for each currency, in the order of their codes. */
function byCurrency(
  pairs: readonly (readonly [value: number, currency: string | null])[],
  fn: string,
): [string, number][] {
  const groups = new Map<string, number[]>();
  for (const [value, currency] of pairs)
    if (currency !== null) groups.set(currency, [...(groups.get(currency) ?? []), value]);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([currency, values]) => {
      const amount = aggregateOf(fn, values);
      return amount === null ? [] : [[currency, amount] as [string, number]];
    });
}

const completeness: Readonly<Record<string, Computed<Whole>['from']>> = {
  returned: ({ page }) => page.length,
  total: ({ total }) => total,
  truncated: () => false,
  reason: () => null,
};

function compareValues(a: CursorValue, b: CursorValue): number {
  return a === b ? 0 : (a as string) < (b as string) ? -1 : 1;
}

/** The date so many months later: a year, a quarter (2024-Q3) or a month (2024-07). */
function shift(date: string | number | boolean, months: number): string | number {
  if (typeof date === 'number') return date + months / 12;
  const text = String(date);
  const year = Number(text.slice(0, 4));
  const quarter = text[5] === 'Q';
  const month = quarter ? (Number(text.slice(6)) - 1) * 3 : Number(text.slice(5)) - 1;
  const total = year * 12 + month + months;
  const [y, m] = [Math.floor(total / 12), total % 12];
  return quarter ? `${y}-Q${m / 3 + 1}` : `${y}-${String(m + 1).padStart(2, '0')}`;
}
