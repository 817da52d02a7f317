import { GraphQLError, parse, validate, type DocumentNode } from 'graphql';
import { newRequest } from '../../src/query/request';
import { execute, type Result } from '../../src/query/execute';
import { stringify } from '../../src/query/json';
import { client, type Way } from '../support/client';
import { generateDocument, type Generated } from '../support/generated-document';

const { graph, engine, parts, close } = client();

/** How many documents are tried; YUNTU_TRIALS asks for more, YUNTU_SEED for others. */
const trials = Number(process.env.YUNTU_TRIALS ?? 60);
const start = Number(process.env.YUNTU_SEED ?? 1);

/** Documents that once came out differently. */
const kept: readonly Generated[] = [
  {
    query:
      'query Q($v0: Int, $v1: String) { f0: acquisitions(first: $v0, before: $v1) { f1: number(of: PRICE, fn: MEDIAN) __typename } }',
    variables: { v0: 2, v1: "'" },
    others: { v0: 1, v1: '' },
  },
];

const roots = [...parts.roots.keys()];

/** Data that breaks the schema: a name that is missing, two where one may be, values that no enum has. */
const spoil = `CYPHER 5
  CREATE (c:Company:Entity {key: 'bad-one', kind: 'NO_SUCH_KIND', aliases: 'no list', fundingTotalAmount: 5.5})
  CREATE (:Company:Entity {key: 'bad-two', name: 'Two', nameFolded: 'two', aliases: ['a', '\\uD83D\\uDE00 "b" \\\\ \\u0007'], foundedOn: 7})
  WITH c MATCH (p:Place) WHERE p.key IN ['cn', 'us'] CREATE (c)-[:BASED_IN {certainty: 'STATED'}]->(p)
  WITH DISTINCT c MATCH (m:Model {key: 'gpt-4'}) CREATE (c)-[:DEVELOPS]->(m)`;
const mend = "CYPHER 5 MATCH (n) WHERE n.key IN ['bad-one', 'bad-two'] DETACH DELETE n";

beforeAll(() => graph.write(async (run) => void (await run(mend), await run(spoil))));
afterAll(async () => {
  await graph.write((run) => run(mend));
  await close();
});

async function ask(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  way: Way,
  tries = 3,
): Promise<Result> {
  const planned = way === 'planned';
  const request = newRequest(planned ? {} : { depth: way });
  const mode = planned ? 'planned' : 'resolvers';
  const context = { engine, request };
  const result = await execute(engine, parts.schema, document, undefined, variables, context, mode);
  // A machine that is busy with other things proves nothing.
  const late = result.errors?.some(({ extensions }) => extensions.code === 'TIMEOUT');
  return late && tries > 1 ? ask(document, variables, way, tries - 1) : result;
}

/** Data and extensions as they go out; errors as well, in one order, for roots may fail in any. */
function told(result: Result): { data: string; errors: string[] } {
  const { errors = [], ...rest } = result;
  return {
    data: stringify(rest),
    errors: errors
      .map((error) => JSON.stringify(error instanceof GraphQLError ? error.toJSON() : error))
      .sort(),
  };
}

/** What only the planner or only a request as a whole can tell: level by level it shows up at a deeper place. */
const ofTheRequest = /BAD_USER_INPUT|LIMIT_EXCEEDED/;
/** When a value that may not be null is, what stands beside it may or may not have been looked at. */
const goesUp = /Cannot return null/;

async function compare(
  { query, variables, others }: Generated,
  seed?: number,
): Promise<'compared' | 'invalid'> {
  const document = parse(query);
  if (validate(parts.schema, document).length) return 'invalid';
  // The plans of a document serve whoever asks with variables of the same shape.
  await ask(document, others, 'planned');
  const answer = await ask(document, variables, 'planned');
  const { extensions } = answer;
  const planned = told(answer);
  const requests = planned.errors.some((error) => ofTheRequest.test(error));
  for (const way of requests ? (['tree'] as const) : (['tree', 'level'] as const)) {
    const result = await ask(document, variables, way);
    // Remarks are made on what a statement found nothing for: each level is one, and where all is lost none is sent.
    const apart = way === 'level' || result.data === null;
    const { data, errors } = told(apart ? { ...result, extensions } : result);
    // Where all is lost graphql-js tells what it came upon first.
    const lost = result.data === null && planned.errors.length > 0 && errors.length > 0;
    const some = lost || (way === 'level' && planned.errors.some((error) => goesUp.test(error)));
    const alike = some ? errors.filter((error) => planned.errors.includes(error)) : planned.errors;
    const where = { seed, way, query, variables };
    expect({ ...where, data: planned.data, errors: alike }).toEqual({ ...where, data, errors });
  }
  return 'compared';
}

test(
  'documents made by chance are answered the same, to the letter, from plans and by resolvers',
  async () => {
    let compared = 0;
    for (const document of kept) expect(await compare(document)).toBe('compared');
    for (let seed = start; compared < trials; seed++) {
      const document = generateDocument(parts.schema, seed, roots);
      if ((await compare(document, seed)) === 'compared') compared++;
    }
  },
  600_000 + trials * 2_000,
);
