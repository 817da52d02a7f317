import type autocannon from 'autocannon';

/** What is used of a client's insides, which are those of the pinned version. */
interface Paced {
  readonly rateInterval: NodeJS.Timeout;
  paused?: boolean;
  reqsMadeThisSecond: number;
  _doRequest(): void;
}

/**
 * Sends so many requests a second, evenly, whoever of the clients is free. By itself autocannon sends all of a second at
 * the second's beginning, and seconds that began together once stay together: callers would come in crowds that grow from
 * minute to minute.
 */
export class Pace {
  readonly #clients: Paced[] = [];
  #at = 0;
  #ticker: NodeJS.Timeout | undefined;

  /** Takes a client that is made, who has to have a rate of 1. */
  add(given: autocannon.Client): void {
    const client = given as unknown as Paced;
    client.reqsMadeThisSecond = 1;
    // It stands there once the client is made.
    setImmediate(() => clearInterval(client.rateInterval));
    this.#clients.push(client);
  }

  /** @param rate requests a second */
  begin(rate: number): void {
    const began = performance.now();
    let sent = 0;
    this.#ticker = setInterval(() => {
      const due = Math.floor((rate * (performance.now() - began)) / 1_000);
      // Where nobody is free, what is due is not sent later: those who are not there cannot ask.
      for (; sent < due; sent++) this.#free()?._doRequest();
    }, 1);
  }

  end(): void {
    clearInterval(this.#ticker);
  }

  /** The next one who waits, one after another. */
  #free(): Paced | undefined {
    for (let tried = 0; tried < this.#clients.length; tried++) {
      this.#at = (this.#at + 1) % this.#clients.length;
      const client = this.#clients[this.#at] as Paced;
      if (!client.paused) continue;
      client.paused = false;
      client.reqsMadeThisSecond = 0;
      return client;
    }
    return undefined;
  }
}
