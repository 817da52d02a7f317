import { byKey, work, type Json } from './work';

/** A word, the beginning of one, or one with a slip: what the product makes of a word, in Lucene's syntax. */
const lucene = (word: string): string => `(${word} OR ${word}* OR ${word}~1)`;

export const W8 = work<string>({
  name: 'W8',
  title: 'full-text search for companies, 14 to 20 hits',
  variants: 'words',
  ours: {
    ask: (text) => ({
      query:
        'query ($text: String!) { search(text: $text, types: [COMPANY], first: 20) { nodes { ... on Company { key name } } } }',
      variables: { text },
    }),
    canonical: ({ search }) => search.nodes.sort(byKey),
  },
  peer: {
    ask: (word) => ({
      query:
        'query ($phrase: String!) { companiesFound(phrase: $phrase, first: 20) { edges { node { key name } } } }',
      variables: { phrase: lucene(word) },
    }),
    canonical: ({ companiesFound }) =>
      companiesFound.edges.map(({ node }: Json): Json => node).sort(byKey),
  },
  floor: {
    ask: (word) => ({ query: lucene(word) }),
    canonical: (companies) => companies.sort(byKey),
  },
  targets: { offPeer: 2, offFloor: 0.9 },
  remark:
    'Words are chosen so that all hits fit into the answer, which is compared as a set: the order of the product (exact names, score, degree) is its own, that of the others is the score.',
});
