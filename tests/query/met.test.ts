import { GraphQLError, parse, validate } from 'graphql';
import { rootNames } from '../../src/derive/names';
import { execute } from '../../src/query/execute';
import { stringify } from '../../src/query/json';
import { newRequest } from '../../src/query/request';
import { client, type Answer } from '../support/client';
import { Dice } from '../support/dice';
import { generateSelections, type Selections } from '../support/generated-document';
import type { Row } from '../support/rows';

const { engine, parts, close } = client();
afterAll(close);

/** How many documents are tried; YUNTU_TRIALS asks for more, YUNTU_SEED for others. */
const trials = Number(process.env.YUNTU_TRIALS ?? 10);
const start = Number(process.env.YUNTU_SEED ?? 1);

/** Places where nodes of several nouns are met together. */
const places: readonly ((of: string) => string)[] = [
  (of) =>
    `nodes(ids: ["Company:alibaba", "Company:openai", "Model:gpt-4", "Product:bailian-international", "Place:cn", "Trend:going-global", "Sector:ai-cloud-stack/model-layer", "Listing:p8-spac", "Observation:p3-saas-amount-world"]) ${of}`,
  (of) => `trends { nodes { examples(first: 6) { nodes ${of} } } }`,
  (of) => `trends { nodes { examples(first: 6) { totalCount edges { note node ${of} } } } }`,
  (of) => `observations(first: 12, orderBy: [{ about: { count: DESC } }, { value: DESC }]) { nodes { about(first: 2) { nodes ${of} } } }`,
  (of) => `observationGroups(by: [{ about: { key: true } }], first: 12) { nodes { keys { node ${of} } } }`,
  (of) => `facts(first: 12, orderBy: [{ label: DESC }]) { nodes ${of} }`,
  (of) => `facts(first: 12, orderBy: [{ label: ASC }]) { nodes { subjects(first: 2) { nodes ${of} } } }`,
  (of) => `models(first: 12, orderBy: [{ dependsOn: { count: DESC } }]) { nodes { dependsOn(first: 3) { nodes ${of} } } }`,
]; // prettier-ignore

const nouns = ['Company', 'Model', 'Product', 'Place', 'Sector', 'Trend', 'Listing', 'Observation', 'RankingEntry', 'PriceQuote']; // prettier-ignore

async function ask(query: string, { variables }: Selections): Promise<Answer> {
  const context = { engine, request: newRequest() };
  const result = await execute(engine, parts.schema, parse(query), undefined, variables, context);
  const { errors, ...rest } = result;
  return {
    // Numbers that are added up in another order differ in their last digits.
    ...(JSON.parse(stringify(rest), (_, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(10)) : value,
    ) as Answer),
    errors: errors?.map((error) => (error instanceof GraphQLError ? error.toJSON() : error)) as Answer['errors'],
  }; // prettier-ignore
}

/** Every object of an answer that says which node it is. */
function met(value: unknown): Row[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(met);
  return 'nodeKey' in value ? [value, ...below] : below;
}

/** What each node that is met says, beside what it says when it alone is asked by its key, for one thing at a time. */
async function compare(seed: number): Promise<number> {
  const dice = new Dice(seed);
  const among = dice.some(nouns, dice.upTo(2) + 2);
  const made = generateSelections(parts.schema, seed, among);
  const partsOf = (noun: string) => [
    'nodeType: __typename nodeKey: key',
    ...(made.of.get(noun) ?? []),
  ];
  const fragments = among.map((noun) => `... on ${noun} { ${partsOf(noun).join(' ')} }`);
  const place = dice.pick(places);
  const query = `${made.head} { ${place(`{ ${fragments.join(' ')} }`)} }${made.fragments}`;
  if (validate(parts.schema, parse(query)).length) return 0;
  const answer = await ask(query, made);
  if (answer.errors) return 0;
  const idOf = ({ nodeType, nodeKey }: Row) => `${nodeType}:${nodeKey}`;
  const all = met(answer.data);
  const ids = dice.some([...new Set(all.map(idOf))], 6);
  const nodes = all.filter((node) => ids.includes(idOf(node)));
  if (!ids.length) return 0;
  const alone = ids.flatMap((id, index) => {
    const [noun, key] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
    const { one } = rootNames(parts.blueprint.get(noun));
    return partsOf(noun).map(
      (part, at) => `n${index}p${at}: ${one}(key: ${JSON.stringify(key)}) { ${part} }`,
    );
  });
  const { data, errors } = await ask(`${made.head} { ${alone.join(' ')} }${made.fragments}`, made);
  const together = (index: number) =>
    partsOf((ids[index] as string).split(':')[0] as string).reduce<Row>(
      (all, _, at) => ({ ...all, ...(data[`n${index}p${at}`] as Row) }),
      {},
    );
  const where = { seed, query, variables: made.variables };
  expect({ ...where, errors: undefined, nodes }).toEqual({
    ...where,
    errors,
    nodes: nodes.map((node) => together(ids.indexOf(idOf(node)))),
  });
  return 1;
}

test(
  'a node says the same wherever it is met, whatever is asked of others beside it',
  async () => {
    let compared = 0;
    for (let seed = start; compared < trials; seed++) compared += await compare(seed);
  },
  600_000 + trials * 2_000,
);
