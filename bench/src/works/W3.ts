import { work, type Json } from './work';

export const W3 = work<string>({
  name: 'W3',
  title: 'a company, its rounds, their investors, the rounds of these and whose they were',
  variants: 'raisers',
  ours: {
    ask: (key) => ({
      query: `query ($key: ID!) {
  company(key: $key) {
    key name
    fundingRounds(first: 10) { nodes { key type
      investors(first: 10) { nodes { key name
        investments(first: 10) { nodes { key announcedOn company { key name } } }
      } }
    } }
  }
}`,
      variables: { key },
    }),
    canonical: ({ company: { key, name, fundingRounds } }) => ({
      key,
      name,
      rounds: fundingRounds.nodes.map(({ investors, ...round }: Json) => ({
        ...round,
        investors: investors.nodes.map(({ investments, ...investor }: Json) => ({
          ...investor,
          rounds: investments.nodes,
        })),
      })),
    }),
  },
  peer: {
    ask: (key) => ({
      query: `query ($key: ID!) {
  companies(where: { key: { eq: $key } }) {
    key name
    fundingRounds(sort: [{ key: ASC }], limit: 10) { key type
      investors(sort: [{ key: ASC }], limit: 10) { key name
        investments(sort: [{ key: ASC }], limit: 10) { key announcedOn companies { key name } }
      }
    }
  }
}`,
      variables: { key },
    }),
    canonical: ({ companies: [{ key, name, fundingRounds }] }) => ({
      key,
      name,
      rounds: fundingRounds.map(({ investors, ...round }: Json) => ({
        ...round,
        investors: investors.map(({ investments, ...investor }: Json) => ({
          ...investor,
          rounds: investments.map(({ companies: [company], ...one }: Json) => ({
            ...one,
            company,
          })),
        })),
      })),
    }),
  },
  floor: { ask: (key) => ({ key }), canonical: ([company]) => company },
  targets: { offPeer: 3, offFloor: 0.9 },
});
