import type { Enumeration, PropertyDef } from './kinds';
import { sheetOf, stepsOf, type Recorded, type RelationRecord } from './record';
import { reverse, type Step } from './steps';
import { claimProperties } from './claim';

/** A relation as a field of a noun or interface. */
export interface RelationDef {
  readonly name: string;
  /** The noun or interface that declares it; inherited relations keep the interface's name. */
  readonly owner: string;
  readonly target: Noun;
  /** The nouns that may stand at the far end. */
  readonly among: readonly Noun[];
  readonly steps: readonly Step[];
  readonly one: boolean;
  readonly plain: boolean;
  readonly edge: readonly PropertyDef[];
  readonly claim: boolean;
  readonly description: string;
  readonly says?: readonly [en: string, zh: string];
  /** How it is written, if this field writes it: the relationship's type. */
  readonly writes?: string;
  readonly provenance: boolean;
  readonly position?: string;
  /** The labels that tell the target from others at the far end; none where the relationship type says enough. */
  readonly labels: readonly string[];
}

/** A noun (a kind of node) or an interface (what several nouns have in common). */
export interface Noun {
  readonly name: string;
  readonly plural: string;
  readonly nameZh: string;
  readonly description: string;
  readonly isInterface: boolean;
  readonly role: boolean;
  readonly root: boolean;
  /** Names of the interfaces it is, nearest first. */
  readonly interfaces: readonly string[];
  /** The nouns it can be: itself, or the interface's. */
  readonly nouns: readonly Noun[];
  readonly properties: ReadonlyMap<string, PropertyDef>;
  readonly relations: ReadonlyMap<string, RelationDef>;
}

interface Draft extends Omit<Noun, 'nouns' | 'properties' | 'relations'> {
  readonly target: Recorded;
  readonly nouns: Noun[];
  readonly properties: Map<string, PropertyDef>;
  readonly relations: Map<string, RelationDef>;
}

/** Everything the server knows of its nouns, read once from their declarations. */
export class Blueprint {
  readonly all: ReadonlyMap<string, Noun>;
  readonly nouns: readonly Noun[];
  readonly interfaces: readonly Noun[];
  readonly enums: readonly Enumeration[];

  constructor(classes: readonly Recorded[]) {
    const drafts = new Map(classes.map((target) => [target, draft(target)]));
    for (const each of drafts.values()) if (each.isInterface) this.#inherit(each, drafts);
    for (const each of drafts.values()) if (!each.isInterface) this.#inherit(each, drafts);
    for (const each of drafts.values())
      for (const to of each.properties.values()) checkName(each, to.name);
    relate(drafts);
    label(drafts);
    this.all = new Map([...drafts.values()].map((each) => [each.name, each]));
    const values = [...this.all.values()];
    this.nouns = values.filter((each) => !each.isInterface);
    this.interfaces = values.filter((each) => each.isInterface);
    const enums = new Map<string, Enumeration>();
    for (const each of values) {
      const edges = [...each.relations.values()].flatMap((relation) => relation.edge);
      for (const { enum: one } of [...each.properties.values(), ...edges])
        if (one) enums.set(one.name, one);
    }
    this.enums = [...enums.values()];
  }

  /** The noun or interface of that name. */
  get(name: string): Noun {
    const found = this.all.get(name);
    if (!found) throw new Error(`No noun is called "${name}".`);
    return found;
  }

  #inherit(each: Draft, drafts: Map<Recorded, Draft>): void {
    const sheet = sheetOf(each.target);
    const parents = (sheet.noun ?? sheet.interface)?.implements?.() ?? [];
    for (const parent of parents) {
      const from = drafts.get(parent);
      if (!from) throw new Error(`${each.name} implements a class that is not in the register.`);
      if (!from.isInterface)
        throw new Error(`${each.name} implements ${from.name}, which is no interface.`);
      for (const name of [from.name, ...from.interfaces])
        if (!each.interfaces.includes(name)) (each.interfaces as string[]).push(name);
      for (const [name, property] of from.properties) each.properties.set(name, property);
    }
    for (const property of sheet.properties) each.properties.set(property.name, property);
    if (each.isInterface) return;
    each.nouns.push(each);
    for (const other of drafts.values())
      if (other.isInterface && each.interfaces.includes(other.name)) other.nouns.push(each);
  }
}

function draft(target: Recorded): Draft {
  const sheet = sheetOf(target);
  const options = sheet.noun ?? sheet.interface;
  if (!options)
    throw new Error(`${target.name} is in the register but bears neither @Node nor @Interface.`);
  return {
    target,
    name: target.name,
    plural: options.plural,
    nameZh: options.nameZh,
    description: options.description,
    isInterface: !sheet.noun,
    role: sheet.interface?.role ?? false,
    root: options.root ?? true,
    interfaces: [],
    nouns: [],
    properties: new Map(),
    relations: new Map(),
  };
}

function checkName(each: Draft, name: string): void {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name) || name === 'id')
    throw new Error(`${each.name}.${name}: not a name for a property.`);
}

/** Adds the relations: each where it is declared, its back on the far nouns, both inherited from interfaces. */
function relate(drafts: Map<Recorded, Draft>): void {
  const order = [...drafts.values()].sort((a, b) => Number(b.isInterface) - Number(a.isInterface));
  for (const owner of order)
    for (const record of sheetOf(owner.target).relations) {
      const target = find(drafts, record.to(), owner, record);
      const among = record.among?.().map((to) => find(drafts, to, owner, record)) ?? target.nouns;
      const steps = stepsOf(record);
      const shared = {
        plain: record.plain ?? false,
        claim: record.claim ?? false,
        edge: [
          ...(record.edge ? sheetOf(record.edge()).properties : []),
          ...(record.claim ? claimProperties : []),
        ],
        says: record.says,
        provenance: record.provenance ?? false,
        position: record.position,
        labels: [],
      };
      add(drafts, owner, {
        ...shared,
        name: record.name,
        owner: owner.name,
        target,
        among,
        steps,
        one: record.one ?? false,
        description: record.description,
        writes: typeof record.along === 'string' ? record.along : undefined,
      });
      const { back } = record;
      if (!back) continue;
      const field = {
        ...shared,
        plain: false,
        name: back.name,
        steps: [...steps].reverse().map(reverse),
        one: back.one,
        description: back.description,
      };
      const owners = record.among ? among : [target];
      for (const each of owners as Draft[]) {
        const before = each.relations.get(back.name);
        if (before && before.steps[0]?.types[0] !== record.along)
          throw new Error(
            `${each.name}.${back.name} is declared twice: by ${owner.name}.${record.name} too.`,
          );
        // Two nouns that write one relationship to the same target meet in one field of their common interface.
        const meeting = before ? drafts.get(record.to()) : owner;
        if (!meeting) throw new Error(`${each.name}.${back.name}: no common interface.`);
        add(
          drafts,
          each,
          {
            ...field,
            owner: each.name,
            target: meeting,
            among: before ? [...before.among, ...owner.nouns] : owner.nouns,
          },
          Boolean(before),
        );
      }
    }
}

function find(
  drafts: Map<Recorded, Draft>,
  to: Recorded | undefined,
  owner: Draft,
  record: RelationRecord,
): Draft {
  const found = to && drafts.get(to);
  if (!found)
    throw new Error(
      `${owner.name}.${record.name} leads to ${to?.name ?? 'nothing'}, which is not in the register.`,
    );
  return found;
}

/** Adds a relation to its owner, and to all that build on it. */
function add(
  drafts: Map<Recorded, Draft>,
  owner: Draft,
  relation: RelationDef,
  again = false,
): void {
  for (const each of drafts.values()) {
    if (each !== owner && !each.interfaces.includes(owner.name)) continue;
    const taken = each.properties.has(relation.name) || each.relations.has(relation.name);
    if (taken && !(again && each === owner))
      throw new Error(`${each.name}.${relation.name} is declared twice.`);
    each.relations.set(relation.name, relation);
  }
}

/** Works out, from what is written, which far ends need a label to be told apart. */
function label(drafts: Map<Recorded, Draft>): void {
  const written = [...drafts.values()].flatMap((owner) =>
    [...owner.relations.values()]
      .filter((relation) => relation.writes && relation.owner === owner.name)
      .map((relation) => ({ type: relation.writes, from: owner.nouns, to: relation.among })),
  );
  const far = (near: readonly Noun[], step: Step): Noun[] => {
    const found = new Set<Noun>(step.upTo ? near : []);
    for (const { type, from, to } of written) {
      if (!step.types.includes(type as string)) continue;
      if (step.direction !== 'in' && from.some((noun) => near.includes(noun)))
        to.forEach((noun) => found.add(noun));
      if (step.direction !== 'out' && to.some((noun) => near.includes(noun)))
        from.forEach((noun) => found.add(noun));
    }
    return [...found];
  };
  for (const owner of drafts.values())
    for (const [name, relation] of owner.relations) {
      const ends = relation.steps.reduce(far, owner.nouns as readonly Noun[]);
      const wanted = relation.among;
      if (ends.every((noun) => wanted.includes(noun))) continue;
      const whole = wanted.length === relation.target.nouns.length;
      const labels = whole ? [relation.target.name] : wanted.map((noun) => noun.name);
      owner.relations.set(name, { ...relation, labels });
    }
}
