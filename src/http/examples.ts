/** A question with the query that asks it. */
export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Questions to the built-in report, ready to run. */
export const examples: readonly Example[] = [
  {
    title: 'Everything about one developer',
    query: `{ company(key: "zhipu-ai") { name nameZh models(first: 50) { totalCount nodes { key name } } sectors { nodes { key nameZh } } } }`,
  },
  {
    title: 'Who is on the market, and what did the market say?',
    query: `{ listings(orderBy: [{ listedOn: DESC }], first: 30) { totalCount nodes { ticker listedOn certainty exchange { mic name } company { key name nameZh sameAs { edges { certainty reason node { key name } } } } observations { nodes { indicator { key } value unit currency certainty reason note } } citations { page quote } } } }`,
  },
  {
    title: 'The price war, cheapest first',
    query: `{ priceQuotes(where: { component: { in: [INPUT, ALL] }, amount: { isNull: false } }, orderBy: [{ amount: ASC }]) { nodes { amount currency perCount perUnit free certainty reason model { key name developer { key name } } citations { page quote } } } }`,
  },
  {
    title: 'Sectors of the list',
    query: `{ sectors(where: { scheme: { eq: "cloud-100-2024" } }, first: 20, orderBy: [{ position: ASC }]) { nodes { key name nameZh definition observations { nodes { value unit currency precision low high certainty period { label } indicator { key name } citations { page } } } } } }`,
  },
  {
    title: 'The trends with their evidence',
    query: `{ trends(orderBy: [{ position: ASC }]) { nodes { key name nameZh summary points { nodes { kind text textZh certainty } } examples { edges { note certainty node { __typename ... on Entity { key name } } } } sectors { nodes { key name } } evidence { nodes { value unit indicator { name } citations { page quote } } } } } }`,
  },
  {
    title: 'Group: how many listings a year and exchange',
    query: `{ listingGroups(by: [{ exchange: { key: true } }, { listedOn: YEAR }]) { nodes { count keys { path value node { __typename } } members(first: 3) { nodes { company { name } } } } } }`,
  },
  {
    title: 'Models per developer',
    query: `{ modelGroups(by: [{ developer: { key: true } }], orderBy: [{ count: DESC }], first: 50) { nodes { count share keys { value node { ... on Company { key country { key } } } } } } }`,
  },
  {
    title: 'Unicorns over the years',
    query: `{ observations(where: { indicator: { key: { eq: "unicorn-count" } } }, orderBy: [{ period: ASC }]) { nodes { value unit period { label } certainty citations { page } } } }`,
  },
  {
    title: 'Survey: where do the companies want to go?',
    query: `{ observations(where: { indicator: { key: { eq: "plans-abroad-share" } } }, orderBy: [{ value: DESC }]) { nodes { value unit item itemZh population place { key name } citations { page quote } } } }`,
  },
  {
    title: 'A parameterised client query',
    query: `query Developers($country: ID!, $after: String) { companies(where: { country: { key: { eq: $country } }, models: { count: { gte: 3 } } }, orderBy: [{ models: { count: DESC } }], first: 5, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { key name countryEdge { certainty } models { totalCount } } } }`,
    variables: { country: 'cn' },
  },
  {
    title: 'What does the report show that its text lost?',
    query: `{ facts(where: { certainty: { in: [MISSING, UNLABELLED] } }, first: 100) { totalCount nodes { __typename label reason citations { page } } } }`,
  },
  {
    title: 'Totals beside the list',
    query: `{ sectors(where: { scheme: { eq: "cloud-100-2024" } }, first: 0) { totalCount } observations(where: { indicator: { key: { eq: "company-count" } } }, first: 0) { totalCount number(of: VALUE, fn: SUM) known(of: VALUE) unknown(of: VALUE) } }`,
  },
  {
    title: 'What is linked to going global, two steps out',
    query: `{ graph(seeds: ["Trend:going-global"], depth: 2, limit: 200) { nodes { id key type label labelZh x y } edges { source target type } completeness { returned total truncated } } }`,
  },
  {
    title: 'How are two things connected?',
    query: `{ paths(from: "Company:alibaba", to: "Trend:going-global", maxHops: 4, first: 3) { paths { length steps { sentence from { ... on Entity { key } } relation to { ... on Entity { key } } citations { page } } } completeness { truncated } } }`,
  },
  {
    title: 'Search in Chinese',
    query: `{ search(text: "智谱") { nodes { __typename ... on Entity { key name nameZh } } } }`,
  },
  {
    title: 'Which companies is a trend linked to, how, and how strongly?',
    query: `{ trend(key: "going-global") { name companies(first: 10) { totalCount edges { strength kinds node { name nameZh } path { steps { sentence sentenceZh certainty citations { page quote } } } } } } }`,
  },
  {
    title: 'Which trends is a company linked to?',
    query: `{ company(key: "zhipu-ai") { trendLinks { edges { strength node { name nameZh } path { kind steps { sentence sentenceZh } } } } } }`,
  },
  {
    title: 'The map of trends, sectors and companies',
    query: `{ trendMap { nodes { id key type label labelZh x y size group color } edges { source target type label certainty } completeness { truncated reason } } }`,
  },
  {
    title: 'Who is like a company, and why?',
    query: `{ company(key: "zhipu-ai") { peers(by: [SECTOR, COUNTRY, STAGE], first: 5) { totalCount edges { similarity node { name nameZh } reasons { text textZh certainty } } } percentile(of: MODELS, within: [SECTOR]) { percentile value known unknown } } }`,
  },
  {
    title: 'What are two things both next to?',
    query: `{ neighbours(of: ["Trend:going-global", "Trend:natural-language-interaction"], common: true) { totalCount edges { node { __typename key name } via count shared { label } } } }`,
  },
];
