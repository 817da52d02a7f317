import { Certainty, Interface, Property } from '../../blueprint';
import { Node } from './node';

@Interface({
  plural: 'entities',
  nameZh: '实体',
  description: 'Everything that has a name.',
  implements: () => [Node],
})
export class Entity {
  @Property(
    'string',
    'Its name; what is unnamed bears a label such as "Unnamed EDA supplier (p. 11)".',
    {
      required: true,
      search: true,
    },
  )
  readonly name!: string;

  @Property('string', 'Its Chinese name.', { search: true })
  readonly nameZh?: string;

  @Property(
    Certainty,
    'How sure the name is: STATED where the source prints it, UNNAMED where it is lost.',
  )
  readonly nameCertainty?: string;

  @Property('strings', 'Other names it is known by.')
  readonly aliases?: string[];

  @Property(
    'pairs',
    'Its ids elsewhere: ticker, LEI, Wikidata, Crunchbase, domain, Hugging Face.',
    {
      pair: ['ExternalId', 'scheme'],
    },
  )
  readonly externalIds?: { name: string; value: string }[];

  @Property('text', 'What it is, in English.')
  readonly description?: string;

  @Property('text', 'What it is, in Chinese.')
  readonly descriptionZh?: string;
}
