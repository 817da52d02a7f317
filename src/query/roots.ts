import type { FieldNode } from 'graphql';
import type { Noun } from '../blueprint';
import { quote } from '../errors';
import { fromGlobalId, type Reference } from '../support/global-id';
import { collected, type Column } from './column';
import { rootConnection } from './connection';
import type { Planning } from './context';
import { keyOf } from './identity';
import { through, type ListForm, type Open } from './form';
import { groupConnection } from './groups';
import { nodeColumn } from './node';
import { Fault } from '../errors';

/** Where a root field leads. */
export type Root =
  | { readonly kind: 'one' | 'many' | 'groups'; readonly noun: Noun }
  | { readonly kind: 'node' | 'nodes' };

/** The most nodes that one `nodes` may name. */
export const mostNodes = 100;

/** A root field as one expression. */
export function rootColumn(planning: Planning, root: Root, nodes: readonly FieldNode[]): Column {
  switch (root.kind) {
    case 'one':
      return byKey(planning, root.noun, nodes);
    case 'many':
      return rootConnection(planning, root.noun, nodes);
    case 'groups':
      return groupConnection(planning, root.noun, nodes);
    case 'node': {
      const column = byIds(planning, nodes, (args) => [args.id]);
      const { item, open } = column.form as ListForm;
      const first: Open = (value, run) => (open?.(value, run) as unknown[])[0];
      return { text: column.text, form: through(first, item) };
    }
    case 'nodes':
      return byIds(planning, nodes, (args) => args.ids);
  }
}

function byKey(planning: Planning, noun: Noun, nodes: readonly FieldNode[]): Column {
  const { key } = planning.args('Query', nodes[0] as FieldNode);
  const param = planning.at('key', () =>
    planning.keysOf(noun, true, () => planning.param(key, (value: string) => keyOf(value, noun))),
  );
  const from = planning.name('n');
  const column = nodeColumn(planning, noun, from, nodes);
  return {
    text: collected(
      planning,
      undefined,
      { text: `MATCH (${from}:${noun.name} {key: ${param}})`, variables: [from] },
      column.text,
    ),
    form: through((value, run) => {
      const [found] = value as unknown[];
      run.found = found != null;
      return found;
    }, column.form),
  };
}

function byIds(
  planning: Planning,
  nodes: readonly FieldNode[],
  idsOf: (args: Record<string, unknown>) => unknown,
): Column {
  const ids = idsOf(planning.args('Query', nodes[0] as FieldNode));
  return nodesColumn(planning, planning.blueprint.get('Node'), ids, nodes, mostNodes);
}

/** Nodes by their ids, in that order; null where there is none. */
export function nodesColumn(
  planning: Planning,
  noun: Noun,
  ids: unknown,
  nodes: readonly FieldNode[],
  most = Infinity,
): Column {
  const node = planning.blueprint.get('Node');
  const param = planning.at('ids', () =>
    planning.keysOf(node, true, () =>
      planning.param(ids, (values: unknown) =>
        references(planning, Array.isArray(values) ? values : [values], most),
      ),
    ),
  );
  const from = planning.name('n');
  const each = planning.name('e');
  const column = nodeColumn(planning, noun, from, nodes);
  // Facts and entities may share a key; a noun that is no interface has a label of its own to be found by.
  const labels = noun.isInterface
    ? planning.blueprint.interfaces
        .filter((one) => !one.role && one !== node)
        .map((one) => one.name)
    : [noun.name];
  const finds = labels.map(
    (label) =>
      `MATCH (${from}:${label} {key: ${each}.key}) WHERE ${each}.type IN labels(${from}) RETURN ${from}`,
  );
  const inOrder: Open = (value, run) => {
    const found = new Map(
      (value as [string, string, unknown][]).map(([type, key, item]) => [`${type}:${key}`, item]),
    );
    const wanted = run.p[param.slice(3)] as Reference[];
    const nodes = wanted.map(({ type, key }) => found.get(`${type}:${key}`));
    run.found = nodes.every((each) => each !== undefined);
    return nodes;
  };
  return {
    text: collected(
      planning,
      undefined,
      {
        text: `UNWIND ${param} AS ${each} CALL (${each}) { ${finds.join(' UNION ')} }`,
        variables: [from],
      },
      `[${each}.type, ${each}.key, ${column.text}]`,
    ),
    form: { kind: 'list', item: column.form, open: inOrder },
  };
}

function references(planning: Planning, ids: readonly unknown[], most: number): Reference[] {
  if (ids.length > most)
    throw new Fault(
      'LIMIT_EXCEEDED',
      `${planning.where()}: ${quote(ids.length)} ids are more than ${most}.`,
      {
        path: planning.where(),
      },
    );
  return ids.map((id) => {
    const reference = fromGlobalId(String(id));
    if (!reference)
      throw planning.fault(
        `${quote(id)} is not an id. Ids come from the field "id", or are written as Company:moonshot-ai.`,
      );
    return reference;
  });
}
