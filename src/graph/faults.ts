import { Fault } from '../errors';

/** The database, or its store, is closed to changes and answers questions. */
const readOnly = /ForbiddenOnReadOnlyDatabase|WriteOnReadOnlyAccessDatabase/;
const timedOut = /Transaction(TimedOut|Terminated)|LockClientStopped/;
/** It is there, and gives a question no more memory than it has or may have. */
const tooLarge = /TransactionOutOfMemoryError|StackOverFlowError/;
const noMemory = /OutOfMemoryError/;
/** Whoever asks is not let in: it does not help to ask again at once. */
const unknownCaller = /Security\./;
/** After a fault of its log or store Neo4j refuses every transaction until it is started again. */
const unavailable =
  /ServiceUnavailable|SessionExpired|DatabaseUnavailable|Security\.|TransientError\.(General|Database)|DatabaseError\.(Transaction|Database)\./;
/** The driver could not read what the database sent; it gives up the connection then. */
const unreadable = /^(N\/A|ERR_OUT_OF_RANGE|ProtocolError)$/;
const noConnection = /acquisition timed out|pool is closed|ECONNREFUSED/i;

/**
 * What the driver threw, as a fault for the caller; what it threw is kept as the cause.
 * @param full whether as many calls were under way as there are connections
 */
export function asFault(error: unknown, deadline: number, full: boolean): Fault {
  if (error instanceof Fault) return error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return Object.assign(faultOf(code, message, deadline, full), { cause: error });
}

function faultOf(code: string, message: string, deadline: number, full: boolean): Fault {
  if (timedOut.test(code))
    return new Fault('TIMEOUT', `The database took longer than ${deadline} ms.`);
  if (readOnly.test(code))
    return new Fault('DATABASE_UNAVAILABLE', 'The database takes no changes just now.', {
      hint: 'It can be asked. Try the change again later.',
    });
  if (tooLarge.test(code))
    return new Fault(
      'LIMIT_EXCEEDED',
      'The question needs more memory than the database gives one.',
      {
        hint: 'Ask for less at a time.',
      },
    );
  if (noMemory.test(code))
    return new Fault('OVERLOADED', 'The database has no memory left just now.', {
      hint: 'Try again in a second, or ask for less at a time.',
    });
  if (full && noConnection.test(message))
    return new Fault('OVERLOADED', 'All connections to the database are in use just now.', {
      hint: 'Try again in a second.',
    });
  if (unavailable.test(code) || noConnection.test(message))
    return new Fault('DATABASE_UNAVAILABLE', 'The database does not answer just now.');
  if (unreadable.test(code))
    return new Fault('DATABASE_UNAVAILABLE', 'The database sent what cannot be read.');
  return new Fault('INTERNAL', 'The statement failed in the database.');
}

/** The driver's code for what went wrong; the fault's own where the driver was not asked. */
export function causeOf(error: unknown): string {
  const { cause, code } = error as { cause?: { code?: string }; code?: string };
  return cause?.code ?? code ?? 'unknown';
}

/** Whether a fault says that the database is down or does not come to an end, rather than that the call was wrong. */
export function isDown(error: unknown): boolean {
  if (!(error instanceof Fault) || readOnly.test(causeOf(error))) return false;
  return error.code === 'DATABASE_UNAVAILABLE' || error.code === 'TIMEOUT';
}

/** Whether a fault may be over in a moment, so that asking again is worth it. */
export function isPassing(error: unknown): boolean {
  const code = causeOf(error);
  return (
    error instanceof Fault &&
    error.code === 'DATABASE_UNAVAILABLE' &&
    !readOnly.test(code) &&
    !unknownCaller.test(code)
  );
}
