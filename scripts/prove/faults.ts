import { cuts, lostCommits, malformed, slow } from '../../tests/faults/message-faults';
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
  /** Whether callers must have felt it: a fault that nobody noticed shows nothing. */
  readonly felt?: boolean;
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
    const judge = (
      what: string,
      outcome: Outcome,
      { codes, felt = false, holds = true }: Wanted,
    ): void => {
      const { calls, failed, codes: told, again, wrong } = outcome;
      const lateness = Math.max(0, Math.round(outcome.late));
      for (const each of wrong) process.stderr.write(`${what}: ${each}\n`);
      rows.push({
        what,
        found: `${calls.length} calls, ${failed} failed${told.length ? ` (${told.join(', ')})` : ''}, ${again} changes sent again; ${lateness} ms late at most; ready in ${Math.round(outcome.ready)} ms; history ${wrong.length ? `WRONG ${wrong.length} times` : 'right'}`,
        wanted: `${codes.length ? `no code but ${codes.join(', ')}` : 'none failed'}${felt ? ', some' : ''}; under ${late} ms; under ${ready} ms; right`,
        holds:
          holds &&
          (!felt || failed > 0) &&
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
      // That it happened is known by the messages; in a few seconds the tries of server and driver may hide all of it.
      const cut = await trials.onTheWay(cuts);
      judge(`connections cut at ${cut.kinds} kinds of messages`, cut, {
        codes: down,
        felt: long,
        holds: cut.kinds >= 8,
      });
      const commit = await trials.onTheWay(lostCommits);
      judge("COMMIT's answer lost, two of three times", commit, {
        codes: down,
        felt: long,
        holds: commit.kinds > 0 && (!long || commit.again > 0),
      });
      judge('malformed replies', await trials.onTheWay(malformed), { codes: down, felt: true });
      judge('every message 40 ms late', await trials.onTheWay(slow), { codes: [] });
      const dropped = await trials.missingConstraint();
      judge('constraint dropped', dropped, { codes: [], holds: dropped.missing.length > 0 });
      judge('all connections in use', await trials.poolExhausted(), {
        codes: ['OVERLOADED', 'TIMEOUT'],
        felt: true,
      });
      const password = await trials.wrongPassword();
      judge('password wrong', password, {
        codes: down,
        felt: true,
        holds: /Security/.test(password.why ?? ''),
      });
      const stopped = await trials.stopped();
      judge('Neo4j stopped for 5.5 s', stopped, {
        codes: down,
        felt: true,
        holds: stopped.again > 0,
      });
      const kept = await trials.stoppedUnderCache();
      judge('Neo4j stopped for 8 s below answers that are kept', kept, {
        codes: down,
        felt: true,
        holds: kept.hits > 0,
      });
      const killed = await trials.killed();
      judge('Neo4j killed', killed, { codes: down, felt: true, holds: killed.again > 0 });
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
