import { createRequire } from 'node:module';
import { once } from './once';

/** What is taken from it: its own types are those of an ES module, which what is no such module cannot name. */
interface OpenCC {
  Converter(options: { readonly from: 't'; readonly to: 'cn' }): (text: string) => string;
}

/** Its tables are read when the first Chinese text is looked at. */
const convert = once(() => {
  const { Converter } = createRequire(__filename)('opencc-js/t2cn') as OpenCC;
  return Converter({ from: 't', to: 'cn' });
});

const han = /\p{Script=Han}/u;

/** A text in simplified characters, by the tables of OpenCC; other scripts stay as they are. */
export function simplified(text: string): string {
  return han.test(text) ? convert()(text) : text;
}
