import { Kind, valueFromASTUntyped, type DirectiveNode, type FieldNode } from 'graphql';
import type { Args } from './fan-out';

export type Given = Readonly<Record<string, unknown>>;

/** The arguments of a field as they are written, variables in their places, nothing coerced. */
export function argumentsOf({ arguments: written = [] }: FieldNode, variables: Given): Args {
  return Object.fromEntries(
    written.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );
}

/** Whether @skip and @include let something in; what cannot be told is in. */
export function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  variables: Given,
): boolean {
  return !directives?.some(({ name, arguments: [condition] = [] }) => {
    if (!condition || (name.value !== 'skip' && name.value !== 'include')) return false;
    const { value } = condition;
    const holds =
      value.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value.kind === Kind.BOOLEAN
          ? value.value
          : undefined;
    return holds === (name.value === 'skip');
  });
}
