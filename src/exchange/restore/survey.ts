import type { Blueprint } from '../../blueprint';
import { quote } from '../../errors';
import { header } from '../export/formats/json-lines';
import { LoadFaults, type RowFault } from '../fault';
import { Seen } from '../import/seen';
import { FileFault } from '../source/source';
import { linesOf, type Line } from './lines';
import { readLine, type Complain, type Said } from './read-line';

/** Faults that are told at the most; a file that is none of ours has as many as lines. */
const mostFaults = 1_000;

/**
 * Reads an export through before anything is written: every line is whole, no node comes twice, every relationship has
 * its ends, and the last line counts the others.
 * @returns how many lines there are
 * @throws LoadFaults with every fault, each with file and line
 */
export async function survey(blueprint: Blueprint, path: string): Promise<number> {
  const faults: RowFault[] = [];
  const check = new Check();
  let count = 0;
  const complainAt = (line: number): Complain => {
    return (message, field = '') => {
      faults.push({ file: path, line, field, message });
      if (faults.length >= mostFaults) throw new LoadFaults(faults);
    };
  };
  const read = (line: Line): void => {
    const complain = complainAt(line.number);
    const said = readLine(blueprint, line.text, complain);
    if (said) check.line(said, count, complain);
    else if (count === 0) throw new LoadFaults(faults);
    else check.whole = false;
    count++;
  };
  try {
    for await (const lines of linesOf(path)) for (const line of lines) read(line);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    complainAt(error.line)(error.message);
  }
  if (!faults.length) check.end(complainAt(0));
  if (faults.length) throw new LoadFaults(faults);
  return count;
}

/** What is asked of all lines together. */
class Check {
  /** False where a line was faulty: what leads to it would be told as a second fault. */
  whole = true;
  readonly #nodes = new Seen();
  #among: 'nodes' | 'relationships' = 'nodes';
  #ended = false;

  line(said: Said, before: number, complain: Complain): void {
    if (said.kind === 'header') return this.#header(said.version, before, complain);
    if (before === 0)
      return complain(`is no export of a graph: one begins with ${JSON.stringify(header)}.`);
    if (this.#ended) return complain('stands after the line that ends the export.');
    if (said.kind === 'end') {
      this.#ended = true;
      if (said.lines !== before)
        complain(`counts ${quote(said.lines)} lines before it, but there are ${before}.`, 'end');
    } else if (said.kind === 'node') this.#node(`${said.noun.name}:${said.key}`, complain);
    else if (said.kind === 'edge') {
      this.#among = 'relationships';
      this.#lead(`${said.edge.from.name}:${said.from}`, 'from', complain);
      this.#lead(`${said.edge.to.name}:${said.to}`, 'to', complain);
    }
  }

  /** Called when no line is left. */
  end(complain: Complain): void {
    if (!this.#ended)
      complain('is cut off: an export ends with a line that counts the lines before it.');
  }

  #header(version: unknown, before: number, complain: Complain): void {
    if (before > 0) complain('begins another export: one file holds one.');
    if (version !== header.version)
      complain(
        `is an export of version ${quote(version)}; this Yuntu reads version ${header.version}.`,
        'version',
      );
  }

  #node(id: string, complain: Complain): void {
    if (this.#among !== 'nodes') complain(`${id} comes after relationships: nodes come first.`);
    if (this.#nodes.note(id, id).before) complain(`${id} comes a second time.`);
  }

  #lead(id: string, field: string, complain: Complain): void {
    if (this.whole && !this.#nodes.has(id))
      complain(`leads to ${id}, which the file does not hold.`, field);
  }
}
