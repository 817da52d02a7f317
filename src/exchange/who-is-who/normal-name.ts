import { simplified } from '../../support/chinese';

/** Forms of incorporation that say nothing of who it is, as words at the end of a name. */
const forms = new Set(
  (
    'inc incorporated corp corporation co company companies ltd limited llc llp lp plc pllc pty pte pvt sdn bhd gmbh mbh ag kg kgaa ug ohg se ' +
    'sa sas sarl sasu srl spa snc sca sl slu sau lda ltda bv nv cv bvba sprl ab as asa aps oy oyj kk gk yk ' +
    'zrt kft doo dd spzoo sro ooo zao oao pao jsc ojsc fze fzco tbk pt the and'
  ).split(' '),
);

/** The same at the end of Chinese, Japanese and Korean names, the longest first. */
const hanForms = [
  '股份有限责任公司',
  '集团股份有限公司',
  '集团有限公司',
  '股份有限公司',
  '有限责任公司',
  '控股有限公司',
  '有限公司',
  '有限合伙',
  '普通合伙',
  '集团公司',
  '控股集团',
  '股份公司',
  '总公司',
  '公司',
  '集团',
  '控股',
  '股份',
  '株式会社',
  '有限会社',
  '合同会社',
  '주식회사',
  '유한회사',
];

/** Accents; what stands above a kana makes it another letter. */
const marks = /(?<=\p{Script=Latin}\p{M}*)\p{M}/gu;
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Points within letters that stand for words: "S.A.", "L.L.C.". */
const initials = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu;

/** The words of a name in one form: case, width, accents, punctuation and traditional characters do not matter. */
export function words(name: string): string[] {
  return simplified(name.normalize('NFKC'))
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[&+]/g, ' and ')
    .replace(initials, (text) => text.replaceAll('.', ''))
    .replace(/['’`´]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/**
 * A name without its form of incorporation, its words joined: two that have the same are likely one. A name that is
 * nothing else keeps it. Normal names are their own normal names.
 */
export function normalName(name: string): string {
  const once = core(words(name)).join('');
  // Words that are joined may make a form that was none before.
  return once === name ? once : normalName(once);
}

/** The words without form of incorporation. */
export function core(all: readonly string[]): string[] {
  let left = [...all];
  for (;;) {
    const next = without(left);
    // What would leave nothing is the name itself.
    if (next.length === left.length && next.join() === left.join()) return left;
    if (!next.join('')) return left;
    left = next;
  }
}

function without(all: readonly string[]): string[] {
  const last = all.at(-1) ?? '';
  if (han.test(last)) {
    const form = hanForms.find((each) => last.endsWith(each));
    return form ? [...all.slice(0, -1), last.slice(0, -form.length)].filter(Boolean) : [...all];
  }
  if (all.length > 1 && forms.has(last)) return all.slice(0, -1);
  if (all.length > 1 && all[0] === 'the') return all.slice(1);
  return [...all];
}
