import { basename } from 'node:path';
import { stringify } from 'yaml';
import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { constant } from '../../derive/names';
import { asText } from '../../support/as-text';
import { delimiterIn } from '../source/files';
import { openSource } from '../source/open';
import { FileFault } from '../source/source';
import type { Column } from './column';
import { guessDates } from './guess-dates';
import { guessEncoding } from './guess-encoding';
import { guessHeaderLine } from './guess-header';
import { readNumber } from './number';
import type { FileSpec, ValueOptions, ValueSpec } from './schema';
import { slug } from './slug';
import { suggestRounds } from './suggest-rounds';
import { roundOf, terms, timesOf } from './terms';

/** Rows that a draft is made from. */
const sampled = 500;

/** Words that stand for nothing. */
const nothing = ['-', 'n/a', 'unknown', '#NAME?', '未披露', '未透露'];

/**
 * Drafts a mapping from a file's columns and a sample of its rows: the noun that fits most columns, the fields that their
 * names and values suggest, a key. What it does not recognise is left to `extra`; a person looks it through.
 * @throws FileFault where the file cannot be read
 */
export async function suggestMapping(blueprint: Blueprint, path: string): Promise<string> {
  const { how, columns } = await readable(path);
  const nouns = blueprint.nouns.filter((noun) => noun.root);
  const drafts = nouns.map((noun) => ({ noun, fields: fieldsOf(noun, columns) }));
  const size = ({ fields }: (typeof drafts)[0]) => Object.keys(fields).length;
  const [best] = [...drafts].sort((a, b) => size(b) - size(a));
  const { noun, fields } = best as (typeof drafts)[0];
  const key = keyColumn(columns);
  const title = noun.interfaces.includes('Fact') ? 'label' : 'name';
  const file = { file: basename(path), ...how };
  const fieldsBy = (name: string) => drafts.find((each) => each.noun.name === name)?.fields ?? {};
  const mapping = {
    dataset: datasetOf(path),
    unknown: nothing,
    files: suggestRounds(file, columns, fieldsBy('FundingRound'), fieldsBy('Company')) ?? [
      { ...file, loads: [{ noun: noun.name, key, fields: { [title]: key, ...fields } }] },
    ],
  };
  const reads = mapping.files.map((each) => ({ ...each, header: undefined }));
  const placed = new Set(JSON.stringify(reads).match(/"(?:[^"\\]|\\.)+"/g));
  const left = columns.filter(({ name }) => !placed.has(JSON.stringify(name)));
  const lists = left.filter(({ values }) => values.some((value) => value.startsWith('[{')));
  const comments = [
    '# yaml-language-server: $schema=schema/mapping.schema.json',
    `# Drafted from ${basename(path)}: look it through. Try it with --dry-run.`,
    ...(how.encoding
      ? [
          `# It is no UTF-8 and was read as ${how.encoding}: look whether names are as they should be.`,
        ]
      : []),
    ...mapping.files
      .flatMap(({ loads }) => loads.flatMap((load) => Object.values(load.fields ?? {})))
      .flatMap((value) => (typeof value === 'object' ? [value as ValueOptions] : []))
      .flatMap(({ column, currency }) =>
        currency === 'USD' && !/usd|us\$|美元|美金/i.test(column ?? '')
          ? [`# Which currency "${column}" is in, nothing says: USD stands there to be looked at.`]
          : [],
      ),
    ...(lists.length
      ? [
          `# Lists within rows, of which \`each\` makes rows: ${lists.map(({ name }) => name).join(', ')}`,
        ]
      : []),
    ...(left.length
      ? [`# Kept in \`extra\` as they are: ${left.map(({ name }) => name).join(', ')}`]
      : []),
  ];
  // A name over several lines would end a comment within itself.
  return [
    ...comments.map((text) => text.replace(/\s+/g, ' ')),
    stringify(mapping, { lineWidth: 100 }),
  ].join('\n');
}

/** A file's columns, and what a mapping must say of it before they can be read. */
async function readable(
  path: string,
): Promise<{ readonly how: Partial<FileSpec>; readonly columns: readonly Column[] }> {
  const binary = /\.(xlsx|parquet)$/i.test(path);
  const encoding = binary ? undefined : await guessEncoding(path);
  let how: Partial<FileSpec> = encoding === undefined ? {} : { encoding };
  if (/\.(csv|tsv|tab|txt|xlsx)(\.gz)?$/i.test(path)) {
    const headerLine = await guessHeaderLine(path, how);
    if (headerLine !== undefined) how = { ...how, headerLine };
  }
  const read = await remedied(path, how);
  const delimiter = delimiterIn(read.columns.map(({ name }) => name));
  return delimiter === undefined ? read : remedied(path, { ...how, delimiter });
}

/** The columns, where need be by what a fault of the file says that a mapping must. */
async function remedied(path: string, how: Partial<FileSpec>): ReturnType<typeof readable> {
  try {
    return { how, columns: await sample(path, how) };
  } catch (error) {
    if (!(error instanceof FileFault) || !Object.keys(error.remedy).length) throw error;
    const mended = { ...how, ...error.remedy };
    return { how: mended, columns: await sample(path, mended) };
  }
}

async function sample(path: string, how: Partial<FileSpec>): Promise<Column[]> {
  const source = openSource(path, { file: path, loads: [], ...how });
  const values = new Map<string, string[]>();
  let rows = 0;
  for await (const part of source.rows()) {
    for (const { cells, fault } of part.slice(0, sampled - rows)) {
      if (fault !== undefined) continue;
      rows++;
      for (const [name, cell] of Object.entries(cells)) {
        const own = values.get(name) ?? [];
        values.set(name, own);
        const text = asText(cell).trim();
        if (text && !nothing.includes(text)) own.push(text);
      }
    }
    if (rows >= sampled) break;
  }
  // In a file without rows, names are all there is.
  for (const name of source.columns()) if (!values.has(name)) values.set(name, []);
  if (!values.size) throw new FileFault('has no columns that a mapping could be drafted from.');
  return [...values].map(([name, own]) => {
    // Objects within rows are no values of a field, whatever they are called.
    const nested = own.some((text) => /^\[?\s*\{"/.test(text));
    return {
      name,
      words: nested ? [] : wordsOf(name),
      values: [...new Set(own)],
      whole: !nested && own.length === rows && new Set(own).size === rows && rows > 0,
      telling: !nested && new Set(own).size > rows * 0.8,
    };
  });
}

function wordsOf(name: string): string[] {
  const lower = name.toLowerCase();
  const meant = terms.flatMap(([term, words]) => (lower.includes(term) ? words : [])).join(' ');
  return constant(`${name} ${meant}`)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !['on', 'at', 'date', 'as', 'the', 'of'].includes(word));
}

/** A dataset called as the file, as far as a dataset can be. */
function datasetOf(path: string): string {
  const letters = slug(basename(path).replace(/\..*$/, '')).replace(/[^a-z0-9._-]+/g, '');
  return letters.replace(/^[^a-z0-9]+/, '').slice(0, 60) || 'my-data';
}

/** The column that tells rows apart: one that is called so, if most rows have it; failing that, one that does. */
function keyColumn(columns: readonly Column[]): string {
  const called = (column: Column) =>
    column.words.some((word) => ['key', 'id', 'slug', 'permalink', 'name'].includes(word));
  const best =
    columns.find((column) => column.whole && called(column)) ??
    columns.find((column) => column.telling && called(column)) ??
    columns.find(({ whole, values }) => whole && !values.every((value) => readNumber(value))) ??
    columns.find(({ whole }) => whole) ??
    columns[0];
  return best?.name ?? 'key';
}

function fieldsOf(noun: Noun, columns: readonly Column[]): Record<string, ValueSpec> {
  const fields: Record<string, ValueSpec> = {};
  for (const property of noun.properties.values()) {
    if (['key', 'datasets', 'extra', 'certainty', 'nameCertainty'].includes(property.name))
      continue;
    if (property.kind === 'pairs') continue;
    const wanted = wordsOf(property.name);
    const found = columns
      .filter(
        ({ words }) =>
          wanted.every((word) => words.includes(word)) &&
          words.includes('zh') === wanted.includes('zh'),
      )
      .sort((a, b) => a.words.length - b.words.length)
      .find((column) => valueOf(property, column) !== undefined);
    const value = found && valueOf(property, found);
    if (value !== undefined) fields[property.name] = value;
  }
  return fields;
}

/** How a column is read as a property; undefined where its values do not look like it. */
function valueOf(property: PropertyDef, { name, words, values }: Column): ValueSpec | undefined {
  if (!values.length) return undefined;
  const most = (test: (value: string) => boolean) =>
    values.filter(test).length >= values.length * 0.9;
  switch (property.kind) {
    case 'date': {
      const formats = guessDates(values);
      if (!formats?.length) return formats ? name : undefined;
      return { column: name, format: formats.length > 1 ? [...formats] : formats[0] };
    }
    case 'int':
    case 'float':
      return most((value) => readNumber(value) !== null) ? name : undefined;
    case 'money': {
      const read = values.filter((value) => readNumber(value) !== null);
      if (read.length < values.length / 2) return undefined;
      // "Tens of millions" and the like are told and kept as they are.
      const rest = read.length < values.length ? { unreadable: 'extra' as const } : {};
      // Values that all name their currency need no other.
      const named = read.filter((value) => readNumber(value)?.currencies?.length === 1);
      if (named.length === values.length) return name;
      // Where most do, what names none is no guess's to give.
      if (named.length > read.length / 2) return { column: name, unreadable: 'extra' };
      const code = words.find((word) => /^(usd|eur|cny|gbp|jpy|hkd|inr|krw)$/.test(word));
      const unit = /[\p{Script=Han}]*[元币]/u.exec(name.replace(/^[^(（]*[(（]/, ''));
      const said = unit && readNumber(`1${unit[0]}`);
      const factor = said && said.value !== 1 ? said.value : timesOf(name);
      const times = factor === 1 ? {} : { times: factor };
      const currency = said?.currencies?.[0] ?? (code ?? 'usd').toUpperCase();
      return { column: name, currency, ...times, ...rest };
    }
    case 'enum': {
      if (values.length > 30) return undefined;
      const known = Object.keys(property.enum?.values ?? {});
      const map = values.map((value) => {
        const word = constant(value.replace(/[^\p{L}\p{N}]+/gu, '_'));
        const meant = property.enum?.name === 'RoundType' ? roundOf(value) : null;
        return [value, known.find((each) => each === word) ?? meant] as const;
      });
      return map.some(([, value]) => value !== null)
        ? { column: name, map: Object.fromEntries(map) }
        : undefined;
    }
    case 'strings': {
      const split = [';', '|', ','].find((sign) => values.some((value) => value.includes(sign)));
      return split === undefined ? name : { column: name, split };
    }
    case 'boolean':
    case 'string':
    case 'text':
    case 'currency':
    case 'period':
      return name;
    case 'enums':
    case 'pairs':
      return undefined;
  }
}
