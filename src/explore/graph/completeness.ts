import { factsOfHub } from '../../derive/picture/statements';
import type { LeftOut } from './left-out';
import { cap, type Question } from './read';
import type { Sketch } from './sketch';
import { mostLines } from './thin';

/**
 * Whether a limit cut something off: what a node that was to be unfolded leads to and was not drawn.
 * @param lines how many there are among its nodes
 */
export function completenessOf(
  { seeds, nodes, sizes, hubs }: Sketch,
  { limit, depth }: Question,
  left: readonly LeftOut[],
  lines: number,
) {
  const inner = sizes.slice(0, depth).reduce((a, b) => a + b, 0);
  const unfolded = new Set(nodes.slice(0, inner).map(([id]) => id));
  const cut = left.filter(({ id }) => unfolded.has(id));
  const full = nodes.length >= limit && (cut.length > 0 || seeds > limit);
  const capped = new Set(cut.map(({ id }) => id)).size;
  // Facts that join two hubs are looked for among so many of each.
  const wide = new Set(
    hubs.filter(({ facts, count }) => facts && count > factsOfHub).map(({ id }) => id),
  ).size;
  const reasons = [
    full ? `The limit of ${limit} ${limit === 1 ? 'node' : 'nodes'} was reached.` : '',
    !full && capped
      ? `Of ${capped} ${capped === 1 ? 'node' : 'nodes'} with more neighbours than ${cap}, the best connected are drawn.`
      : '',
    lines > mostLines
      ? `Of ${lines} lines, ${mostLines} are drawn: one from each node to those before it, then those of the most facts.`
      : '',
    wide > 1 ? `Between ${wide} hubs not every fact was looked for.` : '',
  ].filter(Boolean);
  return {
    returned: nodes.length,
    total: reasons.length ? null : nodes.length,
    truncated: reasons.length > 0,
    reason: reasons.join(' ') || null,
  };
}
