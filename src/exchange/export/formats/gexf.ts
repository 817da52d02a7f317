import { gathered } from '../files';
import type { Format } from '../format';
import { nameOf, type NodeItem } from '../items';
import { xml } from '../xml';
import { attributesOfGraph, attributeTypes, type Attributes } from './attributes';

function declared(element: string, { declared: attributes }: Attributes, first: string): string {
  const own = attributes.map(
    ({ id, name, type }) =>
      `      <attribute id="${id}" title="${xml(name)}" type="${attributeTypes[type]}"/>\n`,
  );
  return `    <attributes class="${element}">\n${first}${own.join('')}    </attributes>\n`;
}

function values(attributes: ReturnType<Attributes['of']>, first = ''): string {
  const own = attributes.map(
    ([{ id }, cell]) => `<attvalue for="${id}" value="${xml(String(cell))}"/>`,
  );
  return `<attvalues>${first}${own.join('')}</attvalues>`;
}

/** What a node is called: its name, a fact's label, or its key. */
const labelOf = ({ values: known, key }: NodeItem): string =>
  (known.get('name') ?? known.get('label') ?? known.get('title') ?? key) as string;

/** GEXF 1.2: nodes with their labels, edges labelled by their type. */
export const gexf: Format = {
  name: 'gexf',
  meaning: 'GEXF, for Gephi and NetworkX',
  extension: 'gexf',
  async write({ items }, blueprint, files) {
    const { nodes, edges } = attributesOfGraph(blueprint);
    const sink = gathered(await files.begin('graph.gexf'));
    await sink.write(
      '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n' +
        '  <graph mode="static" defaultedgetype="directed">\n' +
        declared('node', nodes, '      <attribute id="noun" title="noun" type="string"/>\n') +
        declared('edge', edges, '') +
        '    <nodes>\n',
    );
    let count = 0;
    let inEdges = false;
    const turn = '    </nodes>\n    <edges>\n';
    for await (const item of items) {
      if (item.kind === 'node') {
        const noun = `<attvalue for="noun" value="${item.noun.name}"/>`;
        await sink.write(
          `      <node id="${xml(nameOf(item))}" label="${xml(labelOf(item))}">${values(nodes.of(item), noun)}</node>\n`,
        );
        continue;
      }
      if (!inEdges) await sink.write(turn);
      inEdges = true;
      await sink.write(
        `      <edge id="${count++}" source="${xml(nameOf(item.from))}" target="${xml(nameOf(item.to))}" label="${item.type}">${values(edges.of(item))}</edge>\n`,
      );
    }
    await sink.write(`${inEdges ? '' : turn}    </edges>\n  </graph>\n</gexf>\n`);
    await sink.end();
  },
};
