import type { Blueprint, Kind, Noun, PropertyDef, RelationDef } from '../../blueprint';
import type { Value } from '../../blueprint/storage';
import { writtenBy } from '../../derive/export-statements';
import { edgeLists, nameOf, type Item } from './items';

export type Cell = string | number | boolean | null;

/** What a column of a table holds. */
export type CellType = 'text' | 'number' | 'whole' | 'truth';

/** A column of a table: what a file without lists and objects can show of a value. */
export interface TableColumn {
  readonly name: string;
  readonly type: CellType;
  cell(item: Item): Cell;
}

const types: Partial<Record<Kind, CellType>> = { float: 'number', int: 'whole', boolean: 'truth' };

/** Several values in one cell; a bar within one is doubled. */
export const joined = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll('|', '||')).join('|');

/** The columns of a property: money has three, a period three, everything else one. */
export function columnsOfProperty({ name, kind }: PropertyDef): TableColumn[] {
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

/** The table of a noun: a column or more for each property. */
export const nodeTable = (noun: Noun): TableColumn[] =>
  [...noun.properties.values()].flatMap(columnsOfProperty);

/** The columns of a relationship's ends; `from` and `to` are dates where a person worked. */
export const ends = { source: 'from', target: 'to' } as const;

/** The table of a type of relationship: its two ends, then what it carries. */
export function edgeTable(relations: readonly RelationDef[]): TableColumn[] {
  const end = (name: keyof typeof ends): TableColumn => ({
    name,
    type: 'text',
    cell: (item) => (item.kind === 'edge' ? nameOf(item[ends[name]]) : null),
  });
  const properties = new Map(
    [...relations.flatMap(({ edge }) => edge), ...edgeLists].map((each) => [each.name, each]),
  );
  return [end('source'), end('target'), ...[...properties.values()].flatMap(columnsOfProperty)];
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
