const honorifics = new Set(
  `dr dott dottssa dottore dottoressa drssa ing ingegner arch architetto avv avvocato prof profssa professor professore
  professoressa rag ragionier geom geometra sig sigra sigr sigg signor signora signorina cav comm on egr gent gentma spett
  herr hr frau fr fraulein fraeulein mag dipl dipling diplkfm med phd msc mba bsc ba ma
  mr mrs ms miss mx sir madam
  mme mlle monsieur madame mademoiselle me
  sr sra srta don dona senor senora jr jnr snr esq`.split(/\s+/),
);
/** Titles that are also the initial of a given name, or a name: dropped only when written as a title, with more after them. */
const ambiguous = new Set([
  'm',
  'ma',
  'ba',
  'me',
  'fr',
  'hr',
  'don',
  'on',
  'comm',
  'mag',
  'med',
  'miss',
  'sir',
]);

const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** What comparing two names can say: `unknown` where one of them is empty. */
export type Agreement = 'yes' | 'no' | 'unknown';

/**
 * Folds text for comparison: lower case, no diacritics, letters such as ß and ø spelled out, everything but letters,
 * digits and combining signs of other scripts as one space. Any script survives.
 */
export function foldText(text: string): string {
  if (!/[^\x00-\x7f]/.test(text))
    return text
      .toLowerCase()
      .replace(/['`]/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{Mn}+/gu, '')
    .normalize('NFC')
    .replace(/[ßæœøđðþłı]/g, (letter) => letters[letter]!)
    .replace(/ς/g, 'σ')
    .replace(/['’‘`´ʼ]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/**
 * A person's name for comparison: folded, without honorifics, tokens in alphabetical order, so that `ROSSI, Mario`,
 * `Dott. Mario Rossi` and `mario rossi` are one. Empty for an empty name, or one of honorifics alone.
 */
export function foldPersonName(name: string): string {
  const folded = foldText(name.includes('.') ? name.replace(/(?<=\p{L}{2})\.(?=\p{L})/gu, '') : name);
  if (folded === '') return '';
  const tokens = folded.split(' ');
  const kept = tokens.filter(
    (token, i) => !honorifics.has(token) || (ambiguous.has(token) && !isTitle(name, i)),
  );
  return kept.sort().join(' ');
}

/** `Fr. Müller` but not `Ma Yun`: an ambiguous title counts only at the start, with a dot and more after it. */
function isTitle(name: string, position: number): boolean {
  return position === 0 && /^\s*\p{L}+\.\s*\S/u.test(name);
}

/**
 * Whether two folded names can be one person's: equal tokens, or tokens of which the shorter are initials of the
 * others (`m rossi`, `mario rossi`), at least one of two letters or more being equal.
 * @param a as `foldPersonName` gives it
 * @param b likewise
 */
export function namesAgree(a: string, b: string): Agreement {
  if (a === '' || b === '') return 'unknown';
  if (a === b) return 'yes';
  const left = a.split(' ');
  const right = b.split(' ');
  if (left.length !== right.length) return 'no';
  const onlyLeft = without(left, right);
  const onlyRight = without(right, left);
  if (!left.some((token) => token.length > 1 && !onlyLeft.includes(token))) return 'no';
  return initialsFit(onlyLeft, onlyRight) ? 'yes' : 'no';
}

/**
 * Whether somebody who signs with a name is whom we know by another: the names agree, or all of the known one is in his.
 * @param known as `foldPersonName` gives it
 * @param signed likewise
 */
export function bearsName(known: string, signed: string): boolean {
  if (known === '' || signed === '') return false;
  const tokens = new Set(signed.split(' '));
  return namesAgree(known, signed) === 'yes' || known.split(' ').every((token) => tokens.has(token));
}

/** The tokens of `from` that are left when each token of `taken` takes one equal to it away. */
function without(from: readonly string[], taken: readonly string[]): string[] {
  const rest = [...from];
  for (const token of taken) {
    const at = rest.indexOf(token);
    if (at !== -1) rest.splice(at, 1);
  }
  return rest;
}

/** Both lists are sorted, so that an initial stands where the token it shortens stands, or the tokens differ. */
function initialsFit(left: readonly string[], right: readonly string[]): boolean {
  return left.every((token, i) => {
    const other = right[i]!;
    return (token.length === 1 && other.startsWith(token)) || (other.length === 1 && token.startsWith(other));
  });
}
