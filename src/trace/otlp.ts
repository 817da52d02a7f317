import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Span } from '@opentelemetry/api';
import type { Attributes, Open, Tracer } from './tracer';

/** Milliseconds that a collector may take; also when the server ends. */
const patience = 3_000;

/** What OpenTelemetry calls a status that is a failure. */
const failure = 2;

/**
 * Sends spans to a collector that speaks OTLP over HTTP, as JSON, in the background. What that takes is loaded only where
 * there is an endpoint.
 */
export async function openTracer(endpoint: string | undefined): Promise<Tracer | undefined> {
  if (endpoint === undefined) return undefined;
  const [
    { defaultTextMapGetter, ROOT_CONTEXT, SpanKind, trace },
    { W3CTraceContextPropagator },
    { OTLPTraceExporter },
    { defaultResource, resourceFromAttributes },
    { BasicTracerProvider, BatchSpanProcessor },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-base'),
  ]);
  const kinds = {
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
    internal: SpanKind.INTERNAL,
  } as const;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: patience,
  });
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'yuntu' })),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: patience })],
  });
  const tracer = provider.getTracer('yuntu');
  const propagator = new W3CTraceContextPropagator();
  const current = new AsyncLocalStorage<Context>();
  return {
    span(name, { kind = 'internal', attributes, headers }, work) {
      const around = current.getStore() ?? ROOT_CONTEXT;
      const parent = headers ? propagator.extract(around, headers, defaultTextMapGetter) : around;
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, parent);
      return current.run(trace.setSpan(parent, span), () => within(span, work));
    },
    async close() {
      // What a collector does not take in time is lost.
      await provider.shutdown().catch(() => {});
    },
  };
}

/** Does the work and ends the span after it, whether it is done at once or later. */
function within<T>(span: Span, work: (span: Open) => T): T {
  const open: Open = {
    set: (attributes: Attributes) => void span.setAttributes(attributes),
    fail(code) {
      span.setAttribute('error.type', code);
      span.setStatus({ code: failure, message: code });
    },
  };
  const fail = (error: unknown): never => {
    open.fail((error as { code?: string }).code ?? 'unknown');
    span.end();
    throw error;
  };
  try {
    const result = work(open);
    if (!(result instanceof Promise)) return (span.end(), result);
    return (result as Promise<unknown>).then((value) => (span.end(), value), fail) as T;
  } catch (error) {
    return fail(error);
  }
}
