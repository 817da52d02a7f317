import { boundedArg, pageBound } from '../../derive/bounds';
import { connectionFields, object } from '../../derive/common-types';
import type { Verb } from '../../derive/schema';
import { arg, field, type TypeSpec } from '../../derive/spec';
import type { Context } from '../../query/execute';
import { NodeRef } from '../../query/reference';
import { firstWhere } from '../../support/first-where';
import { readPlace, writePlace } from '../cursor';
import { lookedAt } from '../looked';
import { within } from '../within';
import { percentileTypes, percentileVerb } from './percentile';
import { inTurns } from './in-turns';
import { reasons } from './reasons';
import { has, similarity, traits, type Trait } from './similarity';
import { Tables, type Listed, type Table } from './table';

type Place = readonly [similarity: number, degree: number, key: string];

interface Args {
  readonly by?: readonly Trait[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

const types: readonly TypeSpec[] = [
  {
    kind: 'enum',
    name: 'PeerTrait',
    description: 'What companies can have in common.',
    values: {
      SECTOR: 'A sector; of several, the more of them the better.',
      COUNTRY: 'The country.',
      STAGE:
        'How far it has come: seed, early (series A and B), late (series C and on), private equity, listed, acquired; by its status, its listings and its latest round.',
    },
  },
  object('PeerReason', 'What two companies have in common.', [
    field('by', 'PeerTrait!', 'What sort of thing.'),
    field('text', 'String!', 'In English words.'),
    field('textZh', 'String!', 'In Chinese words.'),
    field('node', 'Entity', 'The sector or the country; null for a stage.'),
    field('certainty', 'Certainty', 'As sure as the less sure of the two.'),
  ]),
  object('PeerEdge', 'One peer.', [
    field('cursor', 'String!', 'For `after`.'),
    field('node', 'Company!', 'The peer.'),
    field(
      'similarity',
      'Float!',
      'From 0 to 1: the mean over what is known of the company asked about; of sectors the part of all of theirs that both are in, of a country or stage 1 where it is the same.',
    ),
    field('reasons', '[PeerReason!]!', 'What the two have in common.'),
  ]),
  object(
    'PeerConnection',
    'Companies that have most in common with one, the most alike first, then the better connected.',
    [
      field('nodes', '[Company!]!', 'The page.'),
      field('edges', '[PeerEdge!]!', 'The page, each with its cursor.'),
      ...connectionFields,
    ],
  ),
];

/** Companies that are compared unless told otherwise: reading them takes a second or two. */
const mostCompanies = 100_000;

/**
 * `company { peers percentile }`: who is like a company, and where it stands among them.
 * @param most companies that are compared
 */
export function peersVerb(most = mostCompanies): Verb {
  const tables = new Tables(most);
  return {
    types: [...types, ...percentileTypes],
    roots: [],
    resolvers: {},
    onNouns: [
      {
        noun: 'Company',
        field: field(
          'peers',
          'PeerConnection!',
          'The companies that share most with it; never those that are probably the same.',
          [
            arg('by', '[PeerTrait!]', 'By what: sector, country and stage unless told.'),
            boundedArg('first', 'Int', pageBound, 'So many: {bound}.'),
            arg('after', 'String', 'Only what comes after this cursor.'),
          ],
        ),
        load: async (keys, given, context: Context) => {
          const { by, first, after } = given as Args;
          const chosen = traits.filter((trait) => by?.includes(trait) ?? true);
          const count = within('first', first, pageBound);
          const { table, asked } = await tables.of(context, keys, null);
          const pages = await inTurns(keys, context.request.signal, (key) => {
            const company = asked.get(key);
            return [key, page(table, key, company, chosen, count, after ?? null)] as const;
          });
          return new Map(pages);
        },
        compares: () => tables.size,
      },
      percentileVerb(tables),
    ],
  };
}

function page(
  table: Table,
  key: string,
  company: Listed | undefined,
  by: readonly Trait[],
  count: number,
  after: string | null,
): object {
  const question = `${key} ${by.join()}`;
  const place = after === null ? null : readPlace(question, after, [0, 0, ''] as const);
  const { total, rest, found } = company
    ? best(table, company, by, count, place)
    : { total: 0, rest: 0, found: [] };
  const edges = found.map(({ peer, at }) => ({
    cursor: writePlace(question, at),
    node: new NodeRef('Company', peer.key),
    similarity: at[0],
    reasons: reasons(company as Listed, peer, by, table),
  }));
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    totalCount: total,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
      hasNextPage: rest > count,
      hasPreviousPage: place !== null,
    },
    completeness: lookedAt(edges.length, total, table.cut),
  };
}

interface Peer {
  readonly peer: Listed;
  readonly at: Place;
}

/** The first peers after a place, without putting all of them in order: there may be ten thousands. */
function best(
  { companies }: Table,
  company: Listed,
  by: readonly Trait[],
  count: number,
  after: Place | null,
): { total: number; rest: number; found: Peer[] } {
  const found: Peer[] = [];
  const known = by.filter((trait) => has(company, trait));
  let total = 0;
  let rest = 0;
  for (const peer of companies.values()) {
    if (peer.key === company.key || company.same.includes(peer.key)) continue;
    const alike = similarity(company, peer, known);
    if (!alike) continue;
    total++;
    const at: Place = [alike, peer.degree, peer.key];
    if (after && compare(at, after) <= 0) continue;
    rest++;
    const last = found[count - 1];
    if (last && compare(at, last.at) > 0) continue;
    const before = firstWhere(found.length, (place) => compare(at, (found[place] as Peer).at) < 0);
    found.splice(before, 0, { peer, at });
    if (found.length > count) found.pop();
  }
  return { total, rest, found };
}

function compare(a: Place, b: Place): number {
  return b[0] - a[0] || b[1] - a[1] || (a[2] === b[2] ? 0 : a[2] < b[2] ? -1 : 1);
}
