import { askGraph, askNode } from './ask.js';
import { Badges } from './badges.js';
import { make, showPanel } from './panel.js';
import { Picture } from './picture.js';
import { typeahead } from './typeahead.js';
import { findWays } from './ways.js';
import { either, kind, plain, switchLanguage, word, writeWords } from './words.js';

const at = (id) => document.getElementById(id);
const picture = new Picture(at('picture'));
const badges = new Badges(at('badges'), picture, (id) => unfold(id));
const address = new URL(location.href);

/** Items of a list that the server takes unless it was told otherwise. */
const mostSeeds = 250;

/** What the picture was asked with. */
const asked = {
  seeds: (address.searchParams.get('seeds') ?? 'Trend:going-global').split(','),
  depth: Number(address.searchParams.get('depth') ?? 1),
  fold: address.searchParams.get('fold') !== 'false',
};
let selected = null;

/** Does something with the server, and says what went wrong where it does. */
async function trying(work) {
  at('stage').setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch (error) {
    at('status').textContent = error.message;
  } finally {
    at('stage').removeAttribute('aria-busy');
  }
}

function tell() {
  const { nodes, edges, completeness } = picture.graph;
  at('status').textContent =
    `${nodes.length} ${word('nodes')}, ${edges.length} ${word('lines')}.` +
    (completeness?.reason ? ` ${completeness.reason}` : '');
  const kinds = new Map();
  for (const { type, color } of nodes) {
    const kind = kinds.get(type) ?? { color, count: 0 };
    kinds.set(type, { color, count: kind.count + 1 });
  }
  at('legend').replaceChildren(
    ...[...kinds]
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([type, { color, count }]) => {
        const dot = make('span', 'dot');
        dot.style.background = color;
        return make('div', '', dot, kind(type), make('b', '', String(count)));
      }),
  );
  badges.show();
  const { seeds, depth } = picture.asked;
  const query = `seeds=${seeds.map(encodeURIComponent).join(',')}&depth=${depth}&fold=${asked.fold}`;
  at('file-list').replaceChildren(
    ...[
      ['gexf', 'GEXF', 'Gephi'],
      ['graphml', 'GraphML', 'yEd, NetworkX'],
      ['dot', 'DOT', 'Graphviz'],
      ['json', 'JSON', 'Cytoscape'],
    ].map(([ending, name, program]) => {
      const link = make('a', '', name, make('small', '', program));
      link.href = `/graph.${ending}?${query}`;
      return link;
    }),
  );
}

/** Draws anew, from other seeds or with another depth. */
function start(seeds) {
  asked.seeds = seeds;
  const query = new URLSearchParams({
    seeds: seeds.join(','),
    depth: asked.depth,
    fold: asked.fold,
  });
  history.replaceState(null, '', `?${query}`);
  return trying(async () => {
    const graph = await askGraph({ ...asked, limit: 200 });
    picture.asked = { seeds, depth: asked.depth };
    picture.show(
      graph,
      graph.nodes.slice(0, seeds.length).map(({ id }) => id),
    );
    tell();
    await select(graph.nodes[0]?.id, false);
  });
}

/** Unfolds a node: what is drawn stays where it is, and the whole is asked for again with what came in. */
function unfold(id) {
  return trying(async () => {
    const known = picture.positions();
    const more = await askGraph({
      seeds: [id],
      depth: 1,
      fold: asked.fold,
      limit: 60 + known.length,
      known,
    });
    const drawn = new Set(known.map((each) => each.id));
    const fresh = more.nodes.filter((node) => !drawn.has(node.id)).slice(0, 60);
    const all = [...known, ...fresh.map(({ id: each, x, y }) => ({ id: each, x, y }))];
    // Asked for whole, so that lines between what came in and all else are there; a list has its limit.
    const graph =
      all.length <= mostSeeds
        ? await askGraph({
            seeds: all.map((each) => each.id),
            depth: 0,
            fold: asked.fold,
            limit: all.length,
            known: all,
          })
        : joined(picture.graph, more, new Set(all.map((each) => each.id)), id);
    picture.grow(graph, asked.seeds);
    // A file of what is drawn, as long as it can be named in an address.
    if (all.length <= 100) picture.asked = { seeds: all.map((each) => each.id), depth: 0 };
    picture.fit();
    tell();
    await select(id);
  });
}

/** Two answers as one: of what is unfolded, the newer tells what is left out. */
function joined(before, after, ids, unfolded) {
  const both = (name) => [
    ...new Map([...before[name], ...after[name]].map((each) => [each.id, each])).values(),
  ];
  return {
    ...before,
    nodes: both('nodes').filter(({ id }) => ids.has(id)),
    edges: both('edges').filter(({ source, target }) => ids.has(source) && ids.has(target)),
    expandable: [
      ...before.expandable.filter(({ node }) => node !== unfolded),
      ...after.expandable.filter(
        ({ node }) =>
          ids.has(node) && (node === unfolded || !before.nodes.some(({ id }) => id === node)),
      ),
    ],
  };
}

async function select(id, focus = true) {
  selected = id ?? null;
  if (!id) return at('panel').replaceChildren(make('p', 'empty', word('choose')));
  if (focus) picture.focus(id);
  const drawn = picture.graph.nodes.find((each) => each.id === id);
  if (!drawn) return;
  const node = await askNode(drawn);
  if (selected !== id || !node) return;
  const left = picture.graph.expandable.filter((each) => each.node === id);
  showPanel(at('panel'), node, drawn, left, {
    unfold,
    start: (each) => start([each]),
    from: (each, name) => take(at('from'), each, name),
    to: (each, name) => take(at('to'), each, name),
  });
}

function take(input, id, name) {
  input.value = name;
  input.dataset.id = id;
}

picture.cy.on('tap', 'node', ({ target }) => trying(() => select(target.id())));
picture.cy.on('dbltap', 'node', ({ target }) => unfold(target.id()));
picture.cy.on('tap', ({ target }) => {
  if (target === picture.cy) picture.clear();
});
picture.cy.on('mouseover', 'edge', ({ target, renderedPosition }) => {
  const { label, labelZh, certainty, count } = target.data();
  const details = [certainty && plain(certainty), count > 1 && `${count} ${word('facts_')}`].filter(
    Boolean,
  );
  at('hint').replaceChildren(either(label, labelZh), make('small', '', details.join(' · ')));
  at('hint').hidden = false;
  at('hint').style.transform =
    `translate(${renderedPosition.x + 12}px, ${renderedPosition.y + 12}px)`;
});
picture.cy.on('mouseout', 'edge', () => (at('hint').hidden = true));
picture.cy.on('mouseover', 'node', ({ target }) => target.addClass('loud'));
picture.cy.on('mouseout', 'node', ({ target }) => target.removeClass('loud'));

typeahead(at('text'), at('found'), ({ node }) => start([node.id]));
for (const name of ['from', 'to'])
  typeahead(at(name), at(`${name}-found`), ({ node, text, textZh }) =>
    take(at(name), node.id, either(text, textZh)),
  );
at('way').addEventListener('submit', (event) => {
  event.preventDefault();
  const [from, to] = [at('from').dataset.id, at('to').dataset.id];
  if (!from || !to) return;
  void findWays(at('ways'), from, to, (ids) =>
    trying(async () => {
      const graph = await askGraph({ seeds: ids, depth: 0, fold: asked.fold });
      picture.asked = { seeds: ids, depth: 0 };
      picture.show(graph, ids);
      picture.mark(ids);
      tell();
    }),
  );
});
at('depth').value = String(asked.depth);
at('depth').addEventListener('change', () => {
  asked.depth = Number(at('depth').value);
  void start(asked.seeds);
});
at('facts').checked = !asked.fold;
at('facts').addEventListener('change', () => {
  asked.fold = !at('facts').checked;
  void start(asked.seeds);
});
at('fit').addEventListener('click', () => picture.fit());
at('files').addEventListener('click', () => (at('file-list').hidden = !at('file-list').hidden));
document.addEventListener('click', ({ target }) => {
  if (!target.closest('.menu')) at('file-list').hidden = true;
});
at('language').addEventListener('click', () => {
  switchLanguage();
  writeWords();
  picture.rename();
  tell();
  if (selected) void trying(() => select(selected, false));
});

writeWords();
void start(asked.seeds);
