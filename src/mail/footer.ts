/** The line that says how to get no more of these messages, by language. */
const wayOut: Record<string, string> = {
  en: 'Unsubscribe',
  it: 'Cancella l’iscrizione',
  de: 'Abmelden',
  fr: 'Se désabonner',
  es: 'Darse de baja',
  pt: 'Cancelar a subscrição',
  nl: 'Afmelden',
};

/** The same of letters, before where to say it. */
const noMoreLetters: Record<string, string> = {
  en: 'If you want no more letters from us, write to',
  it: 'Se non desidera ricevere altre nostre lettere, scriva a',
  de: 'Wenn Sie keine Briefe mehr von uns wünschen, schreiben Sie an',
  fr: 'Si vous ne souhaitez plus recevoir nos courriers, écrivez à',
  es: 'Si no desea recibir más cartas nuestras, escriba a',
  pt: 'Se não desejar receber mais cartas nossas, escreva para',
  nl: 'Wilt u geen brieven meer van ons ontvangen, schrijf dan naar',
};

/**
 * The same for a letter: it says who writes, and how one objects to more of them (GDPR art. 21(4)).
 * @param body Markdown with Liquid tags
 * @param language BCP 47
 */
export function letterFooter(body: string, language: string): string {
  const lines: string[] = [];
  if (!usesTag(body, 'sender.postal_address')) lines.push(whoWrites);
  if (!usesTag(body, 'unsubscribe')) lines.push(`${inLanguage(noMoreLetters, language)} {{ unsubscribe }}`);
  return lines.join('\n\n');
}

/** To the outbox a message may go without an address, with a warning. */
const whoWrites = '{{ sender.name }}{% if sender.postal_address %} · {{ sender.postal_address }}{% endif %}';

function inLanguage(words: Record<string, string>, language: string): string {
  return words[language.toLowerCase().split('-')[0] ?? ''] ?? (words.en as string);
}

/**
 * What every message must hold and this body does not: who writes, from where, and a working way out.
 * @param body Markdown with Liquid tags
 * @param language BCP 47
 * @returns Markdown with Liquid tags; empty where the body has it all
 */
export function footerFor(body: string, language: string): string {
  const lines: string[] = [];
  if (!usesTag(body, 'sender.postal_address')) {
    lines.push(whoWrites);
  }
  if (!usesTag(body, 'unsubscribe')) {
    lines.push(`[${inLanguage(wayOut, language)}]({{ unsubscribe }})`);
  }
  return lines.join('\n\n');
}

function usesTag(body: string, name: string): boolean {
  const pattern = new RegExp(`^\\{\\{-?\\s*${name.replace('.', '\\.')}\\b`);
  return [...body.matchAll(/\{\{[\s\S]*?\}\}/g)].some(([tag]) => pattern.test(tag));
}
