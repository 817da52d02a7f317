/**
 * Calls without a trace of the stack being taken. The driver takes one of every statement, in case it fails, which costs
 * as much as reading a small answer, and twice that with source maps; what is logged of a failure is its cause.
 * @param call what is done at once; what it goes on with later is traced as ever
 */
export function untraced<T>(call: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
