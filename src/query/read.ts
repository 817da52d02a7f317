import { reference } from '../support/reference';
import type { ChoiceForm, Form, ObjectForm, Open } from './form';

/** Makes what graphql-js goes on with from what came back: objects under the keys of the answer, faults in their places. */
export function readerOf(form: Form): Open {
  if (form.kind === 'constant') return () => form.value;
  const read = opened(form);
  const { open } = form;
  if (!open) return (value, run) => (isMissing(value) ? value : read(value, run));
  return (value, run) => {
    const inner = open(value, run);
    return isMissing(inner) ? inner : read(inner, run);
  };
}

function isMissing(value: unknown): boolean {
  return value == null || value instanceof Error;
}

function opened(form: Exclude<Form, { kind: 'constant' }>): Open {
  switch (form.kind) {
    case 'value':
      return (value) => value;
    case 'list': {
      const item = readerOf(form.item);
      return (values, run) => (values as unknown[]).map((value) => item(value, run));
    }
    case 'object':
      return object(form);
    case 'choice':
      return choice(form);
  }
}

function object({ type, fields, key: at }: ObjectForm): Open {
  const readers = fields.map(({ key, place, form }) => [key, place, readerOf(form)] as const);
  return (values, run) => {
    // Without a prototype, for a caller may call a field what he likes.
    const made = Object.create(null) as Record<string | symbol, unknown>;
    for (const [key, place, read] of readers)
      made[key] = read((values as unknown[])[place], run) ?? null;
    if (at !== undefined) made[reference] = { type, key: (values as unknown[])[at] };
    return made;
  };
}

function choice({ of }: ChoiceForm): Open {
  const readers = new Map([...of].map(([type, form]) => [type, readerOf(form)]));
  return (value, run) => {
    const [type, values] = value as [string, unknown];
    return readers.get(type)?.(values, run) ?? null;
  };
}
