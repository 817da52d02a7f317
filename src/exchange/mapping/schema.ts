import { z } from 'zod';

/** The mapping language, said once: its types, its checks and its published JSON Schema follow from here. */

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMany = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)]);

const readOptions = z.strictObject({
  column: z.string().optional().meta({
    description: 'The column that holds it; in JSON also a path such as address.city.',
  }),
  columns: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({ description: 'Several columns, joined by `join`.' }),
  join: z.string().optional().meta({ description: 'What stands between joined columns: a space.' }),
  constant: scalar.optional().meta({ description: 'The same value for every row.' }),
  text: z.string().optional().meta({
    description: 'A text with {columns} in it; unknown where all of them are.',
  }),
  unknown: z.array(z.string()).optional().meta({
    description: 'Words that stand for nothing here, beside those of the whole mapping.',
  }),
  without: z
    .string()
    .optional()
    .meta({ description: 'A beginning that is taken off, such as /company/.' }),
  case: z.enum(['upper', 'lower']).optional(),
  slug: z.boolean().optional().meta({ description: 'Lower case, words joined by hyphens.' }),
  split: z.string().optional().meta({ description: 'What parts the items of a list.' }),
  map: z
    .record(z.string(), scalar.nullable())
    .optional()
    .meta({ description: 'Words of the file and what they are here; null is unknown.' }),
  others: scalar.optional().meta({
    description: 'What a word is that `map` does not name. Without it, such a word is a fault.',
  }),
  format: oneOrMany(z.string()).optional().meta({
    description:
      'How dates are written: YYYY, YY, MMMM, MMM, MM, M, DD, D and signs; serial for the days of a spreadsheet.',
  }),
  decimal: z.enum(['.', ',']).optional().meta({
    description: 'The sign before decimals. The other, spaces and apostrophes group thousands.',
  }),
  times: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'What a number is multiplied by: 1000 where figures are in thousands.' }),
  currency: z
    .union([
      z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD, or { column: ... }'),
      z.strictObject({ column: z.string() }),
    ])
    .optional()
    .meta({ description: 'The currency of money: an ISO 4217 code, or the column that holds it.' }),
  unreadable: z.enum(['reject', 'extra']).optional().meta({
    description:
      'What happens where the value cannot be read: the row is rejected, or the value is told and kept in `extra`.',
  }),
});

/** How a value is read: from where, and what is done with it. */
export interface ValueOptions extends z.infer<typeof readOptions> {
  or?: ValueSpec;
}
/** What a field is made of: a column, or a column with how it is to be read. */
export type ValueSpec = string | ValueOptions;

const value: z.ZodType<ValueSpec> = z
  .union([
    z.string(),
    readOptions.extend({
      or: z
        .lazy(() => value.optional())
        .meta({ description: 'What stands instead of the unknown.' }),
    }),
  ])
  .meta({ id: 'Value', description: 'A column, or a column and how it is read.' });

const relation = z.strictObject({
  key: oneOrMany(value).optional().meta({
    description: 'The key of the other end: columns, slugged as keys are, joined by a slash.',
  }),
  find: z.record(z.string(), value).optional().meta({
    description:
      'The other end by what it says: a field, or a field of its neighbour such as company.name. It must be one.',
  }),
  settle: z
    .record(z.string(), value)
    .optional()
    .meta({ description: 'What decides where `find` meets several.' }),
  noun: z
    .string()
    .optional()
    .meta({ description: 'Which noun it is, where the relation leads to several.' }),
  edge: z
    .record(z.string(), value)
    .optional()
    .meta({ description: 'What the relationship itself says.' }),
  optional: z.boolean().optional().meta({
    description:
      'A row whose other end is not found, or would be a second where there can be one, is loaded without it, and that is told; else it is rejected.',
  }),
});
export type RelationSpec = z.infer<typeof relation>;

/** Where a value comes from, by one of these: what has one of them is how a value is read, and no list of names. */
export const origins = ['column', 'columns', 'constant', 'text'] as const;
const scheme = z.string().regex(new RegExp(`^(?!(${origins.join('|')})$)`));

const load = z.strictObject({
  noun: z.string().meta({ description: 'What each row makes, such as Company.' }),
  key: oneOrMany(value).meta({
    description: 'What its key is made of; each part is slugged, parts are joined by a slash.',
  }),
  fields: z
    .record(z.string(), z.union([value, z.record(scheme, value)]))
    .optional()
    .meta({ description: 'Fields and what they are made of; externalIds by scheme.' }),
  relations: z
    .record(z.string(), oneOrMany(relation))
    .optional()
    .meta({ description: 'Relations of either end and where they lead.' }),
  repeats: z.enum(['ordinal', 'merge']).optional().meta({
    description:
      'A row that repeats a key gets an ordinal key (key~2), or adds what is unknown so far.',
  }),
  onlyNew: z.boolean().optional().meta({
    description: 'Only what is not in the graph yet is made; what is there is left as it is.',
  }),
  extra: z.boolean().optional().meta({
    description: 'Takes the columns that have no place. The last without `onlyNew` does by itself.',
  }),
  cite: z.boolean().optional().meta({
    description: 'Whether the file and row are cited. Facts are cited by themselves.',
  }),
  page: value.optional().meta({ description: 'The page to cite, instead of the row.' }),
  quote: value.optional().meta({ description: 'The words to cite.' }),
});
export type LoadSpec = z.infer<typeof load>;

const skip = z.strictObject({
  column: z.string(),
  is: oneOrMany(z.string()).optional(),
  isNot: oneOrMany(z.string()).optional(),
  matches: z.string().optional().meta({ description: 'A regular expression.' }),
  empty: z.boolean().optional(),
});

const each = z.union([
  z.string(),
  z.strictObject({ column: z.string(), split: z.string().min(1) }),
]);
/** Whose items become rows: a column or path, or a text and what parts it. */
export type EachSpec = z.infer<typeof each>;

const file = z.strictObject({
  file: oneOrMany(z.string()).meta({
    description: 'One file, several, or a pattern such as rounds-*.csv.gz.',
  }),
  format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'xlsx', 'parquet']).optional().meta({
    description: 'How it is written; its name tells by itself.',
  }),
  encoding: z.string().optional().meta({
    description: 'Its encoding, such as macroman or gb18030: utf-8, or what its first bytes say.',
  }),
  delimiter: z.string().min(1).optional().meta({ description: 'What parts its columns.' }),
  quote: z
    .union([z.string().length(1), z.literal(false)])
    .optional()
    .meta({ description: 'The quotation mark of a CSV file; false where there are none.' }),
  escape: z
    .string()
    .length(1)
    .optional()
    .meta({ description: 'What stands before a quotation mark within quotes.' }),
  header: z.array(z.string()).optional().meta({
    description: 'Its columns, where no row names them, or instead of the names in `headerLine`.',
  }),
  headerLine: z.number().int().positive().optional().meta({
    description: 'The line of the row that names its columns, where titles stand above it.',
  }),
  sheet: z
    .union([z.string(), z.number().int().positive()])
    .optional()
    .meta({ description: 'The sheet of a workbook, by name or number.' }),
  at: z.string().optional().meta({
    description: 'Where in a JSON file the list stands, such as data.items or /data/items.',
  }),
  each: each.optional().meta({
    description:
      'A list within the rows, such as rounds or rounds.investors: each item makes a row, beside the columns of its own row. { column, split } parts a text.',
  }),
  unpacks: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'How many times its size a .gz may unpack to: 200.' }),
  skip: z
    .array(skip)
    .optional()
    .meta({ description: 'Rows that are passed over: those for which one of these holds.' }),
  ignore: z.array(z.string()).optional().meta({ description: 'Columns that are not kept.' }),
  source: z.string().optional().meta({
    description: 'The key of a Source in the graph that it is, instead of one of its own.',
  }),
  certainty: value.optional().meta({ description: 'How sure its facts are: STATED.' }),
  loads: z.array(load).min(1).meta({ description: 'What each row makes, in this order.' }),
});
export type FileSpec = z.infer<typeof file>;

export const mappingSchema = z
  .strictObject({
    $schema: z.string().optional(),
    dataset: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'lower-case letters, digits, hyphens')
      .meta({ description: 'The dataset that all of it belongs to.' }),
    title: z.string().optional(),
    source: z
      .strictObject({
        title: z.string().optional(),
        publisher: z.string().optional(),
        publishedOn: z.string().optional(),
        url: z.string().optional(),
        licence: z.string().optional(),
      })
      .optional()
      .meta({ description: 'Where the files come from; each file becomes a Source of the graph.' }),
    unknown: z
      .array(z.string())
      .optional()
      .meta({ description: 'Words that stand for nothing in all files, such as - or #NAME?.' }),
    files: z.array(file).min(1),
  })
  .meta({ title: 'A mapping of files to the graph' });

export type Mapping = z.infer<typeof mappingSchema>;

/** The published JSON Schema of mappings. */
export function mappingJsonSchema(): object {
  return z.toJSONSchema(mappingSchema, { target: 'draft-7' });
}
