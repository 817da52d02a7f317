import { work } from './work';

export const W1 = work<string>({
  name: 'W1',
  title: 'a company by its key, five fields',
  variants: 'keys',
  ours: {
    ask: (key) => ({
      query:
        'query ($key: ID!) { company(key: $key) { key name status foundedOn fundingTotal { amount currency } } }',
      variables: { key },
    }),
    canonical: ({ company }) => company,
  },
  peer: {
    ask: (key) => ({
      query:
        'query ($key: ID!) { companies(where: { key: { eq: $key } }) { key name status foundedOn fundingTotalAmount fundingTotalCurrency } }',
      variables: { key },
    }),
    canonical: ({ companies }) => withMoney(companies[0]),
  },
  floor: { ask: (key) => ({ key }), canonical: ([company]) => withMoney(company) },
  targets: { offPeer: 2.5, offFloor: 0.85, onPeer: 50, onLimit: 0.7 },
});

function withMoney({
  fundingTotalAmount: amount,
  fundingTotalCurrency: currency,
  ...rest
}: Record<string, unknown>): object {
  return { ...rest, fundingTotal: { amount, currency } };
}
