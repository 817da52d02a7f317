import type { Noun } from '../../blueprint';
import { plainColumns, valueOf } from '../../blueprint/storage';
import { asText } from '../../support/as-text';
import { layerParts, type Columns } from '../load/layers';

/** A field of which something else is said under another key or in another dataset. */
export interface Disagreement {
  readonly field: string;
  readonly shown: string;
  readonly others: readonly {
    readonly key: string;
    readonly dataset: string;
    readonly value: string;
  }[];
}

/** What the layers of a node say in several ways. Lists are joined, and names are kept as aliases: they never disagree. */
export function disagreements(
  noun: Noun,
  layers: ReadonlyMap<string, Columns>,
  shown: Columns,
  home: string,
): Disagreement[] {
  return [...noun.properties.values()].flatMap((property): Disagreement[] => {
    if (['strings', 'pairs', 'enums'].includes(property.kind) || skipped.has(property.name))
      return [];
    const text = (columns: Columns) =>
      asText(
        valueOf(
          property,
          plainColumns(property).map((name) => columns[name] ?? null),
        ),
      );
    const own = text(shown);
    const others = [...layers].flatMap(([name, layer]) => {
      const value = text(layer);
      if (!value || value === own) return [];
      const { dataset, keys } = layerParts(name, [home]);
      return [{ key: keys[0] as string, dataset, value }];
    });
    return others.length ? [{ field: property.name, shown: own, others }] : [];
  });
}

const skipped = new Set(['key', 'name', 'nameZh', 'label', 'labelZh']);
