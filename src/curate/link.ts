import type { Noun } from '../blueprint';
import { store, type Stored } from '../blueprint/storage';
import type { WrittenRelation } from '../derive/changes';
import * as hiding from '../derive/hiding';
import * as statements from '../derive/statements';
import { quote } from '../errors';
import { checkEdge } from '../exchange/check/row';
import type { Ref } from '../exchange/import/made';
import type { Wanted } from '../exchange/import/ones';
import { Trees } from '../exchange/import/trees';
import { writeCitations, writeSupport } from '../exchange/load/citations';
import { writeEdges } from '../exchange/load/edges';
import type { Columns } from '../exchange/load/layers';
import { NodeRef } from '../query/reference';
import { checkedCitations } from './citations';
import { find, idOf, type Changing, type Outcome, type Target } from './context';
import { conflict, invalid, notFound, type InputFault } from './failure';
import { checkRole, makeRoom } from './room';
import { compareSeen, type Values } from './seen';

/** What is sent to make or change a relationship. */
export interface LinkInput {
  readonly from: string;
  readonly to: string;
  readonly edge?: Readonly<Record<string, unknown>> | null;
  readonly citations: readonly unknown[];
  readonly onlyNew?: boolean | null;
  readonly instead?: string | null;
  readonly seen?: Values | null;
}

export interface UnlinkInput {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const isFact = ({ noun }: Target): boolean => noun.interfaces.includes('Fact');

/** Both ends of a relationship as it is written: one without a direction of its own starts at the lesser key. */
async function endsOf(
  changing: Changing,
  owner: Noun,
  relation: WrittenRelation,
  { from, to }: Pick<LinkInput, 'from' | 'to'>,
  path: string,
): Promise<{ from: Target; to: Target }> {
  const start = await find(changing, from, owner.nouns, `${path}.from`);
  const end = await find(changing, to, relation.among, `${path}.to`);
  if (idOf(start) === idOf(end))
    throw invalid([{ path: `${path}.to`, message: `${quote(to)} would lead to itself.` }]);
  const turned = relation.steps[0]?.direction === 'both' && start.key > end.key;
  return turned ? { from: end, to: start } : { from: start, to: end };
}

/**
 * Makes or changes a relationship; one that was hidden is shown again.
 * @throws Refused where an end is not there, the place is taken, it is not as it was seen, or would lead back to itself
 */
export async function link(
  changing: Changing,
  owner: Noun,
  relation: WrittenRelation,
  input: LinkInput,
  path: string,
): Promise<Outcome> {
  const { run } = changing;
  const type = relation.writes;
  const { from, to } = await endsOf(changing, owner, relation, input, path);
  const cited = await checkedCitations(changing, input.citations, `${path}.citations`);
  const faults: InputFault[] = [];
  const edge = checkEdge(relation, input.edge ?? {}, (message, field) =>
    faults.push({ path: `${path}.edge${field ? `.${field}` : ''}`, message }),
  );
  if (faults.length) throw invalid(faults);
  const rows = [[from.key, to.key]];
  const [found] = (await run(statements.readEdges(from.noun, type, to.noun), { rows })) as [
    string,
    string,
    Columns,
  ][];
  const there = found !== undefined;
  if (there && input.onlyNew)
    throw conflict(
      `${quote(idOf(from))} leads to ${quote(idOf(to))} already.`,
      new NodeRef(to.noun.name, to.key),
    );
  if (input.seen) {
    const what = `That ${quote(idOf(from))} leads to ${quote(idOf(to))}`;
    if (!found) throw notFound(`${path}.to`, `${what} was seen, and is not so any more.`, []);
    compareSeen(relation.edge, input.seen, found[2], what, to, path);
  }
  const wanted: Wanted = {
    ref: {
      relation: {
        field: relation.name,
        written: { relation, reversed: false, others: relation.among, one: relation.one },
      },
    } as Ref,
    own: from,
    target: to,
    again: true,
  };
  await makeRoom(changing, relation, wanted, input.instead ?? null, path);
  const circle = (await Trees.of(run, [wanted])).refuses(wanted);
  if (circle) throw invalid([{ path: `${path}.to`, message: circle }]);
  await checkRole(changing, relation, from, path);
  const shown = there
    ? []
    : await run(hiding.showEdge(from.noun, type, to.noun), {
        from: from.key,
        to: to.key,
        mark: null,
      });
  const before = changing.log.edges.length;
  const given: Record<string, Stored> = { ...edge };
  for (const property of relation.edge)
    if (input.edge && input.edge[property.name] === null)
      Object.assign(given, store(property, null));
  const keys = cited.map(({ key }) => key);
  // What is no claim has no citations of its own: it rests on what the fact at one of its ends rests on.
  const fact = relation.claim ? undefined : [from, to].find(isFact);
  if (relation.claim || fact) await writeCitations(changing, cited);
  if (relation.claim) given.citations = keys;
  if (fact) await writeSupport(changing, fact.noun, [{ key: fact.key, citations: keys }]);
  await writeEdges(changing, { from: from.noun, relation, to: to.noun }, [
    { from: from.key, to: to.key, columns: given, firm: true },
  ]);
  const changed =
    changing.log.edges.length > before || changing.log.ties.length > 0 || shown.length > 0;
  return {
    outcome: there || shown.length ? (changed ? 'CHANGED' : 'UNCHANGED') : 'CREATED',
    node: from,
    to,
  };
}

/**
 * Hides a relationship.
 * @throws Refused NotFound where there is none
 */
export async function unlink(
  changing: Changing,
  owner: Noun,
  relation: WrittenRelation,
  input: UnlinkInput,
  path: string,
): Promise<Outcome> {
  if (!input.reason.trim())
    throw invalid([{ path: `${path}.reason`, message: 'says nothing; why is it hidden?' }]);
  const type = relation.writes;
  const { from, to } = await endsOf(changing, owner, relation, input, path);
  const rows = [[from.key, to.key]];
  const hidden = await changing.run(hiding.hideEdge(from.noun, type, to.noun), {
    from: from.key,
    to: to.key,
    mark: changing.mark,
  });
  if (hidden.length) return { outcome: 'CHANGED', node: from, to };
  if ((await changing.run(hiding.hiddenEdges(from.noun, type, to.noun), { rows })).length)
    return { outcome: 'UNCHANGED', node: from, to };
  throw notFound(
    `${path}.to`,
    `${quote(idOf(from))} does not lead to ${quote(idOf(to))} by ${relation.name}.`,
    [],
  );
}
