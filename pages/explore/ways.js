import { askWays } from './ask.js';
import { make, sources } from './panel.js';
import { either, word } from './words.js';

/** Finds ways between two things and lists them; `onChoose` is told the ids along one. */
export async function findWays(element, from, to, onChoose) {
  element.replaceChildren(make('li', 'empty', '...'));
  try {
    const { paths, completeness } = await askWays(from, to);
    element.replaceChildren(
      ...(paths.length
        ? paths.map(({ length, steps }) => {
            const item = make(
              'li',
              '',
              ...steps.map(({ sentence, sentenceZh, citations }) =>
                make('p', '', either(sentence, sentenceZh), ...sources(citations.slice(0, 1))),
              ),
              make('small', 'empty', `${length} ${word('hops')}`),
            );
            const ids = [steps[0].from.id, ...steps.map((step) => step.to.id)];
            item.addEventListener('click', () => onChoose(ids));
            return item;
          })
        : [make('li', 'empty', word('none'))]),
      completeness.truncated ? make('li', 'empty', completeness.reason ?? '') : '',
    );
  } catch (error) {
    element.replaceChildren(make('li', 'empty', error.message));
  }
}
