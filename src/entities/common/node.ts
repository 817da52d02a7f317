import { Interface, into, Property, Relation } from '../../blueprint';
import { Citation } from '../citation/citation';
import { Observation } from '../observation/observation';
import { Statement } from '../statement/statement';

@Interface({
  plural: 'things',
  nameZh: '节点',
  description: 'Anything in the graph that has a key.',
  root: false,
})
export class Node {
  @Property('string', 'Readable, stable, lower-case; unique within its noun.', { required: true })
  readonly key!: string;

  @Property('strings', 'The datasets that speak of it.')
  readonly datasets?: string[];

  @Property('pairs', 'Columns of an imported file that have no place of their own.', {
    pair: ['ExtraColumn', 'name'],
  })
  readonly extra?: { name: string; value: string }[];

  @Relation(() => Citation, {
    along: 'SUPPORTED_BY',
    plain: true,
    provenance: true,
    description: 'What it rests on: sources with page and quote. At most 20.',
  })
  readonly citations?: Citation[];

  @Relation(() => Observation, {
    along: [into(['ABOUT', 'REF_PLACE', 'REF_MARKET', 'REF_SECTOR', 'OF_INDICATOR'])],
    description:
      'The numbers about it; for a place, sector or indicator also those that refer to it.',
  })
  readonly observations?: Observation[];

  @Relation(() => Statement, {
    along: [into('ABOUT')],
    description: 'The assertions in words about it.',
  })
  readonly statements?: Statement[];
}
