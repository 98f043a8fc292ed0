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

/**
 * What every message must hold and this body does not: who writes, from where, and a working way out.
 * @param body Markdown with Liquid tags
 * @param language BCP 47
 * @returns Markdown with Liquid tags; empty where the body has it all
 */
export function footerFor(body: string, language: string): string {
  const lines: string[] = [];
  if (!usesTag(body, 'sender.postal_address')) {
    // To the outbox a message may go without an address, with a warning.
    lines.push('{{ sender.name }}{% if sender.postal_address %} · {{ sender.postal_address }}{% endif %}');
  }
  if (!usesTag(body, 'unsubscribe')) {
    const words = wayOut[language.toLowerCase().split('-')[0] ?? ''] ?? wayOut.en;
    lines.push(`[${words}]({{ unsubscribe }})`);
  }
  return lines.join('\n\n');
}

function usesTag(body: string, name: string): boolean {
  const pattern = new RegExp(`^\\{\\{-?\\s*${name.replace('.', '\\.')}\\b`);
  return [...body.matchAll(/\{\{[\s\S]*?\}\}/g)].some(([tag]) => pattern.test(tag));
}
