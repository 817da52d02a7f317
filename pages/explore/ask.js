/** Asks the server. Throws the sentence that it answers with where something is wrong. */
async function ask(query, variables, signal) {
  const reply = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  const { data, errors } = await reply.json();
  if (errors?.length) throw new Error(errors[0].message);
  return data;
}

const drawn = `
  nodes { id key type label labelZh degree x y size color group }
  edges { id source target type label labelZh certainty count }
  expandable { node relation count }
  completeness { returned total truncated reason }`;

/** What surrounds some nodes; `known` stay where they are. */
export const askGraph = async (variables) =>
  (
    await ask(
      `query Picture($seeds: [ID!]!, $depth: Int, $limit: Int, $fold: Boolean, $known: [Position!]) {
        graph(seeds: $seeds, depth: $depth, limit: $limit, fold: $fold, known: $known) { ${drawn} }
      }`,
      variables,
    )
  ).graph;

/** Names that fit what was typed. */
export const askNames = async (text, signal) =>
  (
    await ask(
      'query Names($text: String!) { suggest(text: $text, first: 8) { text textZh node { id __typename } } }',
      { text },
      signal,
    )
  ).suggest;

const cited = 'citations { page quote source { title } }';

/** `FUNDING_ROUND` -> `fundingRound`: the root field of a noun. */
const rootOf = (type) => type.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** What is known of a node of the picture, with its sources. */
export const askNode = async ({ key, type }) =>
  (
    await ask(
      `query Known($key: ID!) { node: ${rootOf(type)}(key: $key) {
        id
        __typename
        ... on Node {
          ... on Entity { name nameZh aliases description descriptionZh }
          ... on Fact { label labelZh certainty reason }
        }
        ${cited}
        statements(first: 20) { totalCount nodes { text textZh certainty ${cited} } }
        observations(first: 20) { totalCount nodes { label labelZh certainty reason ${cited} } }
      } }`,
      { key },
    )
  ).node;

/** How two things are connected. */
export const askWays = async (from, to) =>
  (
    await ask(
      `query Ways($from: ID!, $to: ID!) { paths(from: $from, to: $to, first: 5) {
        paths { length steps { sentence sentenceZh certainty from { id } to { id } ${cited} } }
        completeness { truncated reason }
      } }`,
      { from, to },
    )
  ).paths;
