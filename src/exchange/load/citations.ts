import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import * as whoIsWho from '../../derive/who-is-who';
import { fold } from '../../support/fold';
import type { CheckedCitation } from '../check/citation';
import type { Run, Writing } from './context';
import type { TieLog } from './log';
import { Moved } from './moved';
import { byColumn } from './values';

/** Writes the citations that are not there yet. */
export async function writeCitations(
  { run, dataset }: Writing,
  cited: readonly CheckedCitation[],
): Promise<void> {
  const unique = [...new Map(cited.map((each) => [each.key, each])).values()];
  if (!unique.length) return;
  const there = new Set(
    await run(statements.readCitations, { keys: unique.map(({ key }) => key) }),
  );
  const fresh = unique.filter(({ key }) => !there.has(key));
  if (!fresh.length) return;
  const { columns, lists } = byColumn(
    fresh.map(({ page, quote, asPrinted }) => ({
      page,
      quote,
      quoteFolded: quote && fold(quote),
      asPrinted,
      asPrintedFolded: asPrinted && fold(asPrinted),
      datasets: [dataset],
      datasetsFolded: [fold(dataset)],
    })),
  );
  await run(statements.createCitations(columns), {
    ...lists,
    key: fresh.map(({ key }) => key),
    source: fresh.map(({ source }) => source),
  });
  const via = fresh.flatMap(({ key, via: sources }) => sources.map((source) => [key, source]));
  if (via.length) await run(statements.writeVia, { rows: via });
}

/** What a node rests on. */
export interface Tie {
  readonly key: string;
  readonly citations: readonly string[];
}

/**
 * Ties nodes to citations.
 * @param renewed a source of which a node is to cite only what is given: a row of a file that has moved
 * @param isNew nodes that were only just made
 */
export async function writeSupport(
  { run, tally, log }: Writing,
  noun: Noun,
  ties: readonly Tie[],
  { renewed, isNew = () => false }: { renewed?: string; isNew?: (key: string) => boolean } = {},
): Promise<void> {
  const home = await Moved.in(run).of(
    noun,
    ties.map(({ key }) => key),
  );
  const asked = [...new Set(ties.flatMap(({ key }) => (isNew(key) ? [] : [home(key)])))];
  const there = new Map(
    asked.length
      ? ((await run(statements.readSupport(noun), { keys: asked })) as [
          string,
          [citation: string, source: string, keys: readonly string[] | null][],
        ][])
      : [],
  );
  const entry: TieLog = { noun: noun.name, tied: [], untied: [] };
  const wanted = new Map<string, Set<string>>();
  for (const { key, citations } of ties) {
    const own = wanted.get(key) ?? new Set();
    wanted.set(key, own);
    for (const citation of citations) own.add(citation);
  }
  for (const [key, citations] of wanted) {
    const before = (there.get(home(key)) ?? []).filter(([, , keys]) =>
      (keys ?? [home(key)]).includes(key),
    );
    for (const citation of citations)
      if (!before.some(([each]) => each === citation)) entry.tied.push([key, citation]);
    if (renewed !== undefined)
      for (const [citation, source] of before)
        if (source === renewed && !citations.has(citation)) entry.untied.push([key, citation]);
  }
  await tieSupport(run, noun, entry.tied);
  await untieSupport(run, noun, entry.untied);
  tally.support += entry.tied.length;
  if (entry.tied.length || entry.untied.length) log.ties.push(entry);
}

type TieRows = readonly (readonly [key: string, citation: string])[];

/** Ties nodes to citations that they do not rest on under that key. */
export async function tieSupport(run: Run, noun: Noun, rows: TieRows): Promise<void> {
  if (rows.length)
    await run(...(await tieing(run, noun, rows, whoIsWho.tie, statements.writeSupport)));
}

/** Unties nodes from citations, which stay. */
export async function untieSupport(run: Run, noun: Noun, rows: TieRows): Promise<void> {
  if (rows.length)
    await run(...(await tieing(run, noun, rows, whoIsWho.untie, statements.untieSupport)));
}

/** Where keys were merged away, a tie is one of several keys. */
async function tieing(
  run: Run,
  noun: Noun,
  rows: TieRows,
  ofSeveral: (noun: Noun) => string,
  ofOne: (noun: Noun) => string,
): Promise<[text: string, p: object]> {
  if (!(await Moved.in(run).any())) return [ofOne(noun), { rows }];
  const home = await Moved.in(run).of(
    noun,
    rows.map(([key]) => key),
  );
  return [ofSeveral(noun), { rows: rows.map(([key, citation]) => [home(key), citation, key]) }];
}
