import { work, type Json } from './work';

export const W4 = work<string>({
  name: 'W4',
  title: '20 companies by funding that an investor backed',
  variants: 'investors',
  ours: {
    ask: (investor) => ({
      query: `query ($investor: ID!) {
  companies(where: { fundingRounds: { some: { investors: { some: { key: { eq: $investor } } } } } }, orderBy: [{ fundingTotal: DESC }], first: 20) {
    nodes { key name fundingTotal { amount } }
  }
}`,
      variables: { investor },
    }),
    canonical: ({ companies }) =>
      companies.nodes.map(({ key, name, fundingTotal }: Json) => ({
        key,
        name,
        funding: fundingTotal.amount,
      })),
  },
  peer: {
    // Unknown amounts come first in Neo4j's descending order: the peer has to be told to leave them out.
    ask: (investor) => ({
      query: `query ($investor: ID!) {
  companies(where: { fundingTotalAmount: { gte: 0 }, fundingRounds: { some: { investors: { some: { key: { eq: $investor } } } } } }, sort: [{ fundingTotalAmount: DESC }, { key: ASC }], limit: 20) {
    key name fundingTotalAmount
  }
}`,
      variables: { investor },
    }),
    canonical: ({ companies }) => companies.map(funded),
  },
  floor: {
    ask: (investor) => ({ investor }),
    canonical: (companies) => companies.map(funded),
  },
  targets: { offPeer: 12, offFloor: 0.9 },
});

const funded = ({ key, name, fundingTotalAmount: funding }: Json) => ({ key, name, funding });
