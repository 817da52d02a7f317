import { edgeColumns, nodeColumns, type Picture } from './picture';
import { xml } from '../xml';

type Columns = Readonly<Record<string, string>>;

function keys(of: 'node' | 'edge', columns: Columns): string {
  return Object.entries(columns)
    .map(
      ([name, type]) =>
        `  <key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>\n`,
    )
    .join('');
}

function values(of: 'node' | 'edge', columns: Columns, from: object): string {
  return Object.keys(columns)
    .map((name) => [name, (from as Record<string, string | number | null>)[name]] as const)
    .map(([name, value]) =>
      value == null ? '' : `      <data key="${of}-${name}">${xml(value)}</data>\n`,
    )
    .join('');
}

/** A picture as GraphML; unknown values are left out. */
export function graphml({ nodes, edges }: Picture): string {
  const all = [
    ...nodes.map(
      (node) =>
        `    <node id="${xml(node.id)}">\n${values('node', nodeColumns, node)}    </node>\n`,
    ),
    ...edges.map(
      (edge) =>
        `    <edge id="${xml(edge.id)}" source="${xml(edge.source)}" target="${xml(edge.target)}">\n` +
        `${values('edge', edgeColumns, edge)}    </edge>\n`,
    ),
  ];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n' +
    `${keys('node', nodeColumns)}${keys('edge', edgeColumns)}  <graph id="yuntu" edgedefault="directed">\n` +
    `${all.join('')}  </graph>\n</graphml>\n`
  );
}
