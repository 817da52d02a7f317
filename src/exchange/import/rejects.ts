import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { once } from 'node:events';
import { encode } from 'iconv-lite';
import type { Cells } from '../mapping/cell';
import { slug } from '../mapping/slug';
import { rejectsName, type RejectForm } from '../source/source';
import type { SurveyedFile } from '../source/files';
import { eachOf } from '../source/unfold';

/** What of a file has rejected rows of its own: the file, or a list within its rows. */
const part = ({ path, plan }: SurveyedFile): string => JSON.stringify([path, plan.spec.each]);

/** Rejected rows of each file, written in the file's own form with a column `error`. */
export class Rejects {
  readonly #streams = new Map<string, { stream: WriteStream; form: RejectForm }>();
  readonly paths: string[] = [];

  constructor(readonly folder: string) {}

  async add(file: SurveyedFile, cells: Cells, error: string): Promise<void> {
    const { stream, form } = this.#streams.get(part(file)) ?? (await this.#open(file));
    const row = encode(form.row(cells, error), form.encoding, { addBOM: false });
    if (!stream.write(row)) await once(stream, 'drain');
  }

  async close(): Promise<void> {
    for (const { stream } of this.#streams.values())
      await new Promise((resolve) => stream.end(resolve));
  }

  async #open(file: SurveyedFile): Promise<{ stream: WriteStream; form: RejectForm }> {
    const form = file.source.rejects();
    const plain = basename(file.name)
      .replace(/\.gz$/i, '')
      .replace(/\.[^.]*$/, '');
    const { each } = file.plan.spec;
    // Items of a list are other rows than those that hold the list.
    const whole = each === undefined ? plain : `${plain}.${slug(eachOf(each).column)}`;
    const named = (name: string) =>
      join(this.folder, dirname(file.name), rejectsName(name, form.extension));
    let path = named(whole);
    // Others may be called the same but for what tells their kind: list.csv and list.csv.gz.
    for (let at = 2; this.paths.includes(path); at++) path = named(`${whole}-${at}`);
    await mkdir(dirname(path), { recursive: true });
    const stream = createWriteStream(path);
    // Where an encoding has a mark of the byte order, it stands at the beginning only.
    stream.write(encode(form.head, form.encoding));
    this.paths.push(path);
    const opened = { stream, form };
    this.#streams.set(part(file), opened);
    return opened;
  }
}
