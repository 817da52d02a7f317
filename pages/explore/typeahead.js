import { askNames } from './ask.js';
import { kind, word } from './words.js';

/** An input that offers names while one types; `onChoose` is told the name that was taken. */
export function typeahead(input, list, onChoose) {
  let names = [];
  let at = -1;
  let running;
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  };
  const mark = () =>
    [...list.children].forEach((each, index) =>
      each.setAttribute('aria-selected', String(index === at)),
    );
  const choose = (index) => {
    const name = names[index];
    if (!name) return;
    input.value = name.text;
    close();
    onChoose(name);
  };
  const show = () => {
    list.replaceChildren(
      ...(names.length
        ? names.map(({ text, textZh, node }, index) => {
            const item = document.createElement('li');
            item.setAttribute('role', 'option');
            const parts = [
              ['span', '', text],
              ['span', 'zh', textZh ?? ''],
              ['span', 'kind', kind(node.__typename)],
            ];
            for (const [tag, kind, content] of parts) {
              const part = document.createElement(tag);
              part.className = kind;
              part.textContent = content;
              item.append(part);
            }
            item.addEventListener('mousedown', (event) => {
              event.preventDefault();
              choose(index);
            });
            return item;
          })
        : [
            Object.assign(document.createElement('li'), {
              textContent: word('nothing'),
              className: 'empty',
            }),
          ]),
    );
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark();
  };
  input.addEventListener('input', async () => {
    running?.abort();
    running = new AbortController();
    input.removeAttribute('data-id');
    if (!input.value.trim()) return close();
    try {
      names = await askNames(input.value, running.signal);
      at = names.length ? 0 : -1;
      show();
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(at);
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      at = (at + (event.key === 'ArrowDown' ? 1 : -1) + names.length) % Math.max(1, names.length);
      mark();
    }
  });
  input.addEventListener('blur', close);
}
