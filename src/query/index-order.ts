import type { RelationDef } from '../blueprint';
import type { Planning } from './context';
import type { Lead, OrderKey } from './order';
import type { Page } from './page';
import { way, whereText } from './pattern';
import { isProperty, Sorted } from './sorted';
import { matched, type Source } from './source';

/** Rows of a page, and what they are ordered by, as it stands there. */
interface Branch {
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * A page of all nodes of a label in the order of an indexed property, its own or a neighbour's: the known come from the
 * index, the unknown in a branch of their own, which reads nothing while the first fills the page.
 */
export function inIndexOrder(planning: Planning, source: Source, page: Page, lead: Lead): Branch {
  const [first] = page.keys as [OrderKey];
  const { backward, limit } = page;
  const cursor = backward ? page.before : page.after;
  const reads = (branch: typeof known) => branch(planning, source, page, lead);
  const asked = !lead.along.length && asksFor(source, lead.column) && cursor?.[0] !== null;
  if (!first.nullable || asked) return reads(known);
  // A cursor among those that come last needs only their branch.
  const [before, last] = backward ? [unknown, known] : [known, unknown];
  const inLast = cursor && (cursor[0] === null) !== backward;
  const branches = (inLast ? [last] : [before, last]).map(reads);
  // What is worked out in a branch leaves it under one name.
  const names = page.keys.map((key) => (isProperty(key) ? key.expression : planning.name('v')));
  const texts = branches.map(({ text, names: own }) => {
    const worked = own.flatMap((name, index) =>
      names[index]?.includes('.') ? [] : [`${name} AS ${names[index]}`],
    );
    return `${text} RETURN ${[source.node, ...worked].join(', ')}`;
  });
  const carried = [source.node, ...names.filter((name) => !name.includes('.'))];
  const text = `CALL () { ${texts.join(' UNION ALL ')} } WITH ${carried.join(', ')} LIMIT ${limit}`;
  return { text, names };
}

/** Whether the filter compares a column, which the unknown never passes: a branch for them would only be planned. */
function asksFor({ node, where }: Source, column: string): boolean {
  const compared = new RegExp(
    `^${node}\\.${column} (?:=|<|<=|>|>=|IN|(?:STARTS|ENDS) WITH|CONTAINS) \\$p\\.\\w+$`,
  );
  return where.some((text) => compared.test(text) || text === `${node}.${column} IS NOT NULL`);
}

/** Those of which the value is known, from the index. */
function known(planning: Planning, source: Source, page: Page, lead: Lead): Branch {
  const { node, noun, where } = source;
  const { backward } = page;
  const at = backward ? page.before : page.after;
  // A cursor among the unknown leaves all of these.
  const cursor = at?.[0] === null ? null : at;
  const [first, ...others] = page.keys as [OrderKey, ...OrderKey[]];
  const far = lead.along.length ? planning.name('o') : node;
  const expression = `${far}.${lead.column}`;
  const keys = [{ ...first, expression, before: '', nullable: false }, ...others];
  const sorted = new Sorted(planning, source, keys, lead.along.length ? [far] : []);
  const bounds = sorted.bounds(cursor, backward);
  const early = sorted.early(bounds);
  const from = !cursor
    ? [`${expression} IS NOT NULL`]
    : // Redundant beside the bounds, and what makes the index be used.
      others.length
      ? [
          `${expression} ${first.descending === backward ? '>=' : '<='} ${planning.param(cursor[0])}`,
        ]
      : [];
  const match = lead.along.length
    ? `MATCH (${far}:${lead.noun.name})${whereText(from)} ${alongText(planning, node, lead.along, far).reverse().join(' ')} ` +
      `WITH ${node}, ${far}${whereText([`${node}:${noun.name}`, ...where, ...early])}`
    : matched(source, [...from, ...early]);
  return { text: sorted.text(match, bounds, page), names: sorted.names };
}

/** Those of which the value is unknown, or that lack the neighbour that has it. */
function unknown(planning: Planning, source: Source, page: Page, lead: Lead): Branch {
  const { node } = source;
  const { backward } = page;
  const cursor = backward ? page.before : page.after;
  const others = page.keys.slice(1);
  const sorted = new Sorted(planning, source, others);
  const bounds = sorted.bounds(cursor?.[0] === null ? cursor.slice(1) : null, backward);
  const byKey = others[0]?.lead?.column === 'key' && !bounds.length;
  const early = [
    unknownText(planning, node, lead),
    ...sorted.early(bounds),
    // Walks the index of keys instead of sorting.
    byKey ? `${node}.key >= ''` : '',
  ];
  return {
    text: sorted.text(matched(source, early), bounds, page),
    names: ['null', ...sorted.names],
  };
}

function unknownText(planning: Planning, node: string, { column, along }: Lead): string {
  if (!along.length) return `${node}.${column} IS NULL`;
  const far = planning.name('o');
  const path = alongText(planning, node, along, far).join(' ');
  return `NOT EXISTS { ${path} WITH ${far} WHERE ${far}.${column} IS NOT NULL RETURN ${far} }`;
}

/** The relations to one from a node to the far end, each as its clause. */
function alongText(
  planning: Planning,
  node: string,
  along: readonly RelationDef[],
  far: string,
): string[] {
  let from = node;
  return along.map((relation, index) => {
    const to = index === along.length - 1 ? far : planning.name('o');
    const path = way(planning, relation, from, to);
    from = to;
    return `MATCH ${path.text}${whereText(path.where)}`;
  });
}
