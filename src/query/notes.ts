import type { Graph } from '../graph/graph';
import { nearest } from '../support/did-you-mean';
import { fold } from '../support/fold';
import type { Plan } from './plan';
import type { Request } from './request';

/** A remark on an empty answer: a key that exists nowhere, and those near it. */
export interface Note {
  readonly path: string;
  readonly message: string;
  readonly didYouMean: readonly string[];
}

/** How many existing values are looked through for near ones. */
const most = 5_000;

/** Finds out which of the named keys and taxonomy values exist nowhere. Asked only when the answer is empty. */
export async function notesOf(
  graph: Graph,
  plan: Plan,
  p: Readonly<Record<string, unknown>>,
  request: Request,
): Promise<Note[]> {
  const notes: Note[] = [];
  for (const { noun, property, folded, path, param } of plan.named) {
    if (noun.name === 'Node') continue;
    const wanted = p[param] as string[];
    const column = folded ?? property;
    const compared = (value: string) => (folded ? fold(value) : value);
    request.statements++;
    const { rows } = await graph.read(
      `CYPHER 5 RETURN [COLLECT { UNWIND $p.wanted AS w MATCH (n:${noun.name} {${column}: w}) RETURN DISTINCT w },
        COLLECT { UNWIND $p.wanted AS w MATCH (n:${noun.name}) WHERE n.${column} STARTS WITH left(w, 1) RETURN DISTINCT n.${property} LIMIT ${most} }] AS value`,
      { wanted: wanted.map(compared) },
      { signal: request.signal },
    );
    const [found, near] = rows[0] as [string[], string[]];
    for (const value of wanted)
      if (!found.includes(compared(value))) {
        const didYouMean = nearest(value, near);
        notes.push({
          path,
          message: `No ${noun.name} has the ${property} "${value}".`,
          didYouMean,
        });
      }
  }
  return notes;
}
