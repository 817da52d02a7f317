import type { Column } from './column';
import type { FileSpec, LoadSpec, RelationSpec, ValueSpec } from './schema';

type Fields = Readonly<Record<string, ValueSpec>>;

/**
 * A list of rounds speaks of three things at once: a draft makes the companies, the investors and the rounds that join
 * them. Null where the columns are no list of rounds.
 */
export function suggestRounds(
  file: Omit<FileSpec, 'loads'>,
  columns: readonly Column[],
  round: Fields,
  company: Fields,
): FileSpec[] | null {
  const who = named(columns, ['company', 'startup', 'organization', 'organisation']);
  const known = ['type', 'announcedOn', 'raised'].flatMap((field) => round[field] ?? []);
  if (!who || known.length < 2) return null;
  const taken = new Set([who.name, ...Object.values(round).map(columnOf)]);
  const own = Object.entries(company).filter(([, value]) => !taken.has(columnOf(value)));
  const type = round.type && columnOf(round.type);
  const parts = [type, round.announcedOn && columnOf(round.announcedOn)].flatMap(
    (each) => each ?? [],
  );
  const by = named(columns, ['investors', 'investor', '投资方', '投资机构', '投资人']);
  // A list of JSON or Parquet is parted already.
  const parted = by?.values.some((text) => text.startsWith('['));
  const split = parted
    ? undefined
    : ['、', ';', '|', ','].find((sign) => by?.values.some((text) => text.includes(sign)));
  const firms: FileSpec[] = by
    ? [
        {
          ...file,
          ...(split || parted ? { each: split ? { column: by.name, split } : by.name } : {}),
          loads: [firmOf(by.name)],
        },
      ]
    : [];
  const investors: Record<string, RelationSpec> = by
    ? { investors: { key: split ? { column: by.name, split } : by.name, optional: true } }
    : {};
  const loads: LoadSpec[] = [
    {
      noun: 'Company',
      key: who.name,
      repeats: 'merge',
      fields: { name: who.name, ...Object.fromEntries(own) },
    },
    {
      noun: 'FundingRound',
      key: [who.name, ...parts],
      fields: {
        label: { columns: [who.name, ...(type ? [type] : [])] },
        ...round,
        ...(type ? { typeAsGiven: type } : {}),
      },
      relations: { company: { key: who.name }, ...investors },
    },
  ];
  // Where titles stand above the names, notes stand below the rows: they have a first cell only.
  const skip = file.headerLine && type ? { skip: [{ column: type, empty: true }] } : {};
  return [...firms, { ...file, ...skip, loads }];
}

const firmOf = (name: string): LoadSpec => ({
  noun: 'InvestmentFirm',
  key: name,
  onlyNew: true,
  fields: { name },
});

/** The column that is called by one of the words and least besides; ids and counts are no names. */
function named(columns: readonly Column[], words: readonly string[]): Column | undefined {
  return columns
    .filter(
      (column) =>
        column.words.some((word) => words.some((each) => word === each)) &&
        !/\bids?\b|[#№]/i.test(column.name) &&
        !column.values.every((value) => /^\d+$/.test(value)),
    )
    .sort((a, b) => extent(a) - extent(b))[0];
}

const extent = ({ words }: Column): number => words.filter((word) => word !== 'name').length;

/** The column that a value of a draft is made of. */
const columnOf = (value: ValueSpec): string =>
  typeof value === 'string' ? value : (value.column ?? '');
