import { getIntrospectionQuery } from 'graphql';
import { post, times } from '../support/hostile/hostile';
import { Running } from './running';

const introspection = getIntrospectionQuery({ descriptions: false });
const prices = times(8, () => `{ amount: { in: [${'1 '.repeat(230)}] } }`).join(' ');

/** Documents that are answered, no two alike: what the server remembers of each must not add up. */
const floods: readonly (readonly [string, number, (index: number) => object])[] = [
  ['the schema', 60, (index) => ({ query: `# ${index}\n${introspection}` })],
  [
    'long documents',
    700,
    (index) => ({
      query: `query q${index} { priceQuotes(first: 1, where: { or: [${prices}] }) { totalCount } }`,
    }),
  ],
];

test.each(floods)(
  'documents that are all different do not use up the memory: %s',
  async (_, count, ask) => {
    const server = await Running.start({
      NODE_OPTIONS: '--max-old-space-size=280',
      YUNTU_CACHE_SIZE: '8',
    });
    try {
      const asked = [...times(count, ask).entries()];
      const statuses = new Set<number>();
      await Promise.all(
        times(6, async () => {
          for (let next = asked.pop(); next; next = asked.pop()) {
            const { status } = await post(`${server.url}/graphql`, JSON.stringify(next[1]), {}, 0);
            statuses.add(status);
          }
        }),
      );
      expect([...statuses]).toEqual([200]);
    } finally {
      server.child.kill('SIGKILL');
    }
  },
  120_000,
);
