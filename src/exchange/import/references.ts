import type { Noun } from '../../blueprint';
import type { Stored } from '../../blueprint/storage';
import { findNodes } from '../../derive/lookup';
import { quote } from '../../errors';
import type { FaultKind } from '../fault';
import { batches, type Run } from '../load/context';
import { formerNames } from '../load/former-names';
import { pack } from '../load/pack';
import type { RelationReader } from '../mapping/plan';
import { indexed } from './make';
import type { Made, MadeRow, Ref } from './made';
import type { Present } from './present';

/** Where a reference leads. */
export interface Target {
  readonly noun: Noun;
  readonly key: string;
}

export interface Unresolved {
  readonly kind: FaultKind;
  readonly message: string;
}

/** Finds out where references lead, many at a time: in the graph, and among what the same rows make. */
export class References {
  readonly #answers = new Map<RelationReader, Map<string, readonly Found[]>>();

  private constructor(
    readonly run: Run,
    readonly present: Present,
  ) {}

  static async of(
    run: Run,
    rows: readonly MadeRow[],
    refs: (made: Made) => readonly Ref[],
    present: Present,
  ): Promise<References> {
    const found = new References(run, present);
    await found.#byQuestion(rows.flatMap((row) => row.made.flatMap(refs)));
    return found;
  }

  /**
   * Where a reference leads.
   * @param making whether the same rows make a node of that noun and key
   */
  target(ref: Ref, making: (noun: Noun, key: string) => boolean): Target | Unresolved {
    const { relation, key } = ref;
    const name = relation.nouns.map((noun) => noun.name).join(' or ');
    if (key === null) return this.#settled(ref, name);
    const targets = relation.nouns.flatMap((noun): Target[] => {
      // A key that was merged away stays as it is: whatever writes it finds where it leads.
      return !this.present.isFree(noun, key) || making(noun, key) ? [{ noun, key }] : [];
    });
    if (targets.length === 1) return targets[0] as Target;
    if (targets.length)
      return {
        kind: 'ambiguous',
        message: `"${key}" is several things: ${targets.map(({ noun }) => noun.name).join(', ')}.`,
      };
    return { kind: 'reference', message: `"${key}" is no ${name} in the graph.` };
  }

  async #byQuestion(refs: readonly Ref[]): Promise<void> {
    const asked = new Map<RelationReader, Map<string, readonly Stored[]>>();
    for (const { relation, key, find } of refs) {
      if (key !== null || find.some((value) => value === null)) continue;
      const questions = asked.get(relation) ?? new Map<string, readonly Stored[]>();
      asked.set(relation, questions.set(JSON.stringify(find), find));
    }
    for (const [relation, questions] of asked) {
      const answers = new Map<string, readonly Found[]>();
      this.#answers.set(relation, answers);
      for (const part of batches([...questions]))
        for (const [question, found] of await this.#ask(relation, part))
          answers.set(question, found);
      await this.#byFormerName(relation, questions, answers);
    }
  }

  async #ask(
    relation: RelationReader,
    questions: readonly Question[],
  ): Promise<[string, readonly Found[]][]> {
    const { columns, p } = pack(
      relation.find.flatMap((question, at) => {
        const values = questions.map(([, own]) => own[at] as Stored);
        return [
          { name: `v${at}`, full: true, values },
          { name: `f${at}`, full: true, values: values.map((value) => indexed(question, value)) },
        ];
      }),
    );
    const text = findNodes(
      relation.nouns[0] as Noun,
      relation.find.map((each) => each.criterion),
      relation.settle.map((each) => each.criterion),
      columns,
    );
    const rows = await this.run(text, p);
    return (rows as [number, Found[]][]).map(([at, found]) => [
      (questions[at] as Question)[0],
      found,
    ]);
  }

  /** Asks once more by the name that is shown, where a name found nothing that now is an alias of what was merged. */
  async #byFormerName(
    relation: RelationReader,
    questions: ReadonlyMap<string, readonly Stored[]>,
    answers: Map<string, readonly Found[]>,
  ): Promise<void> {
    for (const [at, { criterion }] of relation.find.entries()) {
      if (criterion.property.name !== 'name') continue;
      const left = [...questions].filter(([question]) => !answers.has(question));
      if (!left.length) return;
      const noun = criterion.relation?.target ?? relation.nouns[0];
      if (!noun) continue;
      const names = left.map(([, values]) => String(values[at]));
      const now = await formerNames(this.run, noun, names);
      const again = left.flatMap(([question, values]): Question[] => {
        const named = now.get(String(values[at]));
        return named ? [[question, values.with(at, named.name)]] : [];
      });
      for (const part of batches(again))
        for (const [question, found] of await this.#ask(relation, part)) {
          const named = now.get(String(questions.get(question)?.[at]));
          // The node itself is referred to by the key under which it had that name.
          if (!criterion.relation && named) this.present.move(noun, named.key, named.home);
          const keyed = found.map(([key, ...settling]): Found => [
            !criterion.relation && named && key === named.home ? named.key : key,
            ...settling,
          ]);
          answers.set(question, keyed);
        }
    }
  }

  #settled({ relation, find, settle }: Ref, name: string): Target | Unresolved {
    const said = find.map((value) => quote(value)).join(', ');
    const found = this.#answers.get(relation)?.get(JSON.stringify(find)) ?? [];
    if (!found.length)
      return {
        kind: 'reference',
        message: find.includes(null)
          ? `not all is known by which a ${name} is found.`
          : `${said} matches no ${name} in the graph.`,
      };
    const left =
      found.length > 1 && settle.length
        ? found.filter(([, ...values]) =>
            settle.every((value, at) => value === (values[at] ?? null)),
          )
        : found;
    const [only] = left;
    if (left.length === 1 && only) {
      const target = { noun: relation.nouns[0] as Noun, key: only[0] };
      if (this.present.isFree(target.noun, target.key)) this.present.add(target.noun, target.key);
      return target;
    }
    const keys = found.map(([key]) => `"${key}"`);
    return {
      kind: 'ambiguous',
      message: `${said} matches ${found.length} of ${name}: ${keys.slice(0, 5).join(', ')}.`,
    };
  }
}

type Question = readonly [question: string, values: readonly Stored[]];
type Found = readonly [key: string, ...settling: Stored[]];
