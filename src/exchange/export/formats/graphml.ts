import { gathered } from '../files';
import type { Format } from '../format';
import { nameOf } from '../items';
import { xml } from '../xml';
import { attributesOfGraph, attributeTypes, type Attribute, type Attributes } from './attributes';

const key = (element: string, { id, name, type }: Attribute): string =>
  `  <key id="${id}" for="${element}" attr.name="${xml(name)}" attr.type="${attributeTypes[type]}"/>\n`;

const data = (attributes: ReturnType<Attributes['of']>): string =>
  attributes.map(([{ id }, cell]) => `<data key="${id}">${xml(String(cell))}</data>`).join('');

/** GraphML 1.0: nodes with `noun`, edges with `type`, and their properties. */
export const graphml: Format = {
  name: 'graphml',
  meaning: 'GraphML, for Gephi, yEd, NetworkX, igraph',
  extension: 'graphml',
  async write({ items }, blueprint, files) {
    const { nodes, edges } = attributesOfGraph(blueprint);
    const sink = gathered(await files.begin('graph.graphml'));
    await sink.write(
      '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n' +
        '  <key id="noun" for="node" attr.name="noun" attr.type="string"/>\n' +
        '  <key id="type" for="edge" attr.name="type" attr.type="string"/>\n' +
        nodes.declared.map((each) => key('node', each)).join('') +
        edges.declared.map((each) => key('edge', each)).join('') +
        '  <graph id="yuntu" edgedefault="directed">\n',
    );
    for await (const item of items)
      await sink.write(
        item.kind === 'node'
          ? `    <node id="${xml(nameOf(item))}"><data key="noun">${item.noun.name}</data>${data(nodes.of(item))}</node>\n`
          : `    <edge source="${xml(nameOf(item.from))}" target="${xml(nameOf(item.to))}"><data key="type">${item.type}</data>${data(edges.of(item))}</edge>\n`,
      );
    await sink.write('  </graph>\n</graphml>\n');
    await sink.end();
  },
};
