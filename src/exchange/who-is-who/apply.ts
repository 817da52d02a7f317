import type { Blueprint } from '../../blueprint';
import * as whoIsWho from '../../derive/who-is-who';
import type { Graph } from '../../graph/graph';
import { pairId } from './matches';
import type { Decision } from './matches-file';
import { merge, type Merged, type Pair, type Reason } from './merge';

/** What became of a file of decisions. */
export interface Applied {
  readonly merged: readonly Merged[];
  /** Pairs that were told apart, and will not be proposed again. */
  readonly apart: number;
  /** Pairs of which nothing was said. */
  readonly open: number;
}

/**
 * Carries out what a person decided, all or nothing: merges what was accepted and remembers what was not. The same again
 * changes nothing.
 * @throws Fault as `merge` does, naming the line
 */
export async function applyDecisions(
  graph: Graph,
  blueprint: Blueprint,
  decisions: readonly Decision[],
  reason: Reason,
  options: { readonly dry?: boolean } = {},
): Promise<Applied> {
  const pairs = decisions
    .filter(({ accept }) => accept === true)
    .map(({ noun, key, into, line }): Pair => ({
      old: key,
      into,
      line,
      ...(noun ? { noun } : {}),
    }));
  const apart = decisions.filter(({ accept }) => accept === false);
  const rows = apart.map(({ noun, key, into }) => ({
    id: pairId(noun, key, into),
    at: new Date().toISOString(),
    by: reason.by,
  }));
  const merged = await merge(graph, blueprint, pairs, reason, {
    ...options,
    also: async (run) => {
      if (rows.length) await run(whoIsWho.tellApart, { rows });
    },
  });
  return { merged, apart: rows.length, open: decisions.length - pairs.length - rows.length };
}
