import type autocannon from 'autocannon';

/** What is used of a client's insides, which are those of the pinned version. */
interface Paced {
  /** Sends the next request: it is called when the client is connected, and when it is answered. */
  _doRequest(): void;
}

/**
 * Sends so many requests a second, evenly, whoever of the clients is free. By itself autocannon sends all of a second at
 * the second's beginning, and seconds that began together once stay together: callers would come in crowds that grow from
 * minute to minute.
 */
export class Pace {
  /** How those who are free send; who has waited longest stands first. */
  readonly #free: (() => void)[] = [];
  #ticker: NodeJS.Timeout | undefined;
  /** Requests that were sent, and those that were due and that nobody was free to send. */
  sent = 0;
  unsent = 0;

  /** Takes a client that is being made: it sends when it is told to. */
  add(given: autocannon.Client): void {
    const client = given as unknown as Paced;
    const ask = client._doRequest.bind(client);
    let free = false;
    const send = (): void => {
      free = false;
      ask();
    };
    client._doRequest = () => {
      // One that connects anew may be free already.
      if (!free) this.#free.push(send);
      free = true;
    };
  }

  /** @param rate requests a second */
  begin(rate: number): void {
    const began = performance.now();
    this.#ticker = setInterval(() => {
      const due = Math.floor((rate * (performance.now() - began)) / 1_000);
      while (this.sent + this.unsent < due) {
        const send = this.#free.shift();
        // Where nobody is free, what is due is not sent later: those who are not there cannot ask.
        if (!send) this.unsent++;
        else {
          this.sent++;
          send();
        }
      }
    }, 1);
  }

  end(): void {
    clearInterval(this.#ticker);
  }
}
