import type { SchemaTree } from 'hyparquet' with { 'resolution-mode': 'import' };
import { FileFault, jsonRejects, type Open, type SourceRow } from './source';

/** Rows that are read at once; a row group is read in such pieces. */
const piece = 5_000;

/** Parquet: read by pieces of row groups, whichever of the usual compressions it has. */
export const openParquet: Open = (path) => {
  let columns: readonly string[] = [];
  return {
    rows: async function* () {
      const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } =
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
      const plain = new Map(
        parquetSchema(metadata).children.map((each) => [each.element.name, plainOf(each)]),
      );
      const rows = Number(metadata.num_rows);
      for (let start = 0; start < rows; start += piece) {
        const rowEnd = Math.min(rows, start + piece);
        const found = await parquetReadObjects({
          file,
          metadata,
          compressors,
          rowStart: start,
          rowEnd,
          utf8: false,
        }).catch(told);
        yield found.map((cells, index): SourceRow => ({
          row: start + index + 1,
          line: start + index + 1,
          cells: Object.fromEntries(
            Object.entries(cells).map(([name, value]) => [name, plain.get(name)?.(value) ?? null]),
          ),
        }));
      }
    },
    fixed: true,
    columns: () => columns,
    rejects: () => jsonRejects,
  };
};

/** A value as other kinds of files have it: a decimal to its places, bytes as a text where they are one. */
function plainOf({ element, children }: SchemaTree): (value: unknown) => unknown {
  const [only] = children;
  if (!only)
    return element.converted_type === 'DECIMAL'
      ? each((value) => Number((value as number).toFixed(element.scale ?? 0)))
      : each((value) => (value instanceof Uint8Array ? textOf(value) : value));
  const parts = new Map(children.map((child) => [child.element.name, plainOf(child)]));
  if (element.converted_type === 'LIST')
    return each(
      only.children.length === 1 ? plainOf(only.children[0] as SchemaTree) : plainOf(only),
    );
  if (element.converted_type === 'MAP') {
    const value = only.children[1];
    return value ? fields(() => plainOf(value)) : (map) => map;
  }
  return each(fields((name) => parts.get(name)));
}

type Plain = (value: unknown) => unknown;

const each =
  (plain: Plain): Plain =>
  (value) =>
    value == null ? null : Array.isArray(value) ? value.map(each(plain)) : plain(value);

const fields =
  (of: (name: string) => Plain | undefined): Plain =>
  (value) =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([name, part]) => [name, of(name)?.(part) ?? null]),
        )
      : value;

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // No text.
  }
  return `0x${Buffer.from(bytes).toString('hex')}`;
}

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
