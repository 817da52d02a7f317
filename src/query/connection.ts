import type { FieldNode } from 'graphql';
import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { connectionName } from '../derive/names';
import { collected, Row, type Column } from './column';
import type { Planning } from './context';
import { writeCursor, type CursorValue } from './cursor';
import {
  computedForm,
  nothingForm,
  plainForm,
  rowForm,
  through,
  type Computed,
  type Form,
  type Run,
} from './form';
import { citationsOfEdge, nodeColumn } from './node';
import { gathered } from './gathered';
import { asked, onePass, pageRows, readPage, type Page, type PageRows } from './page';
import { Sums } from './sums';
import { matched, relatedSource, rootSource, type Source } from './source';
import type { Filter } from './filter';
import { propertyColumn } from './value-object';

/** A relation's connection under a parent. */
export function relationConnection(
  planning: Planning,
  from: string,
  relation: RelationDef,
  owner: string,
  nodes: readonly FieldNode[],
): Column {
  const args = planning.args(owner, nodes[0] as FieldNode);
  const source = relatedSource(planning, relation, from, (args.where ?? null) as Filter | null);
  return connection(planning, source, args, connectionName(relation), nodes);
}

/** The connection of a root list. */
export function rootConnection(
  planning: Planning,
  noun: Noun,
  nodes: readonly FieldNode[],
): Column {
  const args = planning.args('Query', nodes[0] as FieldNode);
  const source = rootSource(planning, noun, (args.where ?? null) as Filter | null);
  return connection(planning, source, args, `${noun.name}Connection`, nodes);
}

/** One connection as one expression: its page, its total, its aggregates, each only where asked for. */
export function connection(
  planning: Planning,
  source: Source,
  args: Record<string, unknown>,
  type: string,
  nodes: readonly FieldNode[],
): Column {
  const page = readPage(planning, source, args);
  const sums = new Sums(planning, source);
  const items = new Items(planning, source, page, type);
  const form = computedForm<Whole>(planning, type, nodes, (name, same) =>
    field(planning, type, name, same, items, sums),
  );
  const text = connectionText(planning, source, page, items, sums);
  return {
    text,
    form: through((value, run): Whole => {
      const [rows, numbers] = value as [unknown[][] | null, unknown[]];
      const whole = { ...items.page(rows, run), numbers };
      if (!source.from) run.found = whole.page.length > 0 || numbers.some(isSome);
      return whole;
    }, form),
  };
}

/**
 * `[page, sums]`. At the root what was found by a way of its own is gathered for both. Below a parent one pass over all
 * members serves both: they are collected in order and cut, which reads no more than counting them does.
 */
function connectionText(
  planning: Planning,
  source: Source,
  page: Page,
  items: Items,
  sums: Sums,
): string {
  const { from } = source;
  if (!items.used) return `[null, ${sums.text()}]`;
  if (from === undefined && !source.scan && sums.passes) {
    // What no index gives in order has to be read whole for a page: the sums are made of the same.
    const once: Source = {
      ...source,
      head: gathered(planning, `${matched(source)} WITH ${source.node}`, source.node),
      where: [],
    };
    return `[${items.text(pageRows(planning, once, page))}, ${sums.text(undefined, once)}]`;
  }
  if (from === undefined || !sums.passes || page.after || page.before)
    return `[${items.text(pageRows(planning, source, page))}, ${sums.text()}]`;
  const { text, list, rows } = onePass(planning, source, page);
  const both = planning.aside(
    from,
    (name) => `${text} RETURN [${list}, ${sums.aggregates()}] AS ${name}`,
  );
  return `[${items.text(rows(both))}, ${sums.text(`${both}[1]`)}]`;
}

/** Whether a number tells that there is something: a count above 0, or an aggregate of what is known. */
function isSome(number: unknown): boolean {
  return Array.isArray(number) ? number.some(isSome) : typeof number === 'number' && number !== 0;
}

/** A connection as it came back: its page in order, whether more follows that way, and what was counted. */
interface Whole {
  readonly page: readonly unknown[][];
  readonly more: boolean;
  readonly numbers: readonly unknown[];
}

function field(
  planning: Planning,
  type: string,
  name: string,
  nodes: readonly FieldNode[],
  items: Items,
  sums: Sums,
): Computed<Whole> {
  switch (name) {
    case 'nodes':
      return items.nodes(nodes);
    case 'edges':
      return items.edges(nodes);
    case 'pageInfo':
      return items.info(nodes);
    case 'totalCount': {
      const total = sums.total();
      return { from: ({ numbers }) => total(numbers), form: plainForm };
    }
    case 'completeness':
      return completeness(planning, nodes, items, sums);
    default: {
      const { of, fn = 'COUNT' } = planning.fix<{ of: string; fn?: string }>(
        planning.args(type, nodes[0] as FieldNode),
      );
      const { read, form } = sums.measure(name, of, fn, nodes);
      return { from: ({ numbers }) => read(numbers), form };
    }
  }
}

function completeness(
  planning: Planning,
  nodes: readonly FieldNode[],
  items: Items,
  sums: Sums,
): Computed<Whole> {
  items.used = true;
  const form = computedForm<Whole>(planning, 'Completeness', nodes, (name) => {
    if (name === 'returned') return { from: ({ page }) => page.length, form: plainForm };
    if (name === 'truncated') return { from: () => false, form: plainForm };
    if (name === 'reason') return { from: () => null, form: nothingForm };
    const total = sums.total();
    return { from: ({ numbers }) => total(numbers), form: plainForm };
  });
  return { from: (whole) => whole, form };
}

/** Stands for the cursor's values, whose text is known only once the page's query is written. */
const cursorColumn = '$cursor';

/** The page of a connection: its nodes, its edges, and where it lies. */
class Items {
  readonly #row = new Row();
  used = false;

  constructor(
    readonly planning: Planning,
    readonly source: Source,
    readonly at: Page,
    readonly type: string,
  ) {}

  /** One more than was asked for came back where more follows. */
  page(rows: unknown[][] | null, run: Run): Pick<Whole, 'page' | 'more'> {
    if (!rows) return { page: [], more: false };
    const count = asked(run, this.at.limit);
    const more = rows.length > count;
    const page = more ? rows.slice(0, count) : rows;
    return { page: this.at.backward ? page.reverse() : page, more };
  }

  nodes(nodes: readonly FieldNode[]): Computed<Whole> {
    this.used = true;
    const { text, form } = this.#node(nodes);
    const place = this.#row.add(text);
    const item = through((row) => (row as unknown[])[place], form);
    return { from: ({ page }) => page, form: { kind: 'list', item } };
  }

  #node(nodes: readonly FieldNode[]): Column {
    const { planning, source } = this;
    return nodeColumn(planning, source.noun, source.node, nodes, source.edge?.relation.among);
  }

  edges(nodes: readonly FieldNode[]): Computed<Whole> {
    this.used = true;
    const { planning, source } = this;
    const type = `${this.type.slice(0, -'Connection'.length)}Edge`;
    const item = rowForm(planning, this.#row, type, nodes, (name, same) => {
      if (name === 'cursor') return { text: cursorColumn, form: this.#cursorForm() };
      if (name === 'node') return this.#node(same);
      return edgeColumn(planning, source.edge as NonNullable<Source['edge']>, name, same);
    });
    return { from: ({ page }) => page, form: { kind: 'list', item } };
  }

  info(nodes: readonly FieldNode[]): Computed<Whole> {
    this.used = true;
    const { backward, after, before } = this.at;
    const cursor = (row: (page: Whole['page']) => unknown[] | undefined): Computed<Whole> => {
      const place = this.#row.add(cursorColumn);
      return { from: ({ page }) => row(page)?.[place], form: this.#cursorForm() };
    };
    const form = computedForm<Whole>(this.planning, 'PageInfo', nodes, (name) => {
      if (name === 'startCursor') return cursor((page) => page[0]);
      if (name === 'endCursor') return cursor((page) => page[page.length - 1]);
      // What lies the way that one came from is not looked for: the cursor itself lies there.
      if (name === (backward ? 'hasPreviousPage' : 'hasNextPage'))
        return { from: ({ more }) => more, form: plainForm };
      const there = (backward ? before : after) !== null;
      return { from: () => there, form: plainForm };
    });
    return { from: (whole) => whole, form };
  }

  #cursorForm(): Form {
    const { sign } = this.at;
    return through((values) => writeCursor(sign, values as CursorValue[]), plainForm);
  }

  text({ names, ...rows }: PageRows): string {
    const { planning, source } = this;
    const texts = this.#row.texts.map((text) =>
      text === cursorColumn ? `[${names.join(', ')}]` : text,
    );
    return collected(planning, source.from, rows, `[${texts.join(', ')}]`);
  }
}

/** A property of the relationship, or its citations. */
export function edgeColumn(
  planning: Planning,
  edge: { readonly relation: RelationDef; readonly name: string },
  name: string,
  nodes: readonly FieldNode[],
): Column {
  if (name === 'citations') return citationsOfEdge(planning, edge.name, nodes);
  const property = edge.relation.edge.find((each) => each.name === name) as PropertyDef;
  return propertyColumn(planning, edge.name, property, nodes);
}
