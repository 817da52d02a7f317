import type { FieldNode } from 'graphql';
import type { PropertyDef } from '../blueprint';
import { splitPair } from '../support/pairs';
import type { Column } from './column';
import { below, type Planning } from './context';

type Parts = Readonly<Record<string, unknown>>;

/** Shows the parts of a value object under the names that were asked for. */
function shape(
  planning: Planning,
  nodes: readonly FieldNode[],
  type: string,
): (parts: Parts) => Parts {
  const fields = [...planning.select(below(nodes), type)].map(
    ([key, [node]]) => [key, node?.name.value ?? ''] as const,
  );
  return (parts) =>
    Object.fromEntries(
      fields.map(([key, name]) => [key, name === '__typename' ? type : (parts[name] ?? null)]),
    );
}

/** The column of a property: a plain value, a value object, or a list. */
export function propertyColumn(
  planning: Planning,
  from: string,
  property: PropertyDef,
  nodes: readonly FieldNode[],
): Column {
  const { name, kind } = property;
  switch (kind) {
    case 'money': {
      const show = shape(planning, nodes, 'Money');
      return {
        text: `[${from}.${name}Amount, ${from}.${name}Currency, ${from}.${name}AsPrinted]`,
        decode: (value) => {
          const [amount, currency, asPrinted] = value as unknown[];
          return amount == null ? null : show({ amount, currency, asPrinted });
        },
      };
    }
    case 'period': {
      const show = shape(planning, nodes, 'Period');
      return {
        text: `[${from}.${name}Start, ${from}.${name}End, ${from}.${name}Label]`,
        decode: (value) => {
          const [start, end, label] = value as unknown[];
          return label == null ? null : show({ start, end, label });
        },
      };
    }
    case 'pairs': {
      const [type, first] = property.pair ?? ['Pair', 'name'];
      const show = shape(planning, nodes, type);
      return {
        text: `${from}.${name}`,
        decode: (value) =>
          ((value ?? []) as string[]).map((each) => {
            const pair = splitPair(each);
            return show({ [first]: pair.name, value: pair.value });
          }),
      };
    }
    case 'strings':
    case 'enums':
      return { text: `${from}.${name}`, decode: (value) => value ?? [] };
    default:
      return { text: `${from}.${name}`, decode: (value) => value ?? null };
  }
}
