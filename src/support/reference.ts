import type { Reference } from './global-id';

/** The type and key of an object that was read from the graph, for what is asked of it later. */
export const reference = Symbol('reference');

export type Referable = { readonly [reference]?: Reference };
