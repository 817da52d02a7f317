import type { Noun } from '../../../blueprint';
import { comparison, neighbours, onceEach, sum, type Weight } from './weight';

/** The path that an item of `orderBy` or `by` goes from a node. */
interface Path {
  /** Relations on the way, and what is worked out at its end: a subquery for each. */
  readonly steps: number;
  /** Values that one node comes to along it, as a rule. */
  readonly values: number;
}

const none: Path = { steps: 0, values: 1 };

/** A variable stands for one noun wherever it stands. */
const paths = new WeakMap<Noun, (item: object) => Path>();

function pathOf(noun: Noun | undefined, item: unknown): Path {
  if (!noun || typeof item !== 'object' || item === null) return none;
  let follow = paths.get(noun);
  if (!follow) paths.set(noun, (follow = onceEach((each) => followed(noun, each))));
  return follow(item);
}

function followed(noun: Noun, item: object): Path {
  let { steps, values } = none;
  for (const [name, inner] of Object.entries(item)) {
    const relation = noun.relations.get(name);
    if (!relation) {
      if (name === 'measure' || (name === 'rollUp' && inner)) steps++;
      continue;
    }
    const further = pathOf(relation.target, inner);
    steps += 1 + further.steps;
    values *= further.values * (relation.one ? 1 : neighbours);
  }
  return { steps, values };
}

const items = (given: unknown): readonly unknown[] =>
  given == null ? [] : Array.isArray(given) ? given : [given];

/** What it takes to put one row in its place: a comparison for each item, of several neighbours as often. */
export function orderWeight(noun: Noun | undefined, orderBy: unknown): Weight {
  return sum(
    items(orderBy).map((item) => {
      const { steps, values } = pathOf(noun, item);
      return { cost: values, parts: steps || comparison.parts };
    }),
  );
}

/** How often one row is met by the groups that it belongs to, and the subqueries that lead there. */
export function groupsWeight(
  noun: Noun | undefined,
  by: unknown,
): { readonly times: number; readonly parts: number } {
  let [times, parts] = [1, 0];
  for (const item of items(by)) {
    const { steps, values } = pathOf(noun, item);
    times *= values;
    parts += steps;
  }
  return { times, parts };
}
