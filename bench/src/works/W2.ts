import { work, type Json } from './work';

export const W2 = work<number>({
  name: 'W2',
  title: '50 companies by funding, with sectors, 3 latest rounds and 5 investors of each',
  variants: 'amounts',
  ours: {
    ask: (below) => ({
      query: `query ($below: Float!) {
  companies(where: { fundingTotal: { amount: { lt: $below } } }, orderBy: [{ fundingTotal: DESC }], first: 50) {
    nodes {
      key name fundingTotal { amount }
      sectors { nodes { key name } }
      fundingRounds(first: 3, orderBy: [{ announcedOn: DESC }]) {
        nodes { key type announcedOn raised { amount } investors(first: 5) { nodes { key name } } }
      }
    }
  }
}`,
      variables: { below },
    }),
    canonical: ({ companies }) =>
      companies.nodes.map(({ key, name, fundingTotal, sectors, fundingRounds }: Json) => ({
        key,
        name,
        funding: fundingTotal.amount,
        sectors: sectors.nodes,
        rounds: fundingRounds.nodes.map(({ raised, investors, ...round }: Json) => ({
          ...round,
          raised: raised?.amount ?? null,
          investors: investors.nodes,
        })),
      })),
  },
  peer: {
    ask: (below) => ({
      query: `query ($below: Float!) {
  companies(where: { fundingTotalAmount: { lt: $below } }, sort: [{ fundingTotalAmount: DESC }, { key: ASC }], limit: 50) {
    key name fundingTotalAmount
    sectors(sort: [{ key: ASC }]) { key name }
    fundingRounds(sort: [{ announcedOnDay: DESC }, { key: ASC }], limit: 3) {
      key type announcedOn raisedAmount
      investors(sort: [{ key: ASC }], limit: 5) { key name }
    }
  }
}`,
      variables: { below },
    }),
    canonical: ({ companies }) => companies.map((company: Json) => flat(company, 'fundingRounds')),
  },
  floor: {
    ask: (below) => ({ below }),
    canonical: (companies) => companies.map((company: Json) => flat(company, 'rounds')),
  },
  targets: { offPeer: 3.5, offFloor: 0.9, onLimit: 0.9 },
});

function flat({ fundingTotalAmount: funding, sectors, key, name, ...rest }: Json, rounds: string) {
  return {
    key,
    name,
    funding,
    sectors,
    rounds: rest[rounds].map(({ raisedAmount, ...round }: Json) => ({
      ...round,
      raised: raisedAmount ?? null,
    })),
  };
}
