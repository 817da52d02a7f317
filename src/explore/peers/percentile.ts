import type { CompanyColumn } from '../../derive/company-table';
import { object } from '../../derive/common-types';
import type { NounVerb } from '../../derive/schema';
import { arg, field, type TypeSpec } from '../../derive/spec';
import type { Context } from '../../query/execute';
import { lookedAt } from '../looked';
import { inTurns } from './in-turns';
import { traits, type Trait } from './similarity';
import { Standings } from './standings';
import type { Listed, Tables } from './table';

export const percentileTypes: readonly TypeSpec[] = [
  {
    kind: 'enum',
    name: 'PeerMeasure',
    description:
      'What companies are compared by. A number of things is unknown where none is recorded.',
    values: {
      FUNDING_TOTAL:
        'All it has raised, as the source states it; only with amounts in the same currency.',
      FUNDING_ROUNDS: 'How many rounds it raised.',
      INVESTORS: 'How many investors put money in.',
      MODELS: 'How many models it develops.',
    },
  },
  object('Percentile', 'Where a company stands among its peers.', [
    field(
      'percentile',
      'Float!',
      'From 0 to 100: how many of the peers with a known value are below, those that are equal counted by half.',
    ),
    field('value', 'Float!', "The company's own value."),
    field('currency', 'CurrencyCode', 'The currency, of an amount.'),
    field(
      'known',
      'Int!',
      'How many peers it rests on: those with a known value in the same currency.',
    ),
    field('unknown', 'Int!', 'How many peers have no known value.'),
    field(
      'otherCurrency',
      'Int!',
      'How many peers have a value in another currency: they are not compared.',
    ),
    field('completeness', 'Completeness!', 'Whether all its peers were looked at.'),
  ]),
];

interface Args {
  readonly of: CompanyColumn;
  readonly within?: readonly Trait[] | null;
}

/** `company { percentile }` */
export const percentileVerb = (tables: Tables): NounVerb => ({
  noun: 'Company',
  field: field(
    'percentile',
    'Percentile',
    'Where it stands among its peers; null where its value or one of the traits is unknown, or no peer has a known value.',
    [
      arg('of', 'PeerMeasure!', 'What is compared.'),
      arg(
        'within',
        '[PeerTrait!]',
        'Peers share all of these: a sector unless told, all companies of an empty list.',
      ),
    ],
  ),
  load: async (keys, given, context: Context) => {
    const { of, within } = given as unknown as Args;
    const chosen = traits.filter((trait) => (within ?? ['SECTOR']).includes(trait));
    const { table, asked } = await tables.of(context, keys, of);
    const standings = new Standings(table, chosen);
    const told = await inTurns([...asked], context.request.signal, ([key, company]) => {
      return [key, percentile(company, standings)] as const;
    });
    return new Map(told);
  },
  compares: () => tables.size,
});

function percentile(company: Listed, standings: Standings) {
  const { value, currency } = company;
  if (value === null) return null;
  const { below, equal, ...told } = standings.of(company, value);
  if (!told.known) return null;
  const looked = told.known + told.unknown + told.otherCurrency;
  return {
    percentile: (100 * (below + equal / 2)) / told.known,
    value,
    currency,
    ...told,
    completeness: lookedAt(looked, looked, standings.table.cut),
  };
}
