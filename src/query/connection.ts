import type { FieldNode } from 'graphql';
import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { connectionName } from '../derive/names';
import { Fault } from '../errors';
import { constantColumn, objectOf, Row, type Column } from './column';
import { below, type Planning } from './context';
import { writeCursor, type CursorValue } from './cursor';
import { aggregate, countsOnly, measureOf } from './measure';
import { citationsOfEdge, nodeColumn } from './node';
import { asked, cursorText, pageText, readPage, type Page } from './page';
import { whereText } from './pattern';
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
  const fields = [...planning.select(below(nodes), type)];
  const row = new Row();
  const sums = new Sums(planning, source);
  const items = new Items(planning, source, page, type);
  const columns = fields.map(([key, same]): readonly [string, Column] => [
    key,
    field(planning, type, same, items, sums),
  ]);
  const object = objectOf(row, columns);
  const texts = row.text;
  const text = `[${items.used ? items.text() : 'null'}, ${sums.text()}, ${texts}]`;
  return {
    text,
    decode: (value, run) => {
      const [rows, numbers, own] = value as [unknown[][] | null, unknown[] | null, unknown[]];
      items.take(rows, run);
      sums.values = numbers;
      return object(own, run);
    },
  };
}

function field(
  planning: Planning,
  type: string,
  nodes: readonly FieldNode[],
  items: Items,
  sums: Sums,
): Column {
  const [node] = nodes as [FieldNode];
  switch (node.name.value) {
    case '__typename':
      return constantColumn(type);
    case 'nodes':
      return items.nodes(nodes);
    case 'edges':
      return items.edges(nodes);
    case 'pageInfo':
      return items.info(nodes);
    case 'totalCount':
      return sums.total();
    case 'completeness':
      return completeness(planning, nodes, items, sums);
    default: {
      const { of, fn } = planning.fix<{ of: string; fn?: string }>(planning.args(type, node));
      return planning.at(node.name.value, () => sums.measure(node.name.value, of, fn, nodes));
    }
  }
}

function completeness(
  planning: Planning,
  nodes: readonly FieldNode[],
  items: Items,
  sums: Sums,
): Column {
  items.used = true;
  const fields = [...planning.select(below(nodes), 'Completeness')].map(
    ([key, [node]]) => [key, node?.name.value ?? ''] as const,
  );
  const total = fields.some(([, name]) => name === 'total') ? sums.total() : null;
  return {
    text: null,
    decode: (_, run) => {
      const whole: Record<string, unknown> = {
        __typename: 'Completeness',
        returned: items.page.length,
        total: total?.decode(undefined, run),
        truncated: false,
        reason: null,
      };
      return Object.fromEntries(fields.map(([key, name]) => [key, whole[name]]));
    },
  };
}

/** What is counted and measured over all that a connection holds, in one pass beside the page. */
class Sums {
  readonly #row = new Row();
  values: unknown[] | null = null;

  constructor(
    readonly planning: Planning,
    readonly source: Source,
  ) {}

  #column(text: string, decode: Column['decode'] = (value) => value): Column {
    const place = this.#row.add(text);
    return { text: null, decode: (_, run) => decode(this.values?.[place], run) };
  }

  total(): Column {
    return this.#column(`count(${this.source.node})`);
  }

  measure(name: string, of: string, fn = 'COUNT', nodes: readonly FieldNode[]): Column {
    const { planning, source } = this;
    const measure = planning.at('of', () => measureOf(planning, source.noun, of));
    const value = measure.value(source.node);
    if (name === 'known') return this.#column(`count(${value})`);
    if (name === 'unknown') return this.#column(`count(${source.node}) - count(${value})`);
    if (name === 'money') return this.#money(measure, fn, nodes);
    const number = this.#column(aggregate(fn, value), (result) => result ?? null);
    const unit = measure.unit(source.node);
    if (!unit || countsOnly(fn)) return number;
    const units = this.#column(`collect(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`);
    return {
      text: null,
      decode: (_, run) => {
        const found = units.decode(undefined, run) as string[];
        if (found.length < 2) return number.decode(undefined, run);
        run.faults++;
        return mixedUnits(of, found);
      },
    };
  }

  #money(measure: ReturnType<typeof measureOf>, fn: string, nodes: readonly FieldNode[]): Column {
    const { planning, source } = this;
    const currency = measure.currency(source.node);
    if (!currency)
      throw planning.fault(`"${measure.property.name}" is not money: ask for "number".`);
    return moneyColumn(planning, nodes, moneyText(planning, source, measure, fn), this);
  }

  /** A column of its own beside the pass. */
  apart(text: string): () => unknown {
    const place = this.#apart.push(text) - 1;
    return () => (this.values?.[this.#row.texts.length] as unknown[])[place];
  }
  readonly #apart: string[] = [];

  text(): string {
    const { source } = this;
    const texts = this.#row.texts;
    if (!texts.length && !this.#apart.length) return 'null';
    const apart = this.#apart.length ? `[${this.#apart.join(', ')}]` : 'null';
    if (!texts.length) return `[${apart}]`;
    const degree =
      texts.length === 1 && texts[0] === `count(${source.node})` ? countText(source) : null;
    if (degree) return `[${degree}, ${apart}]`;
    return `head(COLLECT { ${matched(source)} RETURN [${texts.join(', ')}] }) + [${apart}]`;
  }
}

/** How many there are: from the count or degree store where no filter stands in the way. */
function countText(source: Source): string {
  const { node, repeats, head, where } = source;
  if (repeats) return `COUNT { ${matched(source)} RETURN DISTINCT ${node} }`;
  if (where.length || !/^MATCH [^ ]+$/.test(head)) return `COUNT { ${matched(source)} }`;
  const pattern = head.slice('MATCH '.length);
  return source.edge ? `COUNT { ${pattern.replace(`(${node})`, '()')} }` : `COUNT { ${pattern} }`;
}

export function mixedUnits(of: string, found: readonly string[]): Fault {
  return new Fault(
    'MIXED_UNITS',
    `The values of ${of} are in more than one unit (${[...found].sort().join(', ')}) and are not added: filter or group by the unit.`,
    {
      units: [...found].sort(),
      hint: 'Filter by unit and currency, group by them, or ask for money.',
    },
  );
}

function moneyText(
  planning: Planning,
  source: Source,
  measure: ReturnType<typeof measureOf>,
  fn: string,
): string {
  const value = measure.value(source.node);
  const currency = measure.currency(source.node) as string;
  const [c, a] = [planning.name('c'), planning.name('a')];
  const known = [`${value} IS NOT NULL`, `${currency} IS NOT NULL`];
  const from = source.repeats
    ? `${matched(source)} WITH ${source.node}${whereText(known)}`
    : matched(source, known);
  return `COLLECT { ${from} WITH ${currency} AS ${c}, ${aggregate(fn, value)} AS ${a} WHERE ${a} IS NOT NULL RETURN [${c}, ${a}] ORDER BY ${c} }`;
}

function moneyColumn(
  planning: Planning,
  nodes: readonly FieldNode[],
  text: string,
  sums: Sums,
): Column {
  const read = sums.apart(text);
  const show = moneyList(planning, nodes);
  return { text: null, decode: () => show(read() as [string, number][]) };
}

/** Shows amounts by currency under the names that were asked for. */
export function moneyList(
  planning: Planning,
  nodes: readonly FieldNode[],
): (pairs: readonly [string, number][]) => unknown[] {
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

/** The page of a connection: its nodes, its edges, and where it lies. */
class Items {
  readonly #row = new Row();
  #cursor = -1;
  used = false;
  page: unknown[][] = [];
  #more = false;

  constructor(
    readonly planning: Planning,
    readonly source: Source,
    readonly at: Page,
    readonly type: string,
  ) {}

  take(
    rows: unknown[][] | null,
    run: { p: Readonly<Record<string, unknown>>; faults: number },
  ): void {
    if (!rows) return;
    const count = asked(run, this.at.limit);
    this.#more = rows.length > count;
    const page = this.#more ? rows.slice(0, count) : rows;
    this.page = this.at.backward ? page.reverse() : page;
  }

  nodes(nodes: readonly FieldNode[]): Column {
    this.used = true;
    const column = nodeColumn(
      this.planning,
      this.source.noun,
      this.source.node,
      nodes,
      this.source.edge?.relation.among,
    );
    const place = this.#row.add(column.text as string);
    return {
      text: null,
      decode: (_, run) => this.page.map((item) => column.decode(item[place], run)),
    };
  }

  edges(nodes: readonly FieldNode[]): Column {
    this.used = true;
    const { planning, source } = this;
    const type = `${this.type.slice(0, -'Connection'.length)}Edge`;
    const entries = [...planning.select(below(nodes), type)].map(
      ([key, same]): readonly [string, Column] => {
        const [node] = same as [FieldNode];
        const name = node.name.value;
        if (name === '__typename') return [key, constantColumn(type)];
        if (name === 'cursor')
          return [key, { text: null, decode: (item) => this.#write(item as unknown[]) }];
        if (name === 'node')
          return [
            key,
            nodeColumn(planning, source.noun, source.node, same, source.edge?.relation.among),
          ];
        return [key, edgeColumn(planning, source.edge as NonNullable<Source['edge']>, name, same)];
      },
    );
    const wantsCursor = entries.some(([, column]) => column.text === null);
    if (wantsCursor) this.#needCursor();
    const columns = entries.map(([key, column]): readonly [string, Column, number] => [
      key,
      column,
      column.text === null ? -1 : this.#row.add(column.text),
    ]);
    return {
      text: null,
      decode: (_, run) =>
        this.page.map((item) => {
          const edge: Record<string, unknown> = {};
          for (const [key, column, place] of columns)
            edge[key] = column.decode(place < 0 ? item : item[place], run);
          return edge;
        }),
    };
  }

  info(nodes: readonly FieldNode[]): Column {
    this.used = true;
    const fields = [...this.planning.select(below(nodes), 'PageInfo')].map(
      ([key, [node]]) => [key, node?.name.value ?? ''] as const,
    );
    if (fields.some(([, name]) => name.endsWith('Cursor'))) this.#needCursor();
    const { backward, after, before } = this.at;
    const read: Record<string, () => unknown> = {
      __typename: () => 'PageInfo',
      startCursor: () => (this.page[0] ? this.#write(this.page[0]) : null),
      endCursor: () =>
        this.page.length ? this.#write(this.page[this.page.length - 1] as unknown[]) : null,
      hasNextPage: () => (backward ? before !== null : this.#more),
      hasPreviousPage: () => (backward ? this.#more : after !== null),
    };
    return {
      text: null,
      decode: () => Object.fromEntries(fields.map(([key, name]) => [key, read[name]?.()])),
    };
  }

  #needCursor(): void {
    if (this.#cursor >= 0) return;
    // Its text is known only once the page's query is written.
    this.#cursor = this.#row.add('$cursor');
  }

  #write(item: unknown[]): string {
    return writeCursor(this.at.sign, item[this.#cursor] as CursorValue[]);
  }

  text(): string {
    return `COLLECT { ${pageText(
      this.planning,
      this.source,
      this.at,
      (names) =>
        `[${this.#row.texts.map((text) => (text === '$cursor' ? cursorText(this.at, names) : text)).join(', ')}]`,
    )} }`;
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
