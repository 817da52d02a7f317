import { Node } from '../../blueprint';
import { Entity } from '../common/entity';

@Node({
  plural: 'rankings',
  nameZh: '榜单',
  description: 'A list that is published again and again.',
  implements: () => [Entity],
})
export class Ranking {}
