import type { FieldNode } from 'graphql';
import type { Noun } from '../blueprint';
import { Row } from './column';
import { connection } from './connection';
import type { Planning } from './context';
import type { CursorValue } from './cursor';
import { computedForm, nothingForm, plainForm, type Computed, type ObjectForm } from './form';
import type { Group } from './group';
import { shift } from './group-gaps';
import { GroupMoney } from './group-money';
import { aggregate, countsOnly, measureOf } from './measure';
import { citationsOf, nodeColumn } from './node';
import type { Stage } from './stage';
import { mixedUnits, moneyForm } from './sums';

/** What is selected of each group: the row that comes back of it, and the clauses that this row needs. */
export class GroupFields {
  readonly row = new Row();
  /** Aggregates of all groups, from which changes are worked out. */
  readonly changes: string[] = [];
  /** Whether somebody asks what part of all members a group is. */
  wantsShare = false;
  readonly #unpacked = new Map<string, string>();
  readonly #money: GroupMoney;

  constructor(
    readonly planning: Planning,
    readonly noun: Noun,
    readonly stage: Stage,
  ) {
    this.#money = new GroupMoney(planning, stage);
  }

  /** The form of a group, as often as groups are selected. */
  form(nodes: readonly FieldNode[]): ObjectForm {
    const type = `${this.noun.name}Group`;
    return computedForm<Group>(this.planning, type, nodes, (name, same) =>
      this.#field(type, name, same),
    );
  }

  /** The clauses between the groups and their rows, once all is known that is asked of them. */
  clauses(): string {
    const { planning, stage } = this;
    // It may ask for the members, which then are unpacked too.
    const money = this.#money.text(this.#unpacked.values(), () => this.#variable(stage.members));
    const places = [...this.#unpacked].map(([place, name]) => `${place} AS ${name}`);
    const unpacked = places.length ? ` WITH ${[stage.g, ...places].join(', ')}` : '';
    return `${unpacked}${money}${planning.asides(...this.#unpacked.values())}`;
  }

  /** A Cypher variable for a place of the group's list. */
  #variable(place: string): string {
    const name = this.#unpacked.get(place) ?? this.planning.name('u');
    this.#unpacked.set(place, name);
    return name;
  }

  /** A value of each group; null of one that was put into a gap. */
  #read<T = unknown>(text: string): (group: Group) => T | null {
    const place = this.row.add(text);
    return (group) => (group.values ? (group.values[place] as T) : null);
  }

  #field(type: string, name: string, nodes: readonly FieldNode[]): Computed<Group> {
    const { planning, stage, noun } = this;
    const [node] = nodes as [FieldNode];
    const plain = (from: Computed<Group>['from']): Computed<Group> => ({ from, form: plainForm });
    switch (name) {
      case 'count':
        return plain((group) => group.count);
      case 'share':
        this.wantsShare = true;
        return plain(({ count, of: { members } }) => (members ? count / members : 0));
      case 'keys':
        return this.#keys(nodes);
      case 'members': {
        const list = this.#variable(stage.members);
        const each = planning.name('x');
        const source = {
          head: `UNWIND ${list} AS ${each} WITH ${each}`,
          where: [],
          node: each,
          noun,
          from: list,
          repeats: false,
          scan: false,
        };
        const column = connection(
          planning,
          source,
          planning.args(type, node),
          `${noun.name}Connection`,
          nodes,
        );
        const read = this.#read(column.text);
        return { from: (group) => read(group) ?? [[], []], form: column.form };
      }
      case 'citations': {
        const column = citationsOf(planning, this.#variable(stage.members), nodes);
        const read = this.#read(column.text);
        return { from: (group) => read(group) ?? [], form: column.form };
      }
    }
    const { of, fn = 'COUNT' } = planning.fix<{ of: string; fn?: string }>(
      planning.args(type, node),
    );
    const measure = measureOf(planning, noun, of);
    const value = measure.value(stage.node);
    const at = <T>(text: string) => this.#read<T>(`${stage.g}[${stage.add(text)}]`);
    if (name === 'known') {
      const read = at<number>(`count(${value})`);
      return plain((group) => read(group) ?? 0);
    }
    if (name === 'unknown') {
      const read = at<number>(`count(${value})`);
      return plain((group) => group.count - (read(group) ?? 0));
    }
    if (name === 'changeFromPrevious') return plain(this.#change(of, fn));
    if (name === 'money') {
      const currency = measure.currency(stage.node);
      if (!currency)
        throw planning.fault(`"${measure.property.name}" is not money: ask for "number".`);
      const read = this.#read<[string, number][]>(this.#money.name(measure, fn));
      return { from: (group) => read(group) ?? [], form: moneyForm(planning, nodes) };
    }
    const number = at(aggregate(fn, value));
    const unit = measure.unit(stage.node);
    if (countsOnly(fn)) return plain((group) => number(group) ?? 0);
    if (!unit) return plain(number);
    const units = at<string[]>(`collect(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`);
    return plain((group) => {
      const found = units(group) ?? [];
      return found.length < 2 ? number(group) : mixedUnits(of, found);
    });
  }

  #keys(nodes: readonly FieldNode[]): Computed<Group> {
    const { planning, stage } = this;
    const forms = stage.by.map((by, index) =>
      computedForm<Group>(planning, 'GroupKey', nodes, (name, same): Computed<Group> => {
        if (name === 'path') return { from: () => by.path, form: plainForm };
        if (name === 'value') {
          const text = (value: CursorValue | undefined) => (value == null ? null : String(value));
          return { from: ({ keys }) => text(keys[index]), form: plainForm };
        }
        if (!by.node) return { from: () => null, form: nothingForm };
        const at = this.#variable(`${stage.g}[${index}]`);
        const column = nodeColumn(planning, by.node, at, same);
        const read = this.#read(`CASE WHEN ${at} IS NOT NULL THEN ${column.text} END`);
        return { from: (group) => read(group.like ?? group), form: column.form };
      }),
    );
    const of = new Map(forms.map((form, index) => [String(index), form]));
    const each = [...of.keys()];
    return {
      from: (group) => each.map((index) => [index, group]),
      form: { kind: 'list', item: { kind: 'choice', of } },
    };
  }

  /** The change against the group one date earlier, all other keys alike. */
  #change(of: string, fn: string): (group: Group) => unknown {
    const { planning, stage } = this;
    const at = stage.by.findIndex((by) => by.months !== null);
    if (at < 0) throw planning.fault('needs a date among the items of "by".');
    const place = this.changes.push(stage.measure(of, fn)) - 1;
    const months = stage.by[at]?.months ?? 12;
    return (group) => {
      const now = group.keys[at];
      if (now == null) return null;
      const before = group.keys.map((key, index) => (index === at ? shift(now, -months) : key));
      const value = (keys: readonly CursorValue[]) =>
        group.of.earlier?.get(JSON.stringify(keys))?.[place] as number | null | undefined;
      const own = group.changes?.[place] as number | null | undefined;
      const [from, to] = [value(before), own ?? value(group.keys)];
      return from == null || to == null || from === 0 ? null : (to - from) / Math.abs(from);
    };
  }
}
