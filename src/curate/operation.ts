import { createHash } from 'node:crypto';
import stable from 'safe-stable-stringify';
import type { Blueprint } from '../blueprint';
import type { ChangeDef } from '../derive/changes';
import * as journal from '../derive/journal';
import * as operations from '../derive/operations';
import type { Graph } from '../graph/graph';
import { emptyLog } from '../exchange/load/log';
import { Tally } from '../exchange/tally';
import { curated } from '../exchange/load/hidden';
import type { Changing, Outcome } from './context';
import { conflict, invalid } from './failure';
import { link, unlink, type LinkInput, type UnlinkInput } from './link';
import { restore, retract, type RetractInput } from './retract';
import { upsert, type UpsertInput } from './upsert';

/** One change of an operation. */
export interface Change {
  readonly def: ChangeDef;
  readonly input: object;
  /** Where its input was sent. */
  readonly path: string;
}

/** What an operation is: its id, who asks, and its changes in their order. */
export interface Operation {
  readonly id: string;
  readonly by: string;
  readonly changes: readonly Change[];
}

/** What became of one change, as it is recorded. */
export interface Recorded {
  readonly change: string;
  readonly outcome: Outcome['outcome'];
  readonly type: string;
  readonly key: string;
  readonly to?: readonly [type: string, key: string];
}

/** Milliseconds that an operation may take in the database. */
const deadline = 10_000;

/**
 * Carries out an operation: all of it in one transaction, or nothing. Asked for again under the same id, it changes
 * nothing and gives the first answer; so it may be repeated whenever its answer was lost.
 * @throws Refused where something of it cannot be; Fault where the database does not answer
 */
export async function carryOut(
  graph: Graph,
  blueprint: Blueprint,
  { id, by, changes }: Operation,
  signal?: AbortSignal,
): Promise<readonly Recorded[]> {
  if (!/^[\x21-\x7e]{1,200}$/.test(id))
    throw invalid([
      {
        path: 'operationId',
        message: 'an id is 1 to 200 visible characters of ASCII, such as a UUID.',
      },
    ]);
  const sent = stable(changes.map(({ def, input }) => [def.field, input]));
  const hash = createHash('sha256').update(sent).digest('hex');
  return graph.write(
    async (run) => {
      const at = new Date().toISOString();
      const set = { hash, by, at };
      const [[before, answer]] = (await run(operations.beginOperation, { id, set })) as [
        [string, string | null],
      ];
      if (before !== hash)
        throw conflict(
          `The operation "${id}" was another one: the same id came with another input. A new operation needs a new id.`,
        );
      if (answer !== null) return JSON.parse(answer) as Recorded[];
      await run(operations.enterCurated, { name: curated, at });
      const preference = (await run(journal.datasets)) as string[];
      const recorded: Recorded[] = [];
      for (const [index, change] of changes.entries()) {
        const changing: Changing = {
          run,
          blueprint,
          dataset: curated,
          preference,
          tally: new Tally(),
          log: emptyLog(),
          curated: true,
          mark: `${id}#${index}`,
          by,
          at,
        };
        recorded.push(recordOf(change, await make(changing, change)));
      }
      await run(operations.endOperation, {
        id,
        set: {
          answer: JSON.stringify(recorded),
          input: sent,
          changes: changes.map(({ def }) => def.field),
          nodes: [...new Set(recorded.flatMap(idsOf))],
        },
      });
      return recorded;
    },
    { deadline, signal },
  );
}

function make(changing: Changing, { def, input, path }: Change): Promise<Outcome> {
  switch (def.kind) {
    case 'upsert':
      return upsert(changing, def.noun, input as UpsertInput, path);
    case 'link':
      return link(changing, def.owner, def.relation, input as LinkInput, path);
    case 'unlink':
      return unlink(changing, def.owner, def.relation, input as UnlinkInput, path);
    case 'retract':
      return retract(changing, input as RetractInput, path);
    case 'restore':
      return restore(changing, input as RetractInput, path);
  }
}

function recordOf({ def }: Change, { outcome, node, to }: Outcome): Recorded {
  return {
    change: def.field,
    outcome,
    type: node.noun.name,
    key: node.key,
    ...(to ? { to: [to.noun.name, to.key] as const } : {}),
  };
}

const idsOf = ({ type, key, to }: Recorded): string[] => [
  `${type}:${key}`,
  ...(to ? [to.join(':')] : []),
];
