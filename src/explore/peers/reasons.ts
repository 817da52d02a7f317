import { NodeRef } from '../../query/reference';
import { phrase } from '../paths/wording';
import { sharedSectors, type Trait } from './similarity';
import { stageWords } from './stage';
import type { Concept, Listed, Table } from './table';

/** Why a company is a peer. */
interface Reason {
  readonly by: Trait;
  readonly text: string;
  readonly textZh: string;
  readonly node: NodeRef | null;
  readonly certainty: string | null;
}

/** The less sure of two certainties: what one of them infers is inferred. */
function lessSure(a: string | null, b: string | null): string | null {
  return [a, b].find((each) => each !== null && each !== 'STATED') ?? a ?? b;
}

/** What two companies have in common, in words. */
export function reasons(a: Listed, b: Listed, by: readonly Trait[], { concepts }: Table): Reason[] {
  const said = (
    trait: Trait,
    id: number,
    words: readonly [string, string],
    certainty: string | null,
  ): Reason => {
    const { noun, key, name, nameZh } = concepts.get(id) as Concept;
    const { en, zh } = phrase(words, { name, nameZh });
    return {
      by: trait,
      text: en,
      textZh: zh,
      node: new NodeRef(noun, key, { name, nameZh }),
      certainty,
    };
  };
  return by.flatMap((trait): Reason[] => {
    if (trait === 'SECTOR')
      return sharedSectors(a, b)
        .map((id) =>
          said(
            trait,
            id,
            ['Both are in the sector {to}', '同属{to}赛道'],
            lessSure(a.sectors.get(id) ?? null, b.sectors.get(id) ?? null),
          ),
        )
        .sort((x, y) => ((x.node?.key ?? '') < (y.node?.key ?? '') ? -1 : 1));
    if (trait === 'COUNTRY')
      return a.country !== null && a.country === b.country
        ? [
            said(
              trait,
              a.country,
              ['Both are based in {to}', '同在{to}'],
              lessSure(a.countryCertainty, b.countryCertainty),
            ),
          ]
        : [];
    if (a.stage === null || a.stage !== b.stage) return [];
    const [text, textZh] = stageWords[a.stage];
    return [{ by: trait, text, textZh, node: null, certainty: null }];
  });
}
