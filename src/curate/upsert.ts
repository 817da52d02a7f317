import type { Noun } from '../blueprint';
import { columnsOf, type Stored } from '../blueprint/storage';
import { settable } from '../derive/change-parts';
import * as statements from '../derive/statements';
import { quote } from '../errors';
import { checkRow } from '../exchange/check/row';
import type { RowFault } from '../exchange/fault';
import { writeCitations, writeSupport } from '../exchange/load/citations';
import { ownersOf, type Columns } from '../exchange/load/layers';
import { writeNodes } from '../exchange/load/nodes';
import { NodeRef } from '../query/reference';
import { checkedCitations } from './citations';
import { currentKey, idOf, isHidden, named, type Changing, type Outcome } from './context';
import { conflict, invalid, notFound, type InputFault } from './failure';
import { compareSeen, plain, type Values } from './seen';

/** What is sent to make or change a node: its key, fields, what they rest on, and what was seen. */
export interface UpsertInput extends Values {
  readonly key: string;
  readonly citations: readonly unknown[];
  readonly onlyNew?: boolean | null;
  readonly seen?: Values | null;
}

/**
 * Makes or changes a node.
 * @throws Refused where the values cannot be, or it is not as it was seen
 */
export async function upsert(
  changing: Changing,
  noun: Noun,
  input: UpsertInput,
  path: string,
): Promise<Outcome> {
  const { key: id, citations, onlyNew, seen, ...given } = input;
  const key = await currentKey(changing, noun, named(id, [noun]).key);
  const node = { noun, key };
  if (await isHidden(changing, node))
    throw conflict(`${quote(idOf(node))} was retracted; restore shows it again.`);
  const [stored] = (
    (await changing.run(statements.readNodes(noun), { keys: [key] })) as [string, Columns][]
  ).map(([, columns]) => columns);
  if (onlyNew && stored)
    throw conflict(`${quote(idOf(node))} is there already.`, new NodeRef(noun.name, key));
  if (seen) {
    if (!stored)
      throw notFound(
        `${path}.key`,
        `${quote(idOf(node))} was seen, and is not there any more.`,
        [],
      );
    compareSeen(settable(noun), seen, stored, quote(idOf(node)), node, path);
  }
  const cited = await checkedCitations(
    changing,
    citations,
    `${path}.citations`,
    noun.name === 'Source' ? key : undefined,
  );
  const columns = checkedColumns(changing, noun, { ...given, key, citations }, stored ?? {}, path);
  const outcomes = await writeNodes(changing, noun, [{ key, columns, firm: true }]);
  await writeCitations(changing, cited);
  const before = changing.tally.support;
  await writeSupport(changing, noun, [{ key, citations: cited.map((each) => each.key) }]);
  const outcome = outcomes.get(key);
  return {
    outcome:
      outcome === 'created'
        ? 'CREATED'
        : outcome === 'changed' || changing.tally.support > before
          ? 'CHANGED'
          : 'UNCHANGED',
    node,
  };
}

/** The columns of the fields that are given, checked together with those that stay: as the importer checks a row. */
function checkedColumns(
  { blueprint }: Changing,
  noun: Noun,
  given: Values & { readonly key: string },
  stored: Columns,
  path: string,
): Columns {
  const known = Object.fromEntries(
    settable(noun).map((property) => [property.name, plain(property, stored)]),
  );
  const faults: RowFault[] = [];
  const row = checkRow(
    blueprint,
    { file: '', line: 0, noun: noun.name, values: { ...known, ...given } },
    faults,
  );
  // A rule across fields names a column.
  const owners = ownersOf(noun.properties.values());
  if (!row)
    throw invalid(
      faults.map(({ field, message }): InputFault => ({
        path: `${path}.${owners.get(field) ?? field}`,
        message,
      })),
    );
  const columns: Record<string, Stored> = {};
  for (const property of settable(noun))
    if (property.name in given)
      for (const { name } of columnsOf(property)) columns[name] = row.columns[name] ?? null;
  return columns;
}
