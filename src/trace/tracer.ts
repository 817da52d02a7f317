import type { IncomingHttpHeaders } from 'node:http';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What a span is of: an operation that was asked for, a statement that was sent, or something in between. */
export type Kind = 'server' | 'client' | 'internal';

export interface SpanOptions {
  readonly kind?: Kind;
  readonly attributes?: Attributes;
  /** The headers of a request: `traceparent` tells whose trace it is part of. */
  readonly headers?: IncomingHttpHeaders;
}

/** A span while it lasts. */
export interface Open {
  /** Says more of it. */
  set(attributes: Attributes): void;
  /** Says that it failed, with a code. */
  fail(code: string): void;
}

/** Tells where time goes: a span for each piece of work, below that of the work around it. */
export interface Tracer {
  /** Does the work within a span; a fault that it throws is told there by its code. */
  span<T>(name: string, options: SpanOptions, work: (span?: Open) => T): T;
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}

/** Does the work, within a span where there is a tracer. */
export function traced<T>(
  tracer: Tracer | undefined,
  name: string,
  options: SpanOptions,
  work: (span?: Open) => T,
): T {
  return tracer ? tracer.span(name, options, work) : work();
}
