import * as statements from '../derive/statements';
import { treesOf } from '../derive/trees';
import { quote } from '../errors';
import { grouped } from '../exchange/load/context';
import { onesAlong } from '../exchange/load/settle';
import { NodeRef } from '../query/reference';
import { idOf, type Changing, type Target } from './context';
import { conflict } from './failure';

type EdgeRow = [key: string, labels: readonly string[], other: string];

const sides = [
  ['out', 'in'],
  ['in', 'out'],
] as const;

/**
 * Holds a node that is shown again against what was said while it was hidden.
 * @param types those of the relationships that are shown with it
 * @throws Refused Conflict where what has room for one neighbour would have two, or something would lead back to itself
 */
export async function checkShown(
  changing: Changing,
  node: Target,
  types: readonly string[],
): Promise<void> {
  const { run, blueprint } = changing;
  const { noun, key } = node;
  for (const type of types) {
    for (const [direction, back] of sides) {
      const rows = (await run(statements.edgesOf(noun, type, direction), {
        keys: [key],
      })) as EdgeRow[];
      const ends = rows.flatMap(([, labels, other]): Target[] => {
        const end = blueprint.nouns.find(({ name }) => labels.includes(name));
        return end ? [{ noun: end, key: other }] : [];
      });
      for (const same of grouped(ends, (end) => end.noun.name).values())
        await checkOnes(changing, node, same, type, back);
    }
    if (!treesOf(noun).some(({ writes }) => writes === type)) continue;
    const [[, above]] = (await run(statements.above(noun, type), { keys: [key] })) as [
      [string, string[]],
    ];
    if (above.filter((each) => each === key).length > 1)
      throw conflict(
        `${quote(idOf(node))} would lead back to itself by what was linked while it was hidden.`,
      );
  }
}

/** Checks neighbours of one noun, each of which may have room for one at that side. */
async function checkOnes(
  { run }: Changing,
  node: Target,
  neighbours: readonly Target[],
  type: string,
  direction: 'out' | 'in',
): Promise<void> {
  const [{ noun }] = neighbours as [Target];
  const relations = onesAlong(noun, type, direction);
  if (!relations.length) return;
  const keys = neighbours.map(({ key }) => key);
  const rows = (await run(statements.edgesOf(noun, type, direction), { keys })) as EdgeRow[];
  for (const { name, among } of relations) {
    if (!among.some((each) => each.name === node.noun.name)) continue;
    for (const [key, labels, other] of rows) {
      const taken = among.find((each) => labels.includes(each.name));
      if (!taken || (taken.name === node.noun.name && other === node.key)) continue;
      const [at, current] = [
        { noun, key },
        { noun: taken, key: other },
      ].map(idOf);
      throw conflict(
        `${quote(at)} has one ${name}, ${quote(current)} since ${quote(idOf(node))} was hidden, and would have both.`,
        new NodeRef(taken.name, other),
      );
    }
  }
}
