import type { FieldNode } from 'graphql';
import type { Noun } from '../blueprint';
import { byBound, groupsBound } from '../derive/bounds';
import { moreThan } from '../errors';
import type { Column } from './column';
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
import { computedForm, plainForm, through, type Computed, type Open } from './form';
import { asked, limitParam } from './page';
import { whereText } from './pattern';
import { matched, rootSource } from './source';
import { dimension, restrict, type Item } from './dimension';
import type { Group, Whole } from './group';
import { GroupFields } from './group-fields';
import { fillGaps, type Nothing } from './group-gaps';
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
  const by = itemsOf(planning, args.by).map((item, index) =>
    planning.at(`by.${index}`, () => {
      const { conditions, up, top } = restrict(planning, noun, source.node, item);
      // Before anything is reached, so that nothing reached is lost.
      kept.push(...conditions);
      const found = dimension(planning, noun, top, item);
      return { ...found, reach: up + found.reach };
    }),
  );
  const stage = new Stage(planning, noun, source.node, by);
  const order = groupOrder(planning, stage, args.orderBy);
  const having = groupHaving(planning, stage, args.having);
  const limit = limitParam(planning, 'first', args.first, groupsBound);
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

/** The items of `by`, of which there may be so many. */
function itemsOf(planning: Planning, by: unknown): readonly Item[] {
  const items = by as readonly Item[];
  const { most } = byBound;
  return planning.at('by', () => {
    if (!items.length) throw planning.fault('takes at least one item.');
    if (items.length > most) throw moreThan(planning.where(), items.length, most);
    return items;
  });
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
  readonly #fields: GroupFields;

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
    this.#fields = new GroupFields(planning, noun, stage);
  }

  column(): Column {
    const { planning, stage, order, options } = this;
    const { limit, having, after, fill } = options;
    const fields = this.#fields;
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
    const item = `[[${keys.join(', ')}], [${names.join(', ')}], ${stage.count}, ${fields.row.text}, ${fill ? test : 'true'}]`;
    const bounds = after ? [beyond(planning, order, names, after, false)] : [];
    const changes = fields.changes.length
      ? `[${g} IN ${all} | [[${keys.join(', ')}], [${fields.changes.join(', ')}]]]`
      : 'null';
    const most = fill ? planning.int(groupsBound.most + 1) : limit;
    const clauses = fields.clauses();
    // Gaps are looked for among all groups, and a group of none is kept or not as any other.
    const nothing = fill
      ? `head([${g} IN [${stage.nothing()}] | [[${names.join(', ')}], [${fields.changes.join(', ')}], ${test}]])`
      : 'null';
    const some = having.length && !fill ? `[${g} IN ${all} WHERE ${test}]` : all;
    const text =
      `head(COLLECT { ${stage.text(this.match + this.narrowed)} WITH ${g} ORDER BY ${sorted} WITH collect(${g}) AS ${all}` +
      ` WITH ${all}, ${some} AS ${kept}` +
      ` CALL (${kept}) { UNWIND ${kept} AS ${g} WITH ${g}${whereText(bounds)} WITH ${g} LIMIT ${most}` +
      `${clauses} RETURN collect(${item}) AS ${page} } ` +
      `RETURN [size(${kept}), ${page}, ${changes}, ${fields.wantsShare ? `COUNT { ${this.match}${this.narrowed} RETURN ${stage.node} }` : 'null'}, ${nothing}] AS item })`;
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
        return { from: ({ page }) => page, form: { kind: 'list', item: this.#fields.form(nodes) } };
      case 'edges': {
        const item = computedForm<Group>(planning, `${noun.name}GroupEdge`, nodes, (part, same) =>
          part === 'node'
            ? { from: (group) => group, form: this.#fields.form(same) }
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
}

const completeness: Readonly<Record<string, Computed<Whole>['from']>> = {
  returned: ({ page }) => page.length,
  total: ({ total }) => total,
  truncated: () => false,
  reason: () => null,
};
