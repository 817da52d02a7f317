import type { Noun, RelationDef } from '../blueprint';
import type { Planning } from './context';
import { condition, conditions, type Filter } from './filter';
import { foundByName } from './found-by-name';
import { gathered } from './gathered';
import { labelText, way, whereText } from './pattern';
import { needed, own, ownOnly, parts, waysIn, weigh, type Part, type WayIn } from './selective';

/** Where a statement starts: clauses that bind the nodes, and what is still to be asked of them. */
interface Start {
  readonly head: string;
  readonly where: readonly string[];
}

/**
 * The nodes of a noun that a filter lets through. Where the filter names something selective about a neighbour, the way
 * starts there: what the neighbour's index finds is walked back from, instead of asking every node.
 */
export function startOf(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
): Start & { readonly scan: boolean } {
  const start =
    fromFarEnd(planning, noun, node, filter, true) ??
    fromEither(planning, noun, node, filter) ??
    fromNames(planning, noun, node, filter);
  if (start) return { ...start, scan: false };
  return { ...fromLabel(planning, noun, node, filter), scan: true };
}

/** How many ways in are compared, how many rows of each step are counted at most, and how many are few enough. */
const contenders = 3;
const counted = 1_000;
const few = 50;
/** A filter of more objects than this stands in the statement but once, by its best way in. */
const mostObjects = 20;

/** Every node of a noun. */
function fromLabel(planning: Planning, noun: Noun, node: string, filter: Filter | null): Start {
  return {
    head: `MATCH (${node}${labelText([noun.name])})`,
    where: conditions(planning, { noun, name: node }, filter),
  };
}

/** What the full-text index finds, unless the filter names something better. */
function fromNames(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
): Start | null {
  const part = parts(filter).find(([, name]) => name === 'search');
  if (!part || own(noun, filter) > 2) return null;
  const [path, name, text] = part;
  const set = planning.at([...path, name].join('.'), () => foundByName(planning, noun, text));
  const rest = without(filter as Filter, path, name, true);
  return {
    head: `UNWIND ${set} AS ${node} WITH ${node}`,
    where: [`${node}:${noun.name}`, ...conditions(planning, { noun, name: node }, rest)],
  };
}

/** By the best way in, where that leads through neighbours; at run time by the shortest, where there are several. */
function fromFarEnd(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
  chooses: boolean,
): Start | null {
  const [best, ...others] = waysIn(noun, filter);
  if (!best?.along.length) return null;
  const ways = [best, ...others].slice(0, contenders);
  if (chooses && ways.length > 1 && weigh(filter) <= mostObjects)
    return shortest(planning, noun, node, filter, ways);
  return along(planning, noun, node, filter, best.along);
}

/** A start at the end of a chain of relations, and how many rows each of its steps gives, as far as they are counted. */
interface Along extends Start {
  readonly counts: readonly string[];
}

/** From the end of a chain of relations back to its beginning. */
function along(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
  [part, ...further]: readonly Part[],
): Along {
  if (!part) {
    const start =
      fromNames(planning, noun, node, filter) ?? fromLabel(planning, noun, node, filter);
    return { ...start, counts: [] };
  }
  const [path, name, value] = part;
  const relation = noun.relations.get(name) as RelationDef;
  const { edge, ...rest } = needed(relation, value) as Record<string, Filter | undefined>;
  const back = planning.name('x');
  const steps = [...path, name, ...(relation.one ? [] : ['some'])];
  const start = planning.at(steps.join('.'), () =>
    along(planning, relation.target, back, rest, further),
  );
  const reach = way(planning, relation, node, back);
  const said = edge
    ? [
        condition(
          planning,
          { noun: relation.target, name: back, edge: { relation, name: reach.edge } },
          { edge },
        ),
      ]
    : [];
  const others = without(filter as Filter, path, name, relation.one);
  const head =
    start.head +
    whereText(start.where) +
    ` MATCH ${reach.text.replace(new RegExp(`\\(${back}[^)]*\\)`), `(${back})`)}` +
    whereText([...reach.where, ...said]) +
    ` WITH DISTINCT ${node}`;
  const bounded = head.replace(/WITH DISTINCT \w+/g, `$& LIMIT ${counted}`);
  return {
    head,
    where: [`${node}:${noun.name}`, ...conditions(planning, { noun, name: node }, others)],
    counts: [...start.counts, `COUNT { ${bounded} RETURN ${node} }`],
  };
}

/** The filter without the part that was walked from. */
function without(filter: Filter, path: readonly string[], name: string, whole: boolean): Filter {
  const [step, index, ...rest] = path;
  if (step === 'and')
    return {
      ...filter,
      and: (filter.and as Filter[]).map((each, at) =>
        String(at) === index ? without(each, rest, name, whole) : each,
      ),
    };
  const { [name]: taken, ...others } = filter;
  if (whole) return others;
  const { some: _, ...left } = taken as Record<string, unknown>;
  return { ...others, [name]: left };
}

/**
 * By the shortest of several ways in: how long each is cannot be seen from the filter, only from the data. So as many
 * rows as tell are counted first. It is done once a statement, whatever is asked of what is found.
 */
function shortest(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
  ways: readonly WayIn[],
): Start {
  // The same keys are named in each: they are noted once.
  let named: number | undefined;
  const starts = ways.map((each) => {
    const start = along(planning, noun, node, filter, each.along);
    const count = each.along.length
      ? start.counts.join(' + ')
      : rangeCount(planning, noun, node, filter);
    planning.named.length = named ??= planning.named.length;
    return { ...start, count };
  });
  const [size, way, next] = [planning.name('s'), planning.name('w'), planning.name('t')];
  const compared = starts
    .slice(1)
    .map(
      ({ count }, index) =>
        ` WITH ${size}, ${way}, CASE WHEN ${size} < ${few} THEN ${size} ELSE ${count} END AS ${next}` +
        ` WITH CASE WHEN ${next} < ${size} THEN ${next} ELSE ${size} END AS ${size}, CASE WHEN ${next} < ${size} THEN ${index + 1} ELSE ${way} END AS ${way}`,
    );
  const branches = starts.map(
    ({ head, where }, index) =>
      `WITH ${way} WHERE ${way} = ${index} ${head}${whereText(where)} RETURN ${node}`,
  );
  const text =
    `WITH ${starts[0]?.count} AS ${size}, 0 AS ${way}${compared.join('')}` +
    ` CALL (${way}) { ${branches.join(' UNION ALL ')} } WITH ${node}`;
  return { head: gathered(planning, text, node), where: [] };
}

/** How many nodes the noun's own index finds, as far as they are counted. */
function rangeCount(planning: Planning, noun: Noun, node: string, filter: Filter | null): string {
  const where = conditions(planning, { noun, name: node }, ownOnly(noun, filter));
  return `COUNT { MATCH (${node}:${noun.name})${whereText(where)} RETURN ${node} LIMIT ${counted} }`;
}

/** `or` of which every branch is selective: each found by its own way, together without repeats. */
function fromEither(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
): Start | null {
  const branches = filter?.or as (Filter | null)[] | null | undefined;
  if (!branches || branches.length < 2 || own(noun, filter) > 1) return null;
  const ways = branches.map((branch) => waysIn(noun, branch));
  if (!ways.every(({ length }) => length) || !ways.flat().some((each) => each.along.length))
    return null;
  const { or: _, ...rest } = filter as Record<string, unknown>;
  const texts = branches.map((branch, index) =>
    planning.at(`or.${index}`, () => {
      const start =
        fromFarEnd(planning, noun, node, branch, false) ??
        fromNames(planning, noun, node, branch) ??
        fromLabel(planning, noun, node, branch);
      return `${start.head}${whereText(start.where)} RETURN ${node}`;
    }),
  );
  return {
    head: `CALL () { ${texts.join(' UNION ')} } WITH ${node}`,
    where: conditions(planning, { noun, name: node }, rest),
  };
}
