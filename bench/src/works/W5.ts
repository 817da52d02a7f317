import { work, type Json } from './work';

export const W5 = work<number>({
  name: 'W5',
  title: 'rounds by sector and year, count and sum',
  variants: Array.from({ length: 48 }, (_, at) => 420 + at),
  ours: {
    ask: (first) => ({
      query: `query ($first: Int!) {
  fundingRoundGroups(by: [{ company: { sectors: { key: true } } }, { announcedOn: YEAR }], orderBy: [{ key: { index: 0, direction: ASC } }, { key: { index: 1, direction: ASC } }], first: $first) {
    nodes { keys { value } count money(of: RAISED, fn: SUM) { amount currency } }
  }
}`,
      variables: { first },
    }),
    canonical: ({ fundingRoundGroups }) =>
      fundingRoundGroups.nodes.map(({ keys: [sector, year], count, money }: Json) => [
        sector.value,
        Number(year.value),
        count,
        money[0]?.amount ?? 0,
      ]),
  },
  floor: { ask: (first) => ({ first }), canonical: (groups) => groups },
  targets: { offFloor: 0.9, onLimit: 0.7 },
  remark:
    'The peer has no groups. All sums are of one currency, which the floor takes for granted.',
});
