import { basename } from 'node:path';
import { stringify } from 'yaml';
import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { constant } from '../../derive/names';
import { asText } from '../../support/as-text';
import { delimiterIn } from '../source/files';
import { openSource } from '../source/open';
import { dateReader, readIsoDate } from './date';
import { readNumber } from './number';
import type { ValueSpec } from './schema';
import { slug } from './slug';

/** Rows that a draft is made from. */
const sampled = 500;

/** Ways to write a date that are tried, the least mistakable first. */
const formats = [
  'YYYY/M/D',
  'D.M.YYYY',
  'D MMM YYYY',
  'MMMM D, YYYY',
  'YYYY年M月D日',
  'D/M/YYYY',
  'M/D/YYYY',
];

interface Column {
  readonly name: string;
  readonly words: readonly string[];
  /** What stands there in the sample, each once, without what is empty. */
  readonly values: readonly string[];
  readonly whole: boolean;
}

/**
 * Drafts a mapping from a file's columns and a sample of its rows: the noun that fits most columns, the fields that their
 * names and values suggest, a key. What it does not recognise is left to `extra`; a person looks it through.
 * @throws FileFault where the file cannot be read
 */
export async function suggestMapping(blueprint: Blueprint, path: string): Promise<string> {
  const first = await sample(path);
  const delimiter = delimiterIn(first.map(({ name }) => name));
  const columns = delimiter === undefined ? first : await sample(path, { delimiter });
  const nouns = blueprint.nouns.filter((noun) => noun.root);
  const drafts = nouns.map((noun) => ({ noun, fields: fieldsOf(noun, columns) }));
  const size = ({ fields }: (typeof drafts)[0]) => Object.keys(fields).length;
  const [best] = [...drafts].sort((a, b) => size(b) - size(a));
  const { noun, fields } = best as (typeof drafts)[0];
  const key = keyColumn(columns);
  const title = noun.interfaces.includes('Fact') ? 'label' : 'name';
  const mapping = {
    dataset: slug(basename(path).replace(/\..*$/, '')) || 'my-data',
    unknown: ['-', 'n/a', 'unknown', '#NAME?'],
    files: [
      {
        file: basename(path),
        ...(delimiter === undefined ? {} : { delimiter }),
        loads: [{ noun: noun.name, key, fields: { [title]: key, ...fields } }],
      },
    ],
  };
  const placed = new Set(JSON.stringify(mapping.files).match(/"[^"]+"/g));
  const left = columns.filter(({ name }) => !placed.has(JSON.stringify(name)));
  return [
    '# yaml-language-server: $schema=schema/mapping.schema.json',
    `# Drafted from ${basename(path)}: look it through. Try it with --dry-run.`,
    ...(left.length
      ? [`# Kept in \`extra\` as they are: ${left.map(({ name }) => name).join(', ')}`]
      : []),
    stringify(mapping, { lineWidth: 100 }),
  ].join('\n');
}

async function sample(path: string, how: { readonly delimiter?: string } = {}): Promise<Column[]> {
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
        if (text) own.push(text);
      }
    }
    if (rows >= sampled) break;
  }
  return [...values].map(([name, own]) => ({
    name,
    words: wordsOf(name),
    values: [...new Set(own)],
    whole: own.length === rows && new Set(own).size === rows && rows > 0,
  }));
}

/** What columns are called in Chinese, in the words of fields. */
const terms: readonly (readonly [term: string, words: string])[] = [
  ['名称', 'name'],
  ['公司名', 'name'],
  ['城市', 'city'],
  ['成立', 'founded'],
  ['状态', 'status'],
  ['网站', 'website'],
  ['官网', 'website'],
  ['简介', 'description zh'],
  ['融资', 'funding total raised'],
  ['轮次', 'type'],
  ['日期', 'announced'],
];

function wordsOf(name: string): string[] {
  const meant = terms.flatMap(([term, words]) => (name.includes(term) ? words : [])).join(' ');
  return constant(`${name} ${meant}`)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !['on', 'at', 'date', 'as', 'the', 'of'].includes(word));
}

/** The column that tells rows apart; failing that, the first. */
function keyColumn(columns: readonly Column[]): string {
  const telling = columns.filter(({ whole }) => whole);
  const named = telling.find(({ words }) =>
    words.some((word) => ['key', 'id', 'slug', 'permalink', 'name'].includes(word)),
  );
  return (named ?? telling[0] ?? columns[0])?.name ?? 'key';
}

function fieldsOf(noun: Noun, columns: readonly Column[]): Record<string, ValueSpec> {
  const fields: Record<string, ValueSpec> = {};
  for (const property of noun.properties.values()) {
    if (['key', 'datasets', 'extra', 'certainty', 'nameCertainty'].includes(property.name))
      continue;
    if (property.kind === 'pairs') continue;
    const wanted = wordsOf(property.name);
    const found = columns
      .filter(({ words }) => wanted.length > 0 && wanted.every((word) => words.includes(word)))
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
      if (most((value) => readIsoDate(value) !== null)) return name;
      const format = formats.find((each) => most((value) => dateReader(each)(value) !== null));
      return format === undefined ? undefined : { column: name, format };
    }
    case 'int':
    case 'float':
      return most((value) => readNumber(value) !== null) ? name : undefined;
    case 'money': {
      if (!most((value) => readNumber(value) !== null)) return undefined;
      // Values that all name their currency need no other.
      if (values.every((value) => readNumber(value)?.currencies?.length === 1)) return name;
      const code = words.find((word) => /^(usd|eur|cny|gbp|jpy|hkd|inr|krw)$/.test(word));
      const unit = /[\p{Script=Han}]*[元币]/u.exec(name.replace(/^[^(（]*[(（]/, ''));
      const said = unit && readNumber(`1${unit[0]}`);
      const times = said && said.value !== 1 ? { times: said.value } : {};
      const currency = said?.currencies?.[0] ?? (code ?? 'usd').toUpperCase();
      return { column: name, currency, ...times };
    }
    case 'enum': {
      if (values.length > 30) return undefined;
      const known = Object.keys(property.enum?.values ?? {});
      const map = values.map((value) => {
        const word = constant(value.replace(/[^\p{L}\p{N}]+/gu, '_'));
        return [value, known.find((each) => each === word) ?? null] as const;
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
