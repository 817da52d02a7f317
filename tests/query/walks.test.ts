import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import { bothWorlds } from '../support/plain/both';
import { Dice } from '../support/plain/dice';
import { holds, type Filter } from '../support/plain/filter';
import { removeGenerated, writeGenerated } from '../support/plain/generated';
import { ordered } from '../support/plain/order';
import { filterShape, orderItem } from '../support/plain/random';
import type { Row } from '../support/plain/world';

const { ask, close, graph } = client();
const { generated, world } = bothWorlds();

/** How many walks are made each way. */
const walks = Number(process.env.YUNTU_TRIALS ?? 8);

beforeAll(() => writeGenerated(graph, blueprint, generated), 180_000);
afterAll(async () => {
  await removeGenerated(graph);
  await close();
}, 60_000);

interface Walk {
  readonly noun: string;
  readonly where: Filter | null;
  readonly orderBy: readonly Row[];
  readonly size: number;
}

/** A walk over one of the large lists, in a random order and sometimes within a random filter. */
function walkOf(dice: Dice): Walk {
  const noun = blueprint.get(
    dice.pick(['Company', 'FundingRound', 'Observation', 'Entity', 'Fact', 'Investor']),
  );
  const where = dice.chance(0.4) ? filterShape(world, dice, noun, 1)(dice) : null;
  const orderBy = Array.from({ length: dice.int(0, 3) }, () => orderItem(dice, noun));
  return { noun: noun.name, where, orderBy, size: dice.int(30, 100) };
}

/** All pages of a list, one after the other; `between` is done before each page but the first. */
async function walked(
  { noun, where, orderBy, size }: Walk,
  backward: boolean,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> {
  const { plural } = blueprint.get(noun);
  const part = backward ? 'last: $n, before: $c' : 'first: $n, after: $c';
  const query = `query ($w: ${noun}Filter, $o: [${noun}Order!], $n: Int, $c: String) { list: ${plural}(where: $w, orderBy: $o, ${part}) { nodes { __typename key } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
  const found: string[] = [];
  for (let cursor: string | null = null; ;) {
    const { data, errors }: Awaited<ReturnType<typeof ask>> = await ask(query, {
      w: where,
      o: orderBy,
      n: size,
      c: cursor,
    });
    if (errors) throw new Error(errors[0]?.message);
    const { nodes, pageInfo } = data.list as { nodes: Row[]; pageInfo: Row };
    const page = nodes.map((node) => `${node.__typename}:${node.key}`);
    if (backward) found.unshift(...page);
    else found.push(...page);
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return found;
    cursor = (backward ? pageInfo.startCursor : pageInfo.endCursor) as string;
    await between();
  }
}

/** One sorted plain list of all that the walk must meet. */
function plainly({ noun, where, orderBy }: Walk): string[] {
  const target = blueprint.get(noun);
  const found = world.all(target).filter((node) => holds(world, target, where, node));
  return ordered(world, target, orderBy, found).map((node) => `${node.noun.name}:${node.key}`);
}

test.each(Array.from({ length: walks }, (_, index) => [index + 1]))(
  'walk %i over thousands of rows, page by page both ways, is one sorted list: no gap, no repeat',
  async (seed) => {
    const walk = walkOf(new Dice(seed));
    const wanted = plainly(walk);
    expect(await walked(walk, false)).toEqual(wanted);
    expect(await walked(walk, true)).toEqual(wanted);
  },
);

describe('while others write', () => {
  let n = 0;
  /** Rounds come, change and go, all over the order; none of them is one that the walk must meet. */
  const write = (dice: Dice) => async () => {
    n++;
    await graph.write(async (run) => {
      await run(
        `UNWIND $p.rows AS r MERGE (f:FundingRound {key: r.key}) SET f:Fact, f.label = r.label, f.labelFolded = r.label, f.certainty = 'STATED',
          f.announcedOn = r.day, f.announcedOnDay = r.day, f.announcedOnYear = toInteger(left(r.day, 4)), f.raisedAmount = r.amount, f.raisedCurrency = 'USD', f.datasets = ['passing']
         WITH f MATCH (c:Company {key: 'g-company-1'}) MERGE (c)-[:RAISED]->(f) RETURN count(*) AS n`,
        {
          rows: Array.from({ length: 5 }, () => ({
            key: `passing-${dice.int(1, 60)}`,
            label: `passing ${dice.int(1, 9)}`,
            day: `20${dice.int(10, 30)}-01-0${dice.int(1, 9)}`,
            amount: dice.int(0, 1e9),
          })),
        },
      );
      if (n % 3 === 0)
        await run(
          `MATCH (f:FundingRound) WHERE 'passing' IN f.datasets WITH f LIMIT 7 DETACH DELETE f RETURN count(*) AS n`,
        );
    });
  };
  afterAll(() =>
    graph.write((run) =>
      run(
        `MATCH (f:FundingRound) WHERE 'passing' IN f.datasets DETACH DELETE f RETURN count(*) AS n`,
      ),
    ),
  );

  test.each<[string, readonly Row[]]>([
    ['the key', []],
    ['a date', [{ announcedOn: 'DESC' }]],
    ['an amount and a label', [{ raised: 'ASC' }, { label: 'DESC' }]],
    ["a neighbour's name", [{ company: { name: 'ASC' } }]],
    ['a size', [{ investors: { count: 'DESC' } }]],
  ])('a walk by %s meets once each row that stays', async (_, orderBy) => {
    const walk = { noun: 'FundingRound', where: null, orderBy, size: 50 };
    const dice = new Dice(7);
    const wanted = plainly(walk);
    for (const backward of [false, true]) {
      const met = await walked(walk, backward, write(dice));
      expect(met.filter((id) => !id.includes(':passing-'))).toEqual(wanted);
    }
    expect(n).toBeGreaterThan(10);
  });
});
