import type { Noun, RelationDef } from '../../blueprint';
import { hiddenEdges, hiddenIds } from '../../derive/hiding';
import { takeTurn } from '../../derive/operations';
import { grouped, type Run } from './context';

/** The dataset of all that curators say; it is trusted before every other. */
export const curated = 'curated';

/**
 * Takes a writer's turn: until its transaction ends, no curator writes.
 * @returns whether curators have ever changed anything; where they have not, nothing is hidden
 */
export async function takeWritersTurn(run: Run): Promise<boolean> {
  return (await run(takeTurn, { name: curated })).length > 0;
}

interface End {
  readonly noun: Noun;
  readonly key: string;
}

/** Which of some nodes curators have hidden: `Noun:key`. */
export async function hiddenNodes(run: Run, nodes: readonly End[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(nodes.map(({ noun, key }) => `${noun.name}:${key}`))];
  return new Set((ids.length ? await run(hiddenIds, { ids }) : []) as string[]);
}

/** A relationship from where it starts to where it leads. */
export interface Way {
  readonly relation: RelationDef;
  readonly from: End;
  readonly to: End;
}

/** Which of some relationships curators have hidden. */
export async function hiddenWays<W extends Way>(
  run: Run,
  ways: readonly W[],
): Promise<ReadonlySet<W>> {
  const found = new Set<W>();
  const kinds = grouped(
    ways,
    ({ relation, from, to }) => `${from.noun.name} ${relation.writes} ${to.noun.name}`,
  );
  for (const group of kinds.values()) {
    const [{ relation, from, to }] = group as [W];
    const rows = group.map(pair);
    const hidden = new Set(
      (await run(hiddenEdges(from.noun, relation.writes as string, to.noun), { rows })).map((row) =>
        (row as string[]).join('\n'),
      ),
    );
    for (const each of group) if (hidden.has(pair(each).join('\n'))) found.add(each);
  }
  return found;
}

/** Both keys as they are stored: a relationship without a direction of its own starts at the lesser. */
function pair({ relation, from, to }: Way): [string, string] {
  const turned = relation.steps[0]?.direction === 'both' && from.key > to.key;
  return turned ? [to.key, from.key] : [from.key, to.key];
}
