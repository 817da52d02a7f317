import type { Enumeration, Kind, PropertyDef, PropertyOptions } from './kinds';
import { out, type Step } from './steps';

/** A class that a decorator recorded something about. */
export type Recorded = abstract new () => object;
export type Thunk<T> = () => T;

/** The other end of a relationship, as a field of the noun that it leads to. */
export interface Back {
  readonly name: string;
  readonly one: boolean;
  readonly description: string;
}

export const one = (name: string, description: string): Back => ({ name, one: true, description });
export const many = (name: string, description: string): Back => ({
  name,
  one: false,
  description,
});

export interface RelationOptions {
  readonly description: string;
  /** The relationship type that this noun writes, or the way along which it only looks. */
  readonly along: string | readonly Step[];
  readonly one?: boolean;
  readonly back?: Back;
  /** A class whose properties are the relationship's. */
  readonly edge?: Thunk<Recorded>;
  /** The relationship is a claim: certainty, reason, citations. */
  readonly claim?: boolean;
  /** Written without a direction of its own: (a)-[:SAME_AS]-(b). */
  readonly symmetric?: boolean;
  /** Where the target is an interface: the nouns it may be. */
  readonly among?: Thunk<readonly Recorded[]>;
  /** A plain list of at most 20 instead of a connection. */
  readonly plain?: boolean;
  /** The relationship in words, English and Chinese, with {from} and {to}. */
  readonly says?: readonly [en: string, zh: string];
  /** Leads to where a fact comes from: no way from one thing to another. */
  readonly provenance?: boolean;
  /** The order in which the list stands unless asked otherwise: a property of the relationship. */
  readonly position?: string;
}

export interface RelationRecord extends RelationOptions {
  readonly name: string;
  readonly to: Thunk<Recorded>;
}

export interface NounOptions {
  readonly plural: string;
  readonly nameZh: string;
  readonly description: string;
  readonly implements: Thunk<readonly Recorded[]>;
  /** False for what is only reached through others (a citation). */
  readonly root?: boolean;
}

export interface InterfaceOptions {
  readonly plural: string;
  readonly nameZh: string;
  readonly description: string;
  /** Interfaces this one builds on. */
  readonly implements?: Thunk<readonly Recorded[]>;
  /** A label that a node carries only while it plays the part. */
  readonly role?: boolean;
  readonly root?: boolean;
}

interface Sheet {
  noun?: NounOptions;
  interface?: InterfaceOptions;
  readonly properties: PropertyDef[];
  readonly relations: RelationRecord[];
}

const sheets = new Map<Recorded, Sheet>();

/** What was recorded of a class. */
export function sheetOf(target: Recorded): Sheet {
  let sheet = sheets.get(target);
  if (!sheet) sheets.set(target, (sheet = { properties: [], relations: [] }));
  return sheet;
}

/** Records a noun: a kind of node. */
export function Node(options: NounOptions) {
  return (target: Recorded): void => {
    sheetOf(target).noun = options;
  };
}

/** Records what several nouns have in common. */
export function Interface(options: InterfaceOptions) {
  return (target: Recorded): void => {
    sheetOf(target).interface = options;
  };
}

/** Records a property: its kind (or its enumeration), and its meaning with unit and source term. */
export function Property(
  kind: Exclude<Kind, 'enum' | 'enums'> | Enumeration | readonly [Enumeration],
  description: string,
  options: PropertyOptions = {},
) {
  return (prototype: object, name: string): void => {
    const def: PropertyDef =
      typeof kind === 'string'
        ? { name, kind, description, ...options }
        : 'values' in kind && !Array.isArray(kind)
          ? { name, kind: 'enum', enum: kind as Enumeration, description, ...options }
          : { name, kind: 'enums', enum: (kind as [Enumeration])[0], description, ...options };
    sheetOf(prototype.constructor as Recorded).properties.push(def);
  };
}

/** Records a relation to another noun or interface. */
export function Relation(to: Thunk<Recorded>, options: RelationOptions) {
  return (prototype: object, name: string): void => {
    sheetOf(prototype.constructor as Recorded).relations.push({ name, to, ...options });
  };
}

/** The steps of a recorded relation. */
export function stepsOf(record: RelationRecord): readonly Step[] {
  if (typeof record.along !== 'string') return record.along;
  const single = out(record.along);
  return [record.symmetric ? { ...single, direction: 'both' } : single];
}
