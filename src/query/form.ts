import {
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import type { Column, Row } from './column';
import { below, type Planning } from './context';

/** What the making of an answer shares: what was sent, and what is found out on the way. */
export interface Run {
  /** The parameters as they were sent. */
  readonly p: Readonly<Record<string, unknown>>;
  /** What is wrong with the data, noted where the answer is written. */
  readonly faults: Misplaced[];
  /** Whether the root field found anything. */
  found: boolean;
}

/** A fault of a value: the fields that asked for it, and the way to it from the inside out. */
export interface Misplaced {
  readonly error: unknown;
  readonly nodes: readonly FieldNode[];
  readonly path: (string | number)[];
}

/** The making of an answer to what was sent with these parameters: no fault so far, and nothing found. */
export function newRun(p: Run['p']): Run {
  return { p, faults: [], found: false };
}

/**
 * Makes what came back into what a form takes. Null is null in the answer; an Error is a fault in its place.
 */
export type Open = (value: unknown, run: Run) => unknown;

/**
 * How a part of an answer is made from a part of what came back: said once, and read by `write.ts`, which makes JSON
 * text of it, and by `read.ts`, which makes objects for graphql-js.
 */
export type Form = ValueForm | ConstantForm | ObjectForm | ListForm | ChoiceForm;

/** A scalar, an enum's value, or a list of them. */
export interface ValueForm {
  readonly kind: 'value';
  readonly open?: Open;
}

/** The same in every row. */
export interface ConstantForm {
  readonly kind: 'constant';
  readonly value: string | null;
  readonly open?: undefined;
}

/** An object of one type: takes a list of values, of which each field has its place. */
export interface ObjectForm {
  readonly kind: 'object';
  readonly type: string;
  readonly fields: readonly FieldForm[];
  readonly open?: Open;
  /** Where its key stands, for resolvers of what lies below. */
  readonly key?: number;
}

/** A list: takes the values of its items. */
export interface ListForm {
  readonly kind: 'list';
  readonly item: Form;
  readonly open?: Open;
}

/** An object of one of several types: takes `[type, values]`. */
export interface ChoiceForm {
  readonly kind: 'choice';
  readonly of: ReadonlyMap<string, ObjectForm>;
  readonly open?: Open;
}

/** A field of an object, as it was selected. */
export interface FieldForm {
  /** Its key in the answer. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly def: GraphQLField<unknown, unknown>;
  readonly place: number;
  readonly form: Form;
}

export const plainForm: ValueForm = { kind: 'value' };
export const nothingForm: ConstantForm = { kind: 'constant', value: null };

/** A form that takes what `open` makes of a value. */
export function through(open: Open, form: Form): Form {
  if (form.kind === 'constant') return form;
  const { open: then } = form;
  if (!then) return { ...form, open };
  return {
    ...form,
    open: (value, run) => {
      const opened = open(value, run);
      return opened == null || opened instanceof Error ? opened : then(opened, run);
    },
  };
}

/**
 * An object with the fields that were selected of it.
 * @param part where a field's value stands, and its form; null leaves the field out
 */
export function objectForm(
  planning: Planning,
  type: string,
  nodes: readonly FieldNode[],
  part: (name: string, nodes: readonly FieldNode[]) => Pick<FieldForm, 'place' | 'form'> | null,
): ObjectForm {
  const defs = (planning.schema.getType(type) as GraphQLObjectType).getFields();
  const fields = [...planning.select(below(nodes), type)].flatMap(([key, same]): FieldForm[] => {
    const name = (same[0] as FieldNode).name.value;
    if (name === '__typename')
      return [
        {
          key,
          nodes: same,
          def: TypeNameMetaFieldDef,
          place: 0,
          form: { kind: 'constant', value: type },
        },
      ];
    const found = planning.at(key, () => part(name, same));
    const def = defs[name] as GraphQLField<unknown, unknown>;
    return found ? [{ key, nodes: same, def, ...found }] : [];
  });
  return { kind: 'object', type, fields };
}

/** An object whose fields stand in one row. */
export function rowForm(
  planning: Planning,
  row: Row,
  type: string,
  nodes: readonly FieldNode[],
  columnOf: (name: string, nodes: readonly FieldNode[]) => Column | null,
): ObjectForm {
  return objectForm(planning, type, nodes, (name, same) => {
    const column = columnOf(name, same);
    return column && { place: row.add(column.text), form: column.form };
  });
}

/** An object whose fields are computed from one whole: each from what `field` gives for its name. */
export function computedForm<Whole>(
  planning: Planning,
  type: string,
  nodes: readonly FieldNode[],
  field: (name: string, nodes: readonly FieldNode[]) => Computed<Whole>,
): ObjectForm {
  const sources: Computed<Whole>['from'][] = [];
  const form = objectForm(planning, type, nodes, (name, same) => {
    const { from, form: inner } = field(name, same);
    return { place: sources.push(from) - 1, form: inner };
  });
  return {
    ...form,
    open: (whole, run) => sources.map((from) => from(whole as Whole, run)),
  };
}

/** A field that is computed from a whole. */
export interface Computed<Whole> {
  from(whole: Whole, run: Run): unknown;
  readonly form: Form;
}
