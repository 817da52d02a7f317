import CircuitBreaker from 'opossum';
import { Fault } from '../errors';
import { isDown } from './faults';

/**
 * Ends calls at once while the database is down, so that callers do not queue up before a wall. It opens when half of
 * at least ten calls of the last four seconds found the database down; half a second later one call may try. A call that
 * took too long, or that nobody waits for any more, says nothing of the database: it is asked then whether it is there.
 */
export class Breaker {
  #asking: Promise<boolean> | undefined;
  readonly #circuit = new CircuitBreaker((work: () => Promise<void>) => work(), {
    // Every call has a deadline of its own.
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 10,
    rollingCountTimeout: 4_000,
    rollingCountBuckets: 8,
    resetTimeout: 500,
  });

  /** @param ask a short question that fails where the database is not there */
  constructor(readonly ask: () => Promise<unknown>) {}

  /** Whether calls are let through. */
  get state(): 'closed' | 'half-open' | 'open' {
    return this.#circuit.opened ? 'open' : this.#circuit.halfOpen ? 'half-open' : 'closed';
  }

  /** @throws Fault `DATABASE_UNAVAILABLE` at once while it is open */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const counted = this.#circuit.fire(async () => {
        try {
          resolve(await work());
        } catch (error) {
          const fault = error as Error;
          // The caller does not wait for what it means.
          reject(fault);
          if (await this.#saysDown(fault)) throw fault;
        }
      });
      counted.catch((error: Error & { readonly code?: string }) =>
        reject(error.code === 'EOPENBREAKER' ? closed() : error),
      );
    });
  }

  async #saysDown(error: unknown): Promise<boolean> {
    if (!isDown(error)) return false;
    if ((error as Fault).code !== 'TIMEOUT') return true;
    this.#asking ??= this.ask()
      .then(
        () => false,
        () => true,
      )
      .finally(() => (this.#asking = undefined));
    return this.#asking;
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

const closed = (): Fault =>
  new Fault('DATABASE_UNAVAILABLE', 'The database does not answer just now.', {
    hint: 'Try again in a second.',
  });
