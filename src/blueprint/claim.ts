import { enumeration, type PropertyDef } from './kinds';

export const Certainty = enumeration('Certainty', 'How sure it is that the source says this.', {
  STATED: 'The source says it in words or in an unambiguous table.',
  DERIVED: 'Computed from stated facts; the reason holds the formula.',
  INFERRED: 'The value is there, its link to a label is a judgement; the reason says why.',
  UNNAMED: 'The thing is described, its name is lost.',
  UNLABELLED: 'The value is there, its label is lost.',
  MISSING: 'The source shows it, the value is lost. Never guessed.',
});

/** What a relationship that is a claim carries, beside its citations. */
export const claimProperties: readonly PropertyDef[] = [
  {
    name: 'certainty',
    kind: 'enum',
    enum: Certainty,
    description: 'How sure the link is.',
  },
  {
    name: 'reason',
    kind: 'text',
    description: 'Why an inferred link is believed, or the formula of a derived one.',
  },
];
