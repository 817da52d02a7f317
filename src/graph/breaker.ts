import CircuitBreaker from 'opossum';
import { Fault } from '../errors';
import { isDown } from './faults';

/**
 * Ends calls at once while the database is down, so that callers do not queue up before a wall. It opens when half of
 * at least ten calls of the last four seconds found the database down; half a second later one call may try.
 */
export class Breaker {
  readonly #circuit = new CircuitBreaker((work: () => Promise<unknown>) => work(), {
    // Every call has a deadline of its own.
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 10,
    rollingCountTimeout: 4_000,
    rollingCountBuckets: 8,
    resetTimeout: 500,
    errorFilter: (error: unknown) => !isDown(error),
  });

  /** Whether calls are let through. */
  get state(): 'closed' | 'half-open' | 'open' {
    return this.#circuit.opened ? 'open' : this.#circuit.halfOpen ? 'half-open' : 'closed';
  }

  /** @throws Fault `DATABASE_UNAVAILABLE` at once while it is open */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return (await this.#circuit.fire(work)) as T;
    } catch (error) {
      if ((error as { code?: string }).code === 'EOPENBREAKER')
        throw new Fault('DATABASE_UNAVAILABLE', 'The database does not answer just now.', {
          hint: 'Try again in a second.',
        });
      throw error;
    }
  }

  /** The database was seen to answer: calls may pass again. */
  close(): void {
    if (this.state !== 'closed') this.#circuit.close();
  }

  /** Ends its clocks. */
  end(): void {
    this.#circuit.shutdown();
  }
}
