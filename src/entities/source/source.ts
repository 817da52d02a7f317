import { into, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Fact } from '../common/fact';

@Node({
  plural: 'sources',
  nameZh: '来源',
  description: 'What facts rest on: a report, a page, a file (PROV: entity).',
  implements: () => [Entity],
})
export class Source {
  @Property('string', 'Its title.')
  readonly title?: string;

  @Property('string', 'Who published it.')
  readonly publisher?: string;

  @Property('date', 'When it was published.')
  readonly publishedOn?: string;

  @Property('string', 'Where it is to be had.')
  readonly url?: string;

  @Property('string', 'Under which licence.')
  readonly licence?: string;

  @Property('string', 'The SHA-256 of the file, in hexadecimal.')
  readonly sha256?: string;

  @Relation(() => Fact, {
    along: [into(['CITES', 'VIA']), into('SUPPORTED_BY')],
    description: 'The facts that rest on it.',
  })
  readonly facts?: Fact[];
}
