import { valueFromASTUntyped, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { Fault } from '../../../errors';
import type { Engine } from '../../../query/engine';
import { newRequest } from '../../../query/request';
import { execute } from '../../../query/execute';
import { stringify } from '../../../query/json';
import { groupsBound, pageBound } from '../../../derive/bounds';
import { isObject } from '../../../support/is-object';
import { instrumented, own } from './instrument';
import type { Question } from './question';
import { rowsOfRoot } from './table';
import { takenOut, type Told } from './taken-out';

/** What one question of several pages tells beside its rows. */
export interface Asking extends Told {
  readonly revisions: Set<string>;
  /** What the answer notes: a key that exists nowhere, say. */
  readonly notes: Set<string>;
}

/**
 * Asks page after page until there is none.
 * @param most rows at the most
 * @throws Fault where an answer has errors
 */
export async function* rowsOfQuestion(
  engine: Engine,
  question: Question,
  asking: Asking,
  most: number,
): AsyncGenerator<unknown> {
  const { schema } = engine.parts;
  const first = Math.min(pageSize(engine, question), most);
  const begin = instrumented(schema, question, first, false);
  let next: DocumentNode | undefined;
  let after: string | undefined;
  for (let left = most; left > 0;) {
    const value = await ask(engine, question, next ?? begin.document, after, asking);
    const rows = rowsOfRoot(takenOut(value, asking));
    for (const row of rows.slice(0, left)) yield row;
    left -= rows.length;
    const page = isObject(value)
      ? (value[own.page] as { hasNextPage: boolean; endCursor: string | null } | undefined)
      : undefined;
    if (!begin.follows || !page?.hasNextPage || page.endCursor === null) return;
    after = page.endCursor;
    next ??= instrumented(schema, question, first, true).document;
  }
}

/** The root field of an answer. */
export async function ask(
  engine: Engine,
  { variables, operation, key }: Question,
  document: DocumentNode,
  after: string | undefined,
  asking: Asking,
): Promise<unknown> {
  const request = newRequest();
  const given = after === undefined ? variables : { ...variables, [own.after]: after };
  const name = operation.name?.value;
  const result = await execute(engine, engine.parts.schema, document, name, given, {
    request,
    engine,
  });
  const [error] = result.errors ?? [];
  if (error) {
    if (error.originalError instanceof Fault) throw error.originalError;
    throw error;
  }
  for (const revision of request.revisions) asking.revisions.add(revision);
  const { data, extensions } = JSON.parse(stringify(result)) as {
    data: Record<string, unknown>;
    extensions?: { notes?: readonly { message: string }[] };
  };
  for (const { message } of extensions?.notes ?? []) asking.notes.add(message);
  return data[key];
}

/** Rows that are asked for at once: what the question says, or as many as may be. */
function pageSize(engine: Engine, { root, variables, operation, field }: Question): number {
  for (const name of ['last', 'before'])
    if (root.arguments?.some((each) => each.name.value === name))
      throw new Fault(
        'BAD_USER_INPUT',
        `${root.name.value}: an export takes all rows from the first on; leave out "${name}", and turn "orderBy" round instead.`,
      );
  const most =
    engine.parts.roots.get(field.name)?.kind === 'groups' ? groupsBound.most : pageBound.most;
  const given = root.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (!given) return most;
  const value: unknown = valueFromASTUntyped(given, { ...defaultsOf(operation), ...variables });
  return typeof value === 'number' && value > 0 ? value : most;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
