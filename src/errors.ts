import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

/** The closed list of codes that an answer's errors bear in `extensions.code`. */
export const codes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'MIXED_UNITS',
  'LIMIT_EXCEEDED',
  'COST_EXCEEDED',
  'RATE_LIMITED',
  'OVERLOADED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'CONFLICT',
  'TIMEOUT',
  'DATABASE_UNAVAILABLE',
  'INTERNAL',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;

export type Code = (typeof codes)[number];

/** How many faults of a document, or of its variables, are told at the most. */
export const mostFaults = 20;

/** A fault that may be told to the caller: a sentence, a code, and where they exist near words and a hint. */
export class Fault extends GraphQLError {
  constructor(
    readonly code: Code,
    message: string,
    extensions: GraphQLErrorExtensions = {},
  ) {
    super(message, { extensions: { code, ...extensions } });
    this.name = 'Fault';
  }
}

/** A fault of what the caller wrote: where (a path such as `where.name`), and what was received. */
export function badInput(
  where: string,
  message: string,
  extensions: GraphQLErrorExtensions = {},
): Fault {
  return new Fault('BAD_USER_INPUT', `${where}: ${message}`, { path: where, ...extensions });
}

/** A fault of asking for too much at once: where, and how much was asked for. */
export function moreThan(where: string, found: number, most: number): Fault {
  return new Fault(
    'LIMIT_EXCEEDED',
    `${where}: ${quote(found)} is more than ${most}, the most that can be asked for at once.`,
    { path: where },
  );
}

/** A received value as it stands in a sentence: in quotes, cut at 80 characters. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.length > 80 ? `${text.slice(0, 77)}...` : text}"`;
}
