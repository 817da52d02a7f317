import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import { patient } from '../support/patient';
import { bothWorlds } from '../support/plain/both';
import { Dice } from '../support/plain/dice';
import { removeGenerated, writeGenerated } from '../support/plain/generated';
import { kept } from '../support/plain/kept';
import { checkGroups, type GroupQuestion } from '../support/plain/groups';
import { check, type Question } from '../support/plain/question';
import { questionShape } from '../support/plain/random';
import { groupShape } from '../support/plain/random-groups';

const { ask, close, graph } = client();
const { generated, world } = bothWorlds();

/** How many requests are made at the least; YUNTU_TRIALS asks for more, YUNTU_SEED for others. */
const trials = Number(process.env.YUNTU_TRIALS ?? 120);
const seed = Number(process.env.YUNTU_SEED ?? 1);
/** How many times each shape is asked, with other values each time: it is planned but once. */
const repeats = 6;

beforeAll(() => writeGenerated(graph, blueprint, generated), 180_000);
afterAll(async () => {
  await removeGenerated(graph);
  await close();
}, 60_000);

/** How a fault ends that says so of the database. */
const late = `took longer than ${patient.databaseDeadline} ms.`;

/** Asks, and tells what was asked where the answer is another than that of plain loops. */
async function checked(question: Question | GroupQuestion, from: string): Promise<number> {
  try {
    return await ('by' in question
      ? checkGroups(world, ask, question)
      : check(world, ask, question));
  } catch (error) {
    throw new Error(`${from}: ${JSON.stringify(question)}\n${(error as Error).message}`);
  }
}

test.each(kept)('what was once wrong stays right: %j', async (question) => {
  await checked(question, 'kept');
});

test(
  `${trials} random questions are answered as plain loops answer them`,
  async () => {
    let asked = 0;
    const wrong: string[] = [];
    const unanswered: string[] = [];
    for (let shape = seed; asked < trials && wrong.length < 10; shape++) {
      // Every fourth shape is one of groups.
      const dice = new Dice(shape);
      const question = shape % 4 ? questionShape(world, dice) : groupShape(world, dice);
      for (let n = 0; n < repeats; n++)
        try {
          asked += await checked(question(new Dice(shape * 1000 + n)), `seed ${shape}, ${n}`);
        } catch (error) {
          const { message } = error as Error;
          (message.endsWith(late) ? unanswered : wrong).push(message);
          break;
        }
    }
    expect(wrong).toEqual([]);
    // A question four deep may take a busy machine longer to plan than any may take.
    expect(unanswered.length).toBeLessThan(2 + trials / 2000);
  },
  60_000 + trials * 1000,
);
