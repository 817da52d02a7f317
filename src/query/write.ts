import {
  GraphQLError,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLOutputType,
} from 'graphql';
import {
  plainForm,
  type ChoiceForm,
  type FieldForm,
  type Form,
  type ObjectForm,
  type Run,
} from './form';
import { leafText, quoted } from './json';

/** Writes a value as JSON text; null where nothing may stand there, the reason being noted among the faults. */
export type Write = (value: unknown, run: Run) => string | null;

/** The field that is written: for what is said of a fault. */
interface Place {
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

/**
 * Makes JSON text from what came back, completed as graphql-js completes it: by the schema's types, a fault making null
 * the nearest place that may be null. Everything that does not depend on a row is worked out here, once.
 */
export function fieldWriter(
  owner: string,
  { def, nodes, form }: Pick<FieldForm, 'def' | 'nodes' | 'form'>,
): Write {
  return writer(def.type, form, { name: `${owner}.${def.name}`, nodes });
}

function note(run: Run, { nodes }: Place, error: unknown): null {
  run.faults.push({ error, nodes, path: [] });
  return null;
}

/** Faults noted since `from` lie below `step`. */
function below({ faults }: Run, from: number, step: string | number): void {
  for (let i = from; i < faults.length; i++) faults[i]?.path.push(step);
}

function writer(type: GraphQLOutputType, form: Form, place: Place): Write {
  if (isNonNullType(type)) {
    const write = writer(type.ofType, form, place);
    return (value, run) => {
      const text = write(value, run);
      if (text !== 'null') return text;
      return note(
        run,
        place,
        new Error(`Cannot return null for non-nullable field ${place.name}.`),
      );
    };
  }
  if (form.kind === 'constant') {
    const text = JSON.stringify(form.value);
    return () => text;
  }
  return after(form, opened(type, form, place));
}

/** Writes what a form's `open` makes of a value. */
function after({ open }: Form, write: Write): Write {
  return open ? (value, run) => write(open(value, run), run) : write;
}

function opened(
  type: GraphQLOutputType,
  form: Exclude<Form, { kind: 'constant' }>,
  place: Place,
): Write {
  if (isListType(type))
    return list(type.ofType, form.kind === 'list' ? form.item : plainForm, place);
  switch (form.kind) {
    case 'object':
      return object(form, place);
    case 'choice':
      return choice(form, place);
    default:
      return leaf(type as GraphQLLeafType, place);
  }
}

function leaf(type: GraphQLLeafType, place: Place): Write {
  const fast = leafText(type);
  return (value, run) => {
    if (value == null) return 'null';
    const text = fast(value);
    if (text !== undefined) return text;
    if (value instanceof Error) return note(run, place, value);
    try {
      const given = type.serialize(value);
      return typeof given === 'string' ? quoted(given) : JSON.stringify(given);
    } catch (error) {
      return note(run, place, error);
    }
  };
}

function list(type: GraphQLOutputType, form: Form, place: Place): Write {
  const write = writer(type, form, place);
  const required = isNonNullType(type);
  return (values, run) => {
    if (!Array.isArray(values)) {
      if (values == null) return 'null';
      return note(
        run,
        place,
        values instanceof Error
          ? values
          : new GraphQLError(`Expected Iterable, but did not find one for field "${place.name}".`),
      );
    }
    let text = '[';
    for (let i = 0; i < values.length; i++) {
      const before = run.faults.length;
      const item = write(values[i], run);
      if (run.faults.length > before) below(run, before, i);
      if (item === null && required) return null;
      text += (i ? ',' : '') + (item ?? 'null');
    }
    return `${text}]`;
  };
}

function object({ type, fields }: ObjectForm, place: Place): Write {
  const parts: {
    readonly lead: string;
    readonly key: string;
    readonly at: number;
    readonly write: Write;
    readonly required: boolean;
  }[] = [];
  // What is the same in every row goes into the text before the next value.
  let lead = '{';
  fields.forEach(({ key, nodes, def, place: at, form }, index) => {
    lead += `${index ? ',' : ''}${quoted(key)}:`;
    if (form.kind === 'constant') {
      lead += JSON.stringify(form.value);
      return;
    }
    const write = fieldWriter(type, { def, nodes, form });
    parts.push({ lead, key, at, write, required: isNonNullType(def.type) });
    lead = '';
  });
  const end = `${lead}}`;
  return (values, run) => {
    if (!Array.isArray(values)) {
      if (values == null) return 'null';
      if (values instanceof Error) return note(run, place, values);
    }
    let text = '';
    for (const part of parts) {
      const before = run.faults.length;
      const value = part.write((values as unknown[])[part.at], run);
      if (run.faults.length > before) below(run, before, part.key);
      if (value === null && part.required) return null;
      text += part.lead + (value ?? 'null');
    }
    return text + end;
  };
}

function choice({ of }: ChoiceForm, place: Place): Write {
  const writers = new Map([...of].map(([type, form]) => [type, after(form, object(form, place))]));
  return (value, run) => {
    if (value == null) return 'null';
    if (value instanceof Error) return note(run, place, value);
    const [type, values] = value as [string, unknown];
    const write = writers.get(type);
    return write ? write(values, run) : 'null';
  };
}
