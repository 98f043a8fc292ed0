import { foldText } from '../contacts/person-name.js';

/** Legal forms as they stand after folding, dots gone; the longer ones may be several words. */
const legalForms = new Set(
  `srl srls spa snc sas sapa ss scarl scrl scpa soc coop arl onlus
  gmbh mbh ag kg kgaa ohg gbr ug ev eg ek se co
  ltd limited llc llp lp inc incorporated corp corporation plc pty company
  sa sarl sasu eurl sci scop scs snc
  sl slu sau cv bv nv vof ab oy oyj as asa aps sro zoo doo dd kft zrt nyrt rt ooo oao zao pao
  srlu lda ltda pte bhd kk gk`.split(/\s+/),
);
const longForms =
  /\b(?:societa (?:a responsabilita limitata(?: semplificata)?|per azioni|in accomandita semplice|in nome collettivo|semplice|cooperativa(?: a responsabilita limitata)?)|gesellschaft mit beschrankter haftung|aktiengesellschaft|societe (?:anonyme|a responsabilite limitee|par actions simplifiee)|sociedad (?:anonima|limitada)|sp z oo)\b/g;

/**
 * A company's name for comparison: folded, without legal form, so that `ACME S.r.l.`, `Acme srl` and `acme` are one.
 * A name that is nothing but legal forms stays as it is.
 */
export function foldCompanyName(name: string): string {
  // S.p.A., s. r. l.: single letters with dots are one word.
  const joined = name.includes('.')
    ? name.replace(
        /(?<![\p{L}\p{N}])(?:\p{L}\.\s?){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu,
        (form) => `${form.replace(/[.\s]/g, '')} `,
      )
    : name;
  const folded = foldText(joined).replace(longForms, ' ').trim();
  if (folded === '') return foldText(name);
  const tokens = folded.split(/\s+/);
  let end = tokens.length;
  while (end > 1 && legalForms.has(tokens[end - 1]!)) end--;
  return tokens.slice(0, end).join(' ');
}
