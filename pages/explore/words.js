import { namesZh } from './nouns.js';

/** Everything that the page says, in both languages. */
const all = {
  en: {
    search: 'Search a name, in English or Chinese',
    depth: 'Hops',
    facts: 'Facts as nodes',
    files: 'Save as ...',
    fit: 'Show all',
    language: '中文',
    way: 'How are two things connected?',
    from: 'From ...',
    to: 'To ...',
    go: 'Find ways',
    unfold: 'Unfold',
    here: 'Start here',
    setFrom: 'Way from here',
    setTo: 'Way to here',
    statements: 'What is said of it',
    observations: 'Numbers',
    nothing: 'Nothing found.',
    none: 'No way within 4 hops.',
    choose:
      'Click a node to read what is known of it, with its sources. Click a number beside a node to unfold what the picture leaves out.',
    page: 'p.',
    lines: 'lines',
    nodes: 'nodes',
    more: 'more',
    hops: 'hops',
    facts_: 'facts',
  },
  zh: {
    search: '搜索名称，中文或英文',
    depth: '跳数',
    facts: '事实作为节点',
    files: '另存为 ...',
    fit: '显示全部',
    language: 'English',
    way: '两者如何相连？',
    from: '从 ...',
    to: '到 ...',
    go: '查找路径',
    unfold: '展开',
    here: '从这里开始',
    setFrom: '以此为起点',
    setTo: '以此为终点',
    statements: '相关论述',
    observations: '数据',
    nothing: '没有找到。',
    none: '四跳之内没有路径。',
    choose: '点击节点查看已知信息及其来源；点击节点旁的数字展开未显示的部分。',
    page: '第',
    lines: '条连线',
    nodes: '个节点',
    more: '更多',
    hops: '跳',
    facts_: '项事实',
  },
};

let language =
  localStorage.getItem('language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');

export const isChinese = () => language === 'zh';
export const word = (name) => all[language][name] ?? name;

/** Of two texts, the one in the page's language, else the other. */
export const either = (en, zh) => (isChinese() ? (zh ?? en) : (en ?? zh)) ?? '';

/** `FUNDING_ROUND` -> `funding round`. */
export const plain = (constant) => constant.toLowerCase().replaceAll('_', ' ');

/** `FundingRound` or `FUNDING_ROUND` -> `funding round`. */
const inWords = (noun) => plain(noun.replace(/([a-z])([A-Z])/g, '$1_$2'));

const kindsZh = new Map(Object.entries(namesZh).map(([noun, name]) => [inWords(noun), name]));

/** A noun in words: in Chinese as the server calls it. */
export function kind(noun) {
  const name = inWords(noun);
  return (isChinese() && kindsZh.get(name)) || name;
}

export function switchLanguage() {
  language = isChinese() ? 'en' : 'zh';
  localStorage.setItem('language', language);
}

/** Writes the words into the page. */
export function writeWords() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll('[data-word]'))
    each.textContent = word(each.dataset.word);
  document.getElementById('text').placeholder = word('search');
  document.getElementById('from').placeholder = word('from');
  document.getElementById('to').placeholder = word('to');
  document.getElementById('language').textContent = word('language');
}
