import { cytoscape } from './cytoscape';
import { dot } from './dot';
import { gexf } from './gexf';
import { graphml } from './graphml';
import type { Picture } from './picture';

/** A way to write a picture down: nodes where they stand, and the lines between them. */
export interface PictureFormat {
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  write(picture: Picture): string;
}

export const pictureFormats: readonly PictureFormat[] = [
  { name: 'graphml', extension: 'graphml', mediaType: 'application/graphml+xml', write: graphml },
  { name: 'gexf', extension: 'gexf', mediaType: 'application/gexf+xml', write: gexf },
  { name: 'dot', extension: 'dot', mediaType: 'text/vnd.graphviz', write: dot },
  { name: 'cytoscape', extension: 'json', mediaType: 'application/json', write: cytoscape },
];
