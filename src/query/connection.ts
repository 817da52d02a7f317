import type { FieldNode } from 'graphql';
import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { connectionName } from '../derive/names';
import { constantColumn, objectOf, Row, type Column } from './column';
import { below, type Planning } from './context';
import { writeCursor, type CursorValue } from './cursor';
import { citationsOfEdge, nodeColumn } from './node';
import { asked, cursorText, pageText, readPage, type Page } from './page';
import { Sums } from './sums';
import { relatedSource, rootSource, type Source } from './source';
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
  return connection(planning, source, args, `${noun.name}Connection`, nodes, false);
}

/** One connection as one expression: its page, its total, its aggregates, each only where asked for. */
export function connection(
  planning: Planning,
  source: Source,
  args: Record<string, unknown>,
  type: string,
  nodes: readonly FieldNode[],
  nested = true,
): Column {
  const page = readPage(planning, source, args);
  const fields = [...planning.select(below(nodes), type)];
  const row = new Row();
  const sums = new Sums(planning, source, nested);
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
      const [rows, numbers, own] = value as [unknown[][] | null, unknown, unknown[]];
      items.take(rows, run);
      sums.take(numbers);
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
      return { text: null, decode: sums.total() };
    case 'completeness':
      return completeness(planning, nodes, items, sums);
    default: {
      const { of, fn = 'COUNT' } = planning.fix<{ of: string; fn?: string }>(
        planning.args(type, node),
      );
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
    decode: () => {
      const whole: Record<string, unknown> = {
        __typename: 'Completeness',
        returned: items.page.length,
        total: total?.(),
        truncated: false,
        reason: null,
      };
      return Object.fromEntries(fields.map(([key, name]) => [key, whole[name]]));
    },
  };
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
