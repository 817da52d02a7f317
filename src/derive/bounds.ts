import { isInterfaceType, isObjectType, type GraphQLArgument, type GraphQLSchema } from 'graphql';
import { arg, type ArgSpec, type Bound, type FieldSpec } from './spec';

/** Rows of a page. */
export const pageBound = { least: 0, most: 100, unlessTold: 20 } as const satisfies Bound;
/** Rows of a page that is walked backward: there is one only where it is told. */
export const lastBound = { least: 0, most: pageBound.most } as const satisfies Bound;
/** Groups of a page of groups. */
export const groupsBound = { least: 0, most: 1_000, unlessTold: 20 } as const satisfies Bound;
/** Ids of `nodes`. */
export const idsBound = { least: 0, most: 100 } as const satisfies Bound;
/** Items of an order: each may be worked out of all that it orders. */
export const orderBound = { least: 0, most: 8 } as const satisfies Bound;
/** Items of `by`: what has several values in each of them is met once for each way to combine these. */
export const byBound = { least: 1, most: 4 } as const satisfies Bound;

/** An argument with a bound, which stands in the description in the place of `{bound}`. */
export function boundedArg(name: string, type: string, bound: Bound, description: string): ArgSpec {
  return { ...arg(name, type, description.replace('{bound}', inWords(bound))), bound };
}

function inWords({ most, unlessTold }: Bound): string {
  const told = unlessTold === undefined ? '' : `${unlessTold.toLocaleString('en')} unless told, `;
  return `${told}${most.toLocaleString('en')} at most`;
}

/** Lets the arguments of a type's fields tell their bounds: no directive of the schema does. */
export function tellBounds(
  schema: GraphQLSchema,
  type: string,
  fields: readonly FieldSpec[],
): void {
  const owner = schema.getType(type);
  if (!isObjectType(owner) && !isInterfaceType(owner)) return;
  for (const { name, args = [] } of fields)
    for (const each of owner.getFields()[name]?.args ?? []) {
      const bound = args.find((spec) => spec.name === each.name)?.bound;
      if (bound) each.extensions = { ...each.extensions, bound };
    }
}

/** The bound that an argument of the schema tells. */
export function boundOf({ extensions }: GraphQLArgument): Bound | undefined {
  return extensions.bound as Bound | undefined;
}
