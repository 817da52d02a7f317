import type { Blueprint } from '../../../blueprint';
import type { Item } from '../items';
import {
  byType,
  edgeTable,
  ends,
  nodeTable,
  type Cell,
  type CellType,
  type TableColumn,
} from '../tables';

/** An attribute that a file declares once and its elements refer to. */
export interface Attribute {
  readonly id: string;
  readonly name: string;
  readonly type: CellType;
}

/** The types of attributes as both GraphML and GEXF name them. */
export const attributeTypes: Readonly<Record<CellType, string>> = {
  text: 'string',
  number: 'double',
  whole: 'long',
  truth: 'boolean',
};

/** The attributes of one sort of element, and which of them an item has. */
export interface Attributes {
  readonly declared: readonly Attribute[];
  of(item: Item): (readonly [Attribute, Exclude<Cell, null>])[];
}

/**
 * Attributes for formats that declare them before the first element: those of one name and type are one, whichever noun
 * has them.
 */
export function attributesOf(
  prefix: string,
  groups: ReadonlyMap<string, readonly TableColumn[]>,
  groupOf: (item: Item) => string,
  without: ReadonlySet<string> = new Set(),
): Attributes {
  const declared = new Map<string, Attribute>();
  const columns = new Map<string, (readonly [Attribute, TableColumn])[]>();
  for (const [group, own] of groups)
    columns.set(
      group,
      own
        .filter((column) => !without.has(column.name))
        .map((column) => {
          const { name, type } = column;
          const id = `${name} ${type}`;
          const attribute = declared.get(id) ?? { id: `${prefix}${declared.size}`, name, type };
          declared.set(id, attribute);
          return [attribute, column] as const;
        }),
    );
  return {
    declared: [...declared.values()],
    of: (item) =>
      (columns.get(groupOf(item)) ?? []).flatMap(([attribute, column]) => {
        const cell = column.cell(item);
        return cell === null ? [] : [[attribute, cell] as const];
      }),
  };
}

/** The attributes of nodes, by noun, and of relationships, by type. */
export function attributesOfGraph(blueprint: Blueprint): { nodes: Attributes; edges: Attributes } {
  const nouns = new Map(blueprint.nouns.map((noun) => [noun.name, nodeTable(noun)]));
  const types = new Map(
    [...byType(blueprint)].map(([type, relations]) => [type, edgeTable(relations)]),
  );
  return {
    nodes: attributesOf('n', nouns, (item) => (item.kind === 'node' ? item.noun.name : '')),
    edges: attributesOf(
      'e',
      types,
      (item) => (item.kind === 'edge' ? item.type : ''),
      new Set(Object.keys(ends)),
    ),
  };
}
