import type { Blueprint, Kind, Noun, PropertyDef, RelationDef } from '../../blueprint';
import type { Value } from '../../blueprint/storage';
import { writtenBy } from '../../derive/export-statements';
import { edgeLists, nameOf, type Item } from './items';

export type Cell = string | number | boolean | null;

/** What a column of a table holds. */
export type CellType = 'text' | 'number' | 'whole' | 'truth';

/** A column of a table: what a file without lists and objects can show of a value. */
export interface TableColumn extends ItemColumn<Cell> {
  readonly type: CellType;
}

const types: Partial<Record<Kind, CellType>> = { float: 'number', int: 'whole', boolean: 'truth' };

/** Several values in one cell; a bar within one is doubled. */
export const joined = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll('|', '||')).join('|');

/** The columns of a property: money has three, a period three, everything else one. */
function columnsOfProperty({ name, kind }: PropertyDef): TableColumn[] {
  const column = (
    own: string,
    type: CellType,
    read: (value: never) => Cell | undefined,
  ): TableColumn => ({
    name: own,
    type,
    cell: ({ values }) => {
      const value = values.get(name);
      return value === undefined ? null : (read(value as never) ?? null);
    },
  });
  switch (kind) {
    case 'money':
      return [
        column(`${name}.amount`, 'number', (value: { amount: number }) => value.amount),
        column(`${name}.currency`, 'text', (value: { currency: string }) => value.currency),
        column(`${name}.asPrinted`, 'text', (value: { asPrinted?: string }) => value.asPrinted),
      ];
    case 'period':
      return (['start', 'end', 'label'] as const).map((part) =>
        column(`${name}.${part}`, 'text', (value: Record<typeof part, string>) => value[part]),
      );
    case 'strings':
    case 'enums':
      return [column(name, 'text', (value: readonly string[]) => joined(value))];
    case 'pairs':
      return [
        column(name, 'text', (value: readonly { name: string; value: string }[]) =>
          joined(value.map((pair) => `${pair.name}=${pair.value}`)),
        ),
      ];
    default:
      return [column(name, types[kind] ?? 'text', (value: Value & Cell) => value)];
  }
}

/** A column with what an item has there. */
export interface ItemColumn<T> {
  readonly name: string;
  cell(item: Item): T;
}

/** How a table's columns are made: those of a property, and that of an end. */
interface Shape<C> {
  columnsOf(property: PropertyDef): readonly C[];
  /** A column that is a text; what stands there is added. */
  end(name: string): Omit<C, 'cell'>;
}

export const plainShape: Shape<TableColumn> = {
  columnsOf: columnsOfProperty,
  end: (name) => ({ name, type: 'text' }),
};

/** The table of a noun: a column or more for each property. */
export const nodeTable = (noun: Noun): TableColumn[] => columnsOfNoun(noun, plainShape);

const columnsOfNoun = <C>(noun: Noun, shape: Shape<C>): C[] =>
  [...noun.properties.values()].flatMap((property) => shape.columnsOf(property));

/** The columns of a relationship's ends; `from` and `to` are dates where a person worked. */
export const ends = { source: 'from', target: 'to' } as const;

/** The table of a type of relationship: its two ends, then what it carries. */
export const edgeTable = (relations: readonly RelationDef[]): TableColumn[] =>
  columnsOfEdge(relations, plainShape);

function columnsOfEdge<C extends ItemColumn<unknown>>(
  relations: readonly RelationDef[],
  shape: Shape<C>,
): C[] {
  const end = (name: keyof typeof ends): C => {
    const cell = (item: Item) => (item.kind === 'edge' ? nameOf(item[ends[name]]) : null);
    return { ...shape.end(name), cell } as C;
  };
  const properties = new Map(
    [...relations.flatMap(({ edge }) => edge), ...edgeLists].map((each) => [each.name, each]),
  );
  const own = [...properties.values()].flatMap((property) => shape.columnsOf(property));
  return [end('source'), end('target'), ...own];
}

/** Opens a table for each noun and type of relationship when it is first needed. */
export function tables<C extends ItemColumn<unknown>, T>(
  blueprint: Blueprint,
  shape: Shape<C>,
  open: (name: string, columns: readonly C[]) => Promise<T>,
): { of(item: Item): Promise<{ columns: readonly C[]; table: T }>; all(): T[] } {
  const opened = new Map<string, { columns: readonly C[]; table: T }>();
  const types = byType(blueprint);
  return {
    async of(item) {
      const name = item.kind === 'node' ? item.noun.name : item.type;
      const known = opened.get(name);
      if (known) return known;
      const columns =
        item.kind === 'node'
          ? columnsOfNoun(item.noun, shape)
          : columnsOfEdge(types.get(item.type) ?? [], shape);
      const made = { columns, table: await open(name, columns) };
      opened.set(name, made);
      return made;
    },
    all: () => [...opened.values()].map(({ table }) => table),
  };
}

/** The relations that write each type of relationship. */
export function byType(blueprint: Blueprint): Map<string, RelationDef[]> {
  const types = new Map<string, RelationDef[]>();
  for (const noun of blueprint.nouns)
    for (const relation of writtenBy(noun)) {
      const type = relation.writes as string;
      types.set(type, [...(types.get(type) ?? []), relation]);
    }
  return types;
}
