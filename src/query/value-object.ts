import type { FieldNode } from 'graphql';
import type { PropertyDef } from '../blueprint';
import { splitPair } from '../support/pairs';
import { Row, type Column } from './column';
import type { Planning } from './context';
import { objectForm, plainForm, rowForm, through, type Form } from './form';

/** The column of a property: a plain value, a value object, or a list. */
export function propertyColumn(
  planning: Planning,
  from: string,
  property: PropertyDef,
  nodes: readonly FieldNode[],
): Column {
  const { name, kind } = property;
  const column = `${from}.${name}`;
  switch (kind) {
    case 'money':
      return parts(planning, column, 'Money', 'amount', nodes);
    case 'period':
      return parts(planning, column, 'Period', 'label', nodes);
    case 'pairs': {
      const [type, first] = property.pair ?? ['Pair', 'name'];
      const item = objectForm(planning, type, nodes, (part) => ({
        place: part === first ? 0 : 1,
        form: plainForm,
      }));
      const split = (value: unknown) =>
        ((value ?? []) as string[]).map((each) => {
          const pair = splitPair(each);
          return [pair.name, pair.value];
        });
      return { text: column, form: { kind: 'list', item, open: split } };
    }
    case 'strings':
    case 'enums':
      return { text: column, form: { kind: 'value', open: (value) => value ?? [] } };
    default:
      return { text: column, form: plainForm };
  }
}

/** A value object, of which each part is stored beside the others; there is none where the part that makes it is missing. */
function parts(
  planning: Planning,
  column: string,
  type: string,
  maker: string,
  nodes: readonly FieldNode[],
): Column {
  const row = new Row();
  const text = (part: string) => column + (part[0] as string).toUpperCase() + part.slice(1);
  row.add(text(maker));
  const form: Form = rowForm(planning, row, type, nodes, (part) => ({
    text: text(part),
    form: plainForm,
  }));
  const present = (values: unknown) => ((values as unknown[])[0] == null ? null : values);
  return { text: row.text, form: through(present, form) };
}
