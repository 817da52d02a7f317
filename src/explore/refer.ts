import type { Blueprint } from '../blueprint';
import { nounsStatement } from '../derive/picture/statements';
import { badInput, quote } from '../errors';
import type { Context } from '../query/execute';
import { fromGlobalId } from '../support/global-id';

/** A noun and a key. */
export type Name = readonly [noun: string, key: string];

/** What an id in an argument names. */
export function refer(argument: string, id: string): Name {
  const reference = fromGlobalId(id);
  if (!reference)
    throw badInput(
      argument,
      `${quote(id)} is not an id. Ids come from the field "id", or are written as Company:alibaba.`,
    );
  return [reference.type, reference.key];
}

/**
 * Names as the verbs look for them: what an interface names (`Entity:alibaba`) by its own noun, what was merged away as
 * what it leads to. What is not there stays as it is.
 */
export async function settled(
  names: readonly Name[],
  { engine, request }: Context,
  blueprint: Blueprint,
): Promise<readonly Name[]> {
  const nounsOf = ([noun]: Name) => {
    const named = blueprint.all.get(noun);
    return named?.isInterface ? named.nouns : [];
  };
  const vague = names.filter((name) => nounsOf(name).length);
  if (!vague.length) return engine.former.now(names, request.signal);
  request.statements++;
  const { rows } = await engine.graph.read(
    nounsStatement(blueprint),
    { names: vague },
    { signal: request.signal },
  );
  const found = new Map(rows as [string, string][]);
  return Promise.all(
    names.map(async (name): Promise<Name> => {
      const noun = found.get(name.join(':'));
      const own = noun ? [noun] : nounsOf(name).map((each) => each.name);
      if (!own.length) return ((await engine.former.now([name], request.signal)) as [Name])[0];
      const before = own.map((each): Name => [each, name[1]]);
      const now = await engine.former.now(before, request.signal);
      // An interface may have been several things: the one that was merged away is meant.
      return now.find(([, key]) => key !== name[1]) ?? (noun ? (now[0] as Name) : name);
    }),
  );
}
