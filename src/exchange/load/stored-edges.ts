import * as statements from '../../derive/statements';
import * as whoIsWho from '../../derive/who-is-who';
import type { Run } from './context';
import type { EdgeKind } from './edges';
import type { Columns } from './layers';
import { Moved } from './moved';

/** The keys at which a relationship starts and ends. */
export type Ends = readonly [from: string, to: string];

/** What is to be set of a relationship. */
export interface EdgeChange {
  readonly from: string;
  readonly to: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly aside: boolean;
}

/** Whether a relationship is kept without being shown: see `settle.ts`. */
export const isAside = ({ aside }: Columns): boolean => aside != null;

/** What is stored of some relationships of one kind, by `from\nto`, those among them that are set aside. */
export async function readStored(
  run: Run,
  { from, relation, to }: EdgeKind,
  rows: readonly Ends[],
): Promise<ReadonlyMap<string, Columns>> {
  if (!rows.length) return new Map();
  const text = (await Moved.in(run).any())
    ? whoIsWho.readEdgesAnywhere(from, relation.writes, to)
    : statements.readEdges(from, relation.writes, to);
  const read = (await run(text, { rows })) as [string, string, Columns][];
  return new Map(read.map(([a, b, columns]) => [`${a}\n${b}`, columns]));
}

/** Sets properties of relationships of one kind that are there, shown or set aside as each change says. */
export async function changeStored(
  run: Run,
  { from, relation, to }: EdgeKind,
  changes: readonly EdgeChange[],
): Promise<void> {
  const [aside, shown] = [true, false].map((is) => changes.filter((each) => each.aside === is));
  if (shown?.length) await run(statements.changeEdges(from, relation.writes, to), { rows: shown });
  if (aside?.length) await run(whoIsWho.changeAside(from, relation.writes, to), { rows: aside });
}

/** Removes relationships of one kind, shown or set aside; what is not there is passed over. */
export async function removeStored(
  run: Run,
  { from, relation, to }: EdgeKind,
  rows: readonly Ends[],
): Promise<void> {
  if (!rows.length) return;
  await run(statements.removeEdges(from, relation.writes, to), { rows });
  if (await Moved.in(run).any())
    await run(whoIsWho.removeAside(from, relation.writes, to), { rows });
}
