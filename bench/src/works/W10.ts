import type { Asked, Json } from './work';

/** A question of the mix, in no language: what is looked for, and which fields of it. */
interface Question {
  readonly root:
    | { readonly kind: 'key'; readonly key: string }
    | { readonly kind: 'page'; readonly below: number; readonly first: number }
    | { readonly kind: 'backed'; readonly investor: string; readonly first: number };
  readonly fields: readonly string[];
  readonly sectors: boolean;
  readonly rounds: null | {
    readonly first: number;
    readonly latest: boolean;
    readonly fields: readonly string[];
    readonly investors: number;
  };
}

/** What questions are made about. */
export interface Subjects {
  readonly keys: readonly string[];
  readonly amounts: readonly number[];
  readonly investors: readonly string[];
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many questions, no two the same; another seed gives others. */
export function questions(subjects: Subjects, seed: number, count: number): Question[] {
  const random = chance(seed);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const some = (from: readonly string[]) => from.filter(() => random() < 0.5);
  const made = new Map<string, Question>();
  while (made.size < count) {
    const kind = random();
    const question: Question = {
      root:
        kind < 0.4
          ? { kind: 'key', key: one(subjects.keys) }
          : kind < 0.7
            ? { kind: 'page', below: one(subjects.amounts), first: upTo(20) }
            : { kind: 'backed', investor: one(subjects.investors), first: upTo(20) },
      fields: some(['name', 'status', 'foundedOn', 'city', 'fundingTotal']),
      sectors: random() < 0.5,
      rounds:
        random() < 0.7
          ? {
              first: upTo(5),
              latest: random() < 0.5,
              fields: some(['type', 'announcedOn', 'raised']),
              investors: random() < 0.5 ? upTo(5) : 0,
            }
          : null,
    };
    made.set(JSON.stringify(question), question);
  }
  return [...made.values()];
}

/** The question as the product is asked; everything stands in the document. */
export function forOurs({ root, fields, sectors, rounds }: Question): Asked {
  const field = (name: string) =>
    /^(fundingTotal|raised)$/.test(name) ? `${name} { amount }` : name;
  const order = rounds?.latest ? ', orderBy: [{ announcedOn: DESC }]' : '';
  const body = [
    'key',
    ...fields.map(field),
    sectors ? 'sectors { nodes { key } }' : '',
    rounds
      ? `fundingRounds(first: ${rounds.first}${order}) { nodes { key ${rounds.fields.map(field).join(' ')} ${rounds.investors ? `investors(first: ${rounds.investors}) { nodes { key name } }` : ''} } }`
      : '',
  ].join(' ');
  switch (root.kind) {
    case 'key':
      return { query: `{ company(key: "${root.key}") { ${body} } }` };
    case 'page':
      return {
        query: `{ companies(where: { fundingTotal: { amount: { lt: ${root.below} } } }, orderBy: [{ fundingTotal: DESC }], first: ${root.first}) { nodes { ${body} } } }`,
      };
    case 'backed':
      return {
        query: `{ companies(where: { fundingRounds: { some: { investors: { some: { key: { eq: "${root.investor}" } } } } } }, orderBy: [{ fundingTotal: DESC }], first: ${root.first}) { nodes { ${body} } } }`,
      };
  }
}

/** The same question as the peer is asked. */
export function forPeer({ root, fields, sectors, rounds }: Question): Asked {
  const field = (name: string) => (/^(fundingTotal|raised)$/.test(name) ? `${name}Amount` : name);
  const order = rounds?.latest ? '[{ announcedOnDay: DESC }, { key: ASC }]' : '[{ key: ASC }]';
  const body = [
    'key',
    ...fields.map(field),
    sectors ? 'sectors(sort: [{ key: ASC }]) { key }' : '',
    rounds
      ? `fundingRounds(sort: ${order}, limit: ${rounds.first}) { key ${rounds.fields.map(field).join(' ')} ${rounds.investors ? `investors(sort: [{ key: ASC }], limit: ${rounds.investors}) { key name }` : ''} }`
      : '',
  ].join(' ');
  const page = (where: string, first: number) => ({
    query: `{ companies(where: ${where}, sort: [{ fundingTotalAmount: DESC }, { key: ASC }], limit: ${first}) { ${body} } }`,
  });
  switch (root.kind) {
    case 'key':
      return { query: `{ companies(where: { key: { eq: "${root.key}" } }) { ${body} } }` };
    case 'page':
      return page(`{ fundingTotalAmount: { lt: ${root.below} } }`, root.first);
    case 'backed':
      return page(
        `{ fundingTotalAmount: { gte: 0 }, fundingRounds: { some: { investors: { some: { key: { eq: "${root.investor}" } } } } } }`,
        root.first,
      );
  }
}

/** An answer to either, read the same way. */
export function canonical({ company, companies }: Json): unknown {
  const nodes = companies ? listOf(companies) : [company];
  return nodes.map(plain);
}

const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : value.nodes);

function plain(node: Json): unknown {
  return Object.fromEntries(
    Object.entries(node as Record<string, Json>).map(([name, value]) => {
      if (value === null) return [name.replace(/Amount$/, ''), null];
      if (typeof value !== 'object') return [name.replace(/Amount$/, ''), value];
      return 'amount' in value ? [name, value.amount] : [name, listOf(value).map(plain)];
    }),
  );
}
