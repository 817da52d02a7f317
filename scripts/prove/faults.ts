import type { Outcome } from '../../tests/faults/outcome';
import { Trials } from '../../tests/faults/trials';
import { row, type Part, type Row } from './part';

/**
 * Milliseconds by which an answer may be later than its deadline, and within which the server is ready again, where
 * nothing else runs.
 */
const bounds = { late: 250, ready: 2_000 };

interface Wanted {
  /** Codes that callers may be told. */
  readonly codes: readonly string[];
  /** What else has to be so. */
  readonly holds?: boolean;
}

/** Faults of the database while clients read and write: what they were told, how soon, and what is then there. */
export const faults: Part = {
  name: 'faults',
  run: async ({ long }) => {
    // The short form runs beside other things: there eight times as much is allowed, which its rows say.
    const patience = long ? 1 : 8;
    const late = patience * bounds.late;
    const ready = patience * bounds.ready;
    const rows: Row[] = [];
    const judge = (what: string, outcome: Outcome, { codes, holds = true }: Wanted): void => {
      const { calls, failed, wrong } = outcome;
      const told = [...new Set([...outcome.codes.read, ...outcome.codes.write])];
      const lateness = Math.max(0, Math.round(outcome.late));
      for (const each of wrong) process.stderr.write(`${what}: ${each}\n`);
      rows.push({
        what,
        found: `${calls.length} calls, ${failed} failed${told.length ? ` (${told.join(', ')})` : ''}; ${lateness} ms late at most; ready in ${Math.round(outcome.ready)} ms; history ${wrong.length ? `WRONG ${wrong.length} times` : 'right'}`,
        wanted: `${codes.length ? `no code but ${codes.join(', ')}` : 'none failed'}; under ${late} ms; under ${ready} ms; right`,
        holds:
          holds &&
          !wrong.length &&
          told.every((code) => codes.includes(code)) &&
          outcome.late < late &&
          outcome.ready < ready,
      });
    };
    const skip = (what: string, why: string): void =>
      void rows.push({ what, found: why, wanted: '', holds: undefined });
    const down = ['DATABASE_UNAVAILABLE', 'TIMEOUT'];
    const trials = await Trials.open();
    let inconsistencies: readonly string[] = [];
    try {
      const { clock, disk } = trials;
      if (typeof clock === 'string') skip('clock off by a day', clock);
      else {
        const outcome = await trials.clockOff(clock);
        const { off, hour, age } = outcome;
        const holds =
          off > 86_000_000 &&
          hour.every((left) => left > 3_500 && left <= 3_600) &&
          age.length === 2 &&
          age.every((seconds) => seconds < 60);
        judge('clock a day ahead, then behind', outcome, { codes: down, holds });
      }
      const cut = await trials.cut();
      judge(`connections cut at ${cut.kinds} kinds of messages`, cut, {
        codes: down,
        holds: cut.kinds >= 8,
      });
      const commit = await trials.commitLost();
      judge("COMMIT's answer lost", commit, { codes: down, holds: commit.kinds > 0 });
      const malformed = await trials.malformed();
      judge('malformed replies', malformed, {
        codes: down,
        holds: malformed.kinds > 0,
      });
      const slow = await trials.slow();
      judge('every message 40 ms late', slow, { codes: [], holds: slow.kinds > 0 });
      const dropped = await trials.missingConstraint();
      judge('constraint dropped', dropped, { codes: [], holds: dropped.missing.length > 0 });
      judge('all connections in use', await trials.poolExhausted(), {
        codes: ['OVERLOADED', 'TIMEOUT'],
      });
      const password = await trials.wrongPassword();
      judge('password wrong', password, {
        codes: down,
        holds: /Security/.test(password.why ?? '') && password.failed > 0,
      });
      judge('Neo4j stopped for 5.5 s', await trials.stopped(), { codes: down });
      judge('Neo4j killed', await trials.killed(), { codes: down });
      const readOnly = await trials.readOnly();
      judge('database read-only', readOnly, { codes: down, holds: readOnly.readable });
      if (typeof disk === 'string') skip('disk full', disk);
      else {
        const full = await trials.diskFull(disk);
        judge('disk full', full, { codes: down, holds: /DatabaseError/.test(full.why ?? '') });
      }
    } finally {
      inconsistencies = await trials.close();
    }
    for (const each of inconsistencies) process.stderr.write(`store: ${each}\n`);
    const tried = rows.filter(({ holds }) => holds !== undefined);
    return [
      ...rows,
      row("faults of the store by Neo4j's own check", inconsistencies.length, 0),
      row('faults survived', tried.filter(({ holds }) => holds).length, tried.length),
    ];
  },
};
