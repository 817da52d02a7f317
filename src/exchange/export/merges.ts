import type { RecordItem } from './items';

/** What tables tell of a key that was merged away: its node's id then, where it leads, who merged it, when and why. */
export const mergeColumns = ['id', 'into', 'key', 'at', 'by', 'because'] as const;

export const mergeTable = 'FormerKey';

/** Keys that were merged away, as rows of {@link mergeColumns}. */
export async function* mergesOf(
  records: AsyncIterable<RecordItem>,
): AsyncGenerator<readonly (string | null)[]> {
  for await (const { label, stored } of records)
    if (label === mergeTable)
      yield mergeColumns.map((name) => (stored[name] ?? null) as string | null);
}
