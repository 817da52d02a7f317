/* global cytoscape */
import { either } from './words.js';

/** Screen units for one of the layout's: so that neighbours stand apart whatever the size of the picture. */
const room = 92;
/** How near the whole is looked at. */
const closest = 1.25;

const style = [
  {
    selector: 'node',
    style: {
      'background-color': 'data(color)',
      width: 'data(width)',
      height: 'data(width)',
      label: 'data(text)',
      'font-family':
        'system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      'font-size': 11,
      color: '#1d2433',
      'text-outline-color': '#f6f7fb',
      'text-outline-width': 2.5,
      'text-valign': 'bottom',
      'text-margin-y': 4,
      'text-wrap': 'wrap',
      'text-max-width': '112px',
      'line-height': 1.15,
      'border-width': 1.5,
      'border-color': '#ffffff',
      'min-zoomed-font-size': 7,
      'z-index': 'data(degree)',
    },
  },
  {
    selector: 'node[?seed]',
    style: {
      'border-color': '#1d2433',
      'border-width': 2.5,
      'font-weight': 700,
      'font-size': 13.5,
    },
  },
  { selector: 'node:selected', style: { 'border-color': '#1d2433', 'border-width': 3.5 } },
  {
    selector: 'edge',
    style: {
      width: 'data(width)',
      'line-color': '#cbd2df',
      'curve-style': 'bezier',
      'control-point-step-size': 18,
    },
  },
  { selector: 'edge[?unsure]', style: { 'line-style': 'dashed' } },
  { selector: 'node.quiet', style: { 'text-opacity': 0 } },
  {
    selector: 'node.loud, node:selected',
    style: { 'text-opacity': 1, 'z-index': 9999, 'text-outline-width': 4 },
  },
  { selector: '.faint', style: { opacity: 0.22 } },
  { selector: '.near', style: { 'line-color': '#7d8aa5' } },
  {
    selector: '.way',
    style: { 'line-color': '#2f6fde', width: 3.5 },
  },
];

/** The picture on the page: what `graph` answers, drawn as it comes. */
export class Picture {
  #scale = 1;
  graph = { nodes: [], edges: [], expandable: [] };
  /** What a file of the same picture is asked with. */
  asked = { seeds: [], depth: 0 };

  constructor(element) {
    this.cy = cytoscape({
      container: element,
      style,
      minZoom: 0.08,
      maxZoom: 3,
    });
    // For whoever looks at the picture from outside, such as a test.
    element.picture = this;
  }

  /** Draws a whole answer anew. */
  show(graph, seeds) {
    const xs = graph.nodes.map(({ x }) => x);
    const ys = graph.nodes.map(({ y }) => y);
    const area = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
    this.#scale = area > 0 ? Math.sqrt((graph.nodes.length * room * room) / area) : 1;
    this.cy.elements().remove();
    this.#add(graph, new Set(seeds));
    this.fit();
  }

  /** Draws an answer of which a part is drawn already: that stays where it is. */
  grow(graph, seeds) {
    this.#add(graph, new Set(seeds));
  }

  #add(graph, seeds) {
    this.graph = graph;
    this.cy.batch(() => {
      const ids = new Set([...graph.nodes, ...graph.edges].map(({ id }) => id));
      this.cy
        .elements()
        .filter((each) => !ids.has(each.id()))
        .remove();
      for (const node of graph.nodes) {
        const data = {
          ...node,
          width: 8 + 3.2 * node.size,
          text: either(node.label, node.labelZh),
          seed: seeds.has(node.id),
        };
        const there = this.cy.getElementById(node.id);
        if (there.length) there.data(data);
        else
          this.cy.add({
            group: 'nodes',
            data,
            position: { x: node.x * this.#scale, y: -node.y * this.#scale },
          });
      }
      for (const edge of graph.edges) {
        if (this.cy.getElementById(edge.id).length) continue;
        const unsure = edge.certainty && !['STATED', 'DERIVED'].includes(edge.certainty);
        const width = Math.min(5, 1.2 + Math.log2(edge.count));
        this.cy.add({
          group: 'edges',
          data: { ...edge, unsure, width },
        });
      }
    });
    this.#declutter();
  }

  /** Hides names that would lie on others: of two, that of the better connected stays. */
  #declutter() {
    const kept = [];
    const nodes = this.cy
      .nodes()
      .sort(
        (a, b) =>
          Number(b.data('seed')) - Number(a.data('seed')) || b.data('degree') - a.data('degree'),
      );
    nodes.forEach((node) => {
      const box = node.boundingBox({
        includeLabels: true,
        includeNodes: false,
        includeOverlays: false,
      });
      const covered = kept.some(
        (each) => box.x1 < each.x2 && each.x1 < box.x2 && box.y1 < each.y2 && each.y1 < box.y2,
      );
      node.toggleClass('quiet', covered);
      if (!covered) kept.push(box);
    });
  }

  /** Where everything stands, for `known`; to a hundredth, which keeps a request short. */
  positions() {
    const short = (value) => Math.round(value * 100) / 100;
    return this.graph.nodes.map(({ id, x, y }) => ({ id, x: short(x), y: short(y) }));
  }

  fit(ids) {
    const wanted = ids
      ? this.cy.nodes().filter((node) => ids.includes(node.id()))
      : this.cy.elements();
    this.cy.fit(wanted, 70);
    // A few nodes alone would be drawn huge.
    if (this.cy.zoom() > closest) {
      this.cy.zoom(closest);
      this.cy.center(wanted);
    }
  }

  /** Lets all but a node and its neighbours fade. */
  focus(id) {
    const node = this.cy.getElementById(id);
    this.cy.elements().removeClass('faint near way');
    if (!node.length) return;
    const around = node.closedNeighborhood();
    this.cy.elements().not(around).addClass('faint');
    around.edges().addClass('near');
    this.cy.nodes().unselect();
    node.select();
  }

  clear() {
    this.cy.elements().removeClass('faint near way');
    this.cy.nodes().unselect();
  }

  /** Marks the lines between nodes that follow each other. */
  mark(ids) {
    this.clear();
    for (let at = 1; at < ids.length; at++) {
      const one = this.cy.getElementById(ids[at - 1]);
      one.edgesWith(this.cy.getElementById(ids[at])).addClass('way');
    }
  }

  rename() {
    this.cy
      .nodes()
      .forEach((node) => node.data('text', either(node.data('label'), node.data('labelZh'))));
    this.#declutter();
  }
}
