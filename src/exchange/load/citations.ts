import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import { fold } from '../../support/fold';
import type { CheckedCitation } from '../check/citation';
import type { Writing } from './context';
import type { TieLog } from './log';
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
  const asked = [...new Set(ties.flatMap(({ key }) => (isNew(key) ? [] : [key])))];
  const there = new Map(
    asked.length
      ? ((await run(statements.readSupport(noun), { keys: asked })) as [
          string,
          [citation: string, source: string][],
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
    const before = there.get(key) ?? [];
    for (const citation of citations)
      if (!before.some(([each]) => each === citation)) entry.tied.push([key, citation]);
    if (renewed !== undefined)
      for (const [citation, source] of before)
        if (source === renewed && !citations.has(citation)) entry.untied.push([key, citation]);
  }
  if (entry.tied.length) await run(statements.writeSupport(noun), { rows: entry.tied });
  if (entry.untied.length) await run(statements.untieSupport(noun), { rows: entry.untied });
  tally.support += entry.tied.length;
  if (entry.tied.length || entry.untied.length) log.ties.push(entry);
}
