import { blueprint } from '../../src/entities/blueprint';
import { reportRows, type Row } from './rows';

/** The things and facts of the report as they stand in the files, missing facts left out, and what links them. */
export function reportLinks(): {
  readonly entities: readonly string[];
  readonly facts: readonly string[];
  readonly links: readonly (readonly [
    from: string,
    to: string,
    type: string,
    certainty: string | null,
  ])[];
} {
  const rows = reportRows();
  const isFact = (noun: string) => blueprint.get(noun).interfaces.includes('Fact');
  const entities: string[] = [];
  const facts: string[] = [];
  const nounsOf = new Map<string, Set<string>>();
  for (const [noun, own] of rows) {
    nounsOf.set(noun, new Set(own.map((row) => row.key as string)));
    for (const { key, certainty } of own)
      if (!isFact(noun)) entities.push(`${noun}:${key}`);
      else if (certainty !== 'MISSING') facts.push(`${noun}:${key}`);
  }
  const there = new Set([...entities, ...facts]);
  const links: [string, string, string, string | null][] = [];
  for (const [noun, own] of rows)
    for (const relation of blueprint.get(noun).relations.values()) {
      if (!relation.writes || relation.provenance) continue;
      for (const row of own)
        for (const target of [row[relation.name] ?? []].flat() as (string | Row)[]) {
          const to: string = typeof target === 'string' ? target : target.to;
          const found = relation.among.find((each) => nounsOf.get(each.name)?.has(to));
          const link = [
            `${noun}:${row.key}`,
            to.includes(':') ? to : `${found?.name}:${to}`,
          ] as const;
          const certainty =
            typeof target === 'string' ? null : ((target.certainty as string) ?? null);
          if (link.every((id) => there.has(id))) links.push([...link, relation.writes, certainty]);
        }
    }
  return { entities, facts, links };
}
