import { Node, Property, Relation } from '../../blueprint';
import { Source } from '../source/source';

@Node({
  plural: 'citations',
  nameZh: '引用',
  description: 'Where in a source a fact stands.',
  implements: () => [],
  root: false,
})
export class Citation {
  @Property('string', 'A digest of what it says.', { required: true })
  readonly key!: string;

  @Property('int', 'The page or slide, or the row of a file, from 1.', { measure: false })
  readonly page?: number;

  @Property('text', "The source's own words.")
  readonly quote?: string;

  @Property('string', 'The value as printed.')
  readonly asPrinted?: string;

  @Property('strings', 'The datasets that brought it.')
  readonly datasets?: string[];

  @Relation(() => Source, {
    along: 'CITES',
    one: true,
    provenance: true,
    description: 'The source.',
  })
  readonly source?: Source;

  @Relation(() => Source, {
    along: 'VIA',
    plain: true,
    provenance: true,
    description: 'The sources that the source itself names for it. At most 20.',
  })
  readonly via?: Source[];
}
