import type { FastifyRequest } from 'fastify';
import { isObject } from '../support/is-object';

/** What a request asks, before anything is checked: the parameters of GraphQL over HTTP. */
export interface Asked {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

const nothing: Asked = {};

/** Reads the parameters from the body or the address; what has another form than it should is left as it is. */
export function askedBy({ method, body, url }: FastifyRequest): Asked {
  if (method !== 'GET') return isObject(body) ? body : nothing;
  const params = paramsOf(url);
  return {
    query: only(params, 'query'),
    documentId: only(params, 'documentId'),
    operationName: only(params, 'operationName'),
    variables: parsed(only(params, 'variables')),
    extensions: parsed(only(params, 'extensions')),
  };
}

/** The parameters of an address, read as Apollo Server reads them: two readings of one address would be a hole. */
export function paramsOf(url: string): URLSearchParams {
  return new URLSearchParams(new URL(url, 'http://localhost/').search);
}

/** A parameter that is given once; all of them, which are none, where it is given more often. */
function only(params: URLSearchParams, name: string): unknown {
  const values = params.getAll(name);
  return values.length > 1 ? values : values[0];
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
