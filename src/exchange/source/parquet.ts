import { FileFault, jsonRejects, type Open, type SourceRow } from './source';

/** Rows that are read at once; a row group is read in such pieces. */
const piece = 5_000;

/** Parquet: read by pieces of row groups, whichever of the usual compressions it has. */
export const openParquet: Open = (path) => {
  let columns: readonly string[] = [];
  return {
    rows: async function* () {
      const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } =
        await import('hyparquet');
      const { compressors } = await import('hyparquet-compressors');
      const told = (error: unknown): never => {
        throw new FileFault(`cannot be read as Parquet: ${(error as Error).message}.`);
      };
      const file = await asyncBufferFromFile(path);
      const metadata = await parquetMetadataAsync(file).catch(told);
      columns = metadata.schema
        .slice(1)
        .filter((_, index, all) => isTop(all, index))
        .map(({ name }) => name);
      const rows = Number(metadata.num_rows);
      for (let start = 0; start < rows; start += piece) {
        const rowEnd = Math.min(rows, start + piece);
        const found = await parquetReadObjects({
          file,
          metadata,
          compressors,
          rowStart: start,
          rowEnd,
        }).catch(told);
        yield found.map((cells, index): SourceRow => ({
          row: start + index + 1,
          line: start + index + 1,
          cells,
        }));
      }
    },
    fixed: true,
    columns: () => columns,
    rejects: () => jsonRejects,
  };
};

/** Whether an element of the flattened schema stands at its top. */
function isTop(schema: readonly { readonly num_children?: number }[], at: number): boolean {
  let index = 0;
  while (index < at) index += sizeOfTree(schema, index);
  return index === at;
}

function sizeOfTree(schema: readonly { readonly num_children?: number }[], at: number): number {
  let size = 1;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child++)
    size += sizeOfTree(schema, at + size);
  return size;
}
