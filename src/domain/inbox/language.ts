/** Languages that are told apart (BCP 47). */
export const knownLanguages = ['it', 'en', 'de', 'fr', 'es'] as const;

export type KnownLanguage = (typeof knownLanguages)[number];

/** Words that say little and stand everywhere: by them a language is known. Written without accents. */
const functionWords: Record<KnownLanguage, string> = {
  it: `il lo la gli le i di che e per un una non mi si con ho da del della dei delle degli al alla alle ai sono siamo vi ci
    anche piu come ma nel nella questo questa grazie buongiorno buonasera salve vostro vostra avete ha abbiamo nn ke sul dal
    dalla dell all l ed o quando vorrei vorremmo stato stata cosa dove ancora mai nessuno perche quanto quale prego saluti
    cortese cordiali gentili signori ordine libri voi noi io mio mia se su`,
  en: `the a an of to and in is it you that i my we our your for not with have has had was were this be on are at as from
    but they will would can could please thank thanks hello hi dear don t s m ll ve re if or no any there what when how do
    does did been which who he she an by me us am so yours sincerely regards still yet never order`,
  de: `der die das den dem ein eine einen einer und ist nicht ich sie wir ihr mir mich uns mit fur auf zu von im in es auch
    bitte haben habe hat wird werden war waren bei nach aus guten tag sehr geehrte geehrter damen herren hiermit kann konnen
    konnten mochte wann wie was wo noch meine meinen meiner mein ihre ihren ihrer danke vielen zum zur am als dass oder
    keine kein gibt um nur schon hatte`,
  fr: `le la les un une des du de et est pas je vous nous il elle que qui pour dans sur avec ce cette ces mon ma mes votre
    vos notre nos ne n j l d s c qu ai avez avons etes suis merci bonjour madame monsieur veuillez au aux par plus ou a
    mais si sont etre ont tres bien svp quand comment combien aussi chez mois`,
  es: `el la los las un una unos de del y es no yo me se que por para con en mi mis su sus lo le les nos al a he ha han
    hemos quiero quisiera gracias buenos dias buenas tardes hola estoy esta este esto pero como cuando donde cuanto cuanta
    muy mas ya ni nada nadie por favor saludos senores usted ustedes les mes o si tengo tienen podrian`,
};

/** A word of one language alone says more than one that several have. */
const weights = new Map<string, [KnownLanguage, number][]>();
for (const language of knownLanguages)
  for (const word of new Set(functionWords[language].split(/\s+/)))
    weights.set(word, [...(weights.get(word) ?? []), [language, 1]]);
for (const owners of weights.values()) for (const owner of owners) owner[1] = 1 / owners.length ** 2;

/** Characters that are looked at: enough to know a language by. */
const enough = 20_000;

/**
 * How much speaks for each language: words that stand everywhere in it.
 * @returns only languages for which something speaks
 */
export function languagesOf(text: string): Map<KnownLanguage, number> {
  const found = new Map<KnownLanguage, number>();
  const plain = text.slice(0, enough).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const add = (language: KnownLanguage, weight: number) =>
    found.set(language, (found.get(language) ?? 0) + weight);
  for (const word of plain.match(/\p{L}+/gu) ?? [])
    for (const [language, weight] of weights.get(word) ?? []) add(language, weight);
  if (/[¿¡ñ]/i.test(text.slice(0, enough))) add('es', 2);
  if (/[ßäöü]/i.test(text.slice(0, enough))) add('de', 1);
  if (/[œç]/i.test(text.slice(0, enough))) add('fr', 1);
  return found;
}

/**
 * The language of a text.
 * @returns undefined where it is none of the known ones, or nothing tells two of them apart
 */
export function languageOf(text: string): KnownLanguage | undefined {
  const [best, second] = [...languagesOf(text)].sort(([, a], [, b]) => b - a);
  return best !== undefined && best[1] > (second?.[1] ?? 0) ? best[0] : undefined;
}
