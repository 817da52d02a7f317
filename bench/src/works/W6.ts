import { work, type Json } from './work';

export const W6 = work<readonly [string, string]>({
  name: 'W6',
  title: 'the shortest path between two companies, through rounds and investors',
  variants: 'pairs',
  ours: {
    ask: ([from, to]) => ({
      query: `query ($from: ID!, $to: ID!) {
  paths(from: $from, to: $to, via: [RAISED, INVESTED_IN], maxHops: 6, first: 1) {
    paths { length steps { from { ... on Entity { key name } } to { ... on Entity { key name } } } }
  }
}`,
      variables: { from: `Company:${from}`, to: `Company:${to}` },
    }),
    canonical: ({ paths: { paths } }) =>
      paths.map(({ length, steps }: Json) => [length, [steps[0].from, ...steps.map(toOf)]]),
  },
  floor: {
    ask: ([from, to]) => ({ from, to }),
    canonical: (paths) =>
      paths.map((stops: Json) => [
        (stops.length - 1) / 2,
        stops
          .filter((_: unknown, at: number) => at % 2 === 0)
          .map(([, key, name]: Json) => ({ key, name })),
      ]),
  },
  targets: { offFloor: 0.9 },
  remark:
    'Pairs have one shortest way only. The floor asks for that one with `shortestPath()`; it knows neither hubs nor sentences.',
});

const toOf = ({ to }: Json): unknown => to;
