import { HeaderMap } from '@apollo/server';
import type { GraphQLErrorExtensions } from 'graphql';
import { Fault, type Code } from '../../errors';

/** A fault that ends a request with an HTTP status of its own, whatever media type was asked for. */
export function refusal(
  code: Code,
  status: number,
  message: string,
  extensions: GraphQLErrorExtensions = {},
  headers: Readonly<Record<string, string>> = {},
): Fault {
  const http = { status, headers: new HeaderMap(Object.entries(headers)) };
  return new Fault(code, message, { ...extensions, http });
}

/** What is more than a limit allows: told with both numbers. */
export function tooMuch(what: string, found: number, limit: number, status = 400): Fault {
  const where = what.length > 120 ? `${what.slice(0, 117)}...` : what;
  return refusal('LIMIT_EXCEEDED', status, `${where}: ${found} where ${limit} is the most.`, {
    found,
    limit,
  });
}
