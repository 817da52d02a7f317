/** What clients ask, mixed: by key, pages with what is below them, filters, groups, totals, searches. */
const shapes: readonly ((n: number) => { readonly query: string; readonly variables: object })[] = [
  (n) => ({
    query:
      'query One($key: ID!) { company(key: $key) { name nameZh models(first: 50) { totalCount nodes { key name } } } }',
    variables: { key: keys[n % keys.length] },
  }),
  (n) => ({
    query:
      'query Page($first: Int) { companies(first: $first, orderBy: [{ models: { count: DESC } }]) { nodes { key name country { key } models(first: 3) { nodes { name } } } } }',
    variables: { first: 5 + (n % 20) },
  }),
  (n) => ({
    query:
      'query Quotes($most: Float) { priceQuotes(where: { amount: { lte: $most } }, orderBy: [{ amount: ASC }], first: 10) { totalCount nodes { amount currency model { key developer { key } } citations { page } } } }',
    variables: { most: n % 500 },
  }),
  (n) => ({
    query:
      'query Listed($first: Int) { listings(orderBy: [{ listedOn: DESC }], first: $first) { nodes { ticker listedOn exchange { mic } company { key name } } } }',
    variables: { first: 1 + (n % 20) },
  }),
  (n) => ({
    query:
      'query Years($first: Int) { listingGroups(by: [{ listedOn: YEAR }], first: $first) { nodes { count keys { value } } } }',
    variables: { first: 1 + (n % 50) },
  }),
  (n) => ({
    query:
      'query Found($text: String!) { search(text: $text, first: 5) { nodes { __typename ... on Entity { key name } } } }',
    variables: { text: words[n % words.length] },
  }),
];
const keys = [
  'zhipu-ai',
  'openai',
  'alibaba',
  'moonshot-ai',
  'baidu',
  'minimax',
  'deepseek',
  'google',
];
const words = ['智谱', 'moon', 'cloud', '模型', 'open', 'ai', 'data', 'deep'];

/** So many bodies, no two of a row alike. */
export const questions = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify(
      (shapes[n % shapes.length] as (typeof shapes)[number])(Math.floor(n / shapes.length)),
    ),
  );
