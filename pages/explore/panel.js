import { either, isChinese, kind, plain, word } from './words.js';

/** An element with a class and contents. */
export function make(tag, kind, ...contents) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...contents.filter((each) => each !== null && each !== ''));
  return element;
}

/** Sources of a claim, with page and words. */
export function sources(citations) {
  return citations.slice(0, 3).map(({ page, quote, source }) => {
    const where = [
      source?.title,
      page == null ? null : isChinese() ? `第 ${page} 页` : `p. ${page}`,
    ]
      .filter(Boolean)
      .join(', ');
    return make('div', 'cited', where, quote ? make('div', '', make('q', '', quote)) : '');
  });
}

function sure(certainty) {
  return certainty && certainty !== 'STATED' ? make('span', 'sure', plain(certainty)) : '';
}

function part(title, list, total, row) {
  if (!list.length) return '';
  const more =
    total > list.length ? make('p', 'empty', `+${total - list.length} ${word('more')}`) : '';
  return make('section', 'part', make('h2', '', title), ...list.map(row), more);
}

/** Shows what is known of a node, with buttons for what can be done from there. */
export function showPanel(element, node, drawn, left, actions) {
  const name = either(node.name ?? node.label, node.nameZh ?? node.labelZh);
  const other = isChinese() ? (node.name ?? node.label) : (node.nameZh ?? node.labelZh);
  const button = (text, action, title = '') => {
    const each = make('button', '', text);
    each.type = 'button';
    each.title = title;
    each.addEventListener('click', action);
    return each;
  };
  const dot = make('span', 'dot');
  dot.style.background = drawn?.color ?? '#999';
  element.replaceChildren(
    make('span', 'chip', dot, kind(node.__typename)),
    make(
      'h1',
      '',
      name,
      other && other !== name ? make('small', '', other) : '',
      sure(node.certainty),
    ),
    node.aliases?.length ? make('p', 'empty', node.aliases.join(' · ')) : '',
    make(
      'div',
      'tools',
      left.length
        ? button(
            `${word('unfold')} +${left.reduce((sum, { count }) => sum + count, 0)}`,
            () => actions.unfold(node.id),
            left.map(({ relation, count }) => `${plain(relation)} +${count}`).join('\n'),
          )
        : '',
      button(word('here'), () => actions.start(node.id)),
      button(word('setFrom'), () => actions.from(node.id, name)),
      button(word('setTo'), () => actions.to(node.id, name)),
    ),
    make('p', '', either(node.description, node.descriptionZh)),
    node.reason ? make('p', 'empty', node.reason) : '',
    ...sources(node.citations ?? []),
    part(
      word('statements'),
      node.statements.nodes,
      node.statements.totalCount,
      ({ text, textZh, certainty, citations }) =>
        make(
          'div',
          'said',
          make('p', '', either(text, textZh), sure(certainty)),
          ...sources(citations),
        ),
    ),
    part(
      word('observations'),
      node.observations.nodes,
      node.observations.totalCount,
      ({ label, labelZh, certainty, reason, citations }) =>
        make(
          'div',
          'said',
          make('p', 'value', either(label, labelZh), sure(certainty)),
          reason ? make('div', 'cited', reason) : '',
          ...sources(citations),
        ),
    ),
  );
}
