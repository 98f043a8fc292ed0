/** The host of a web address as people write it, `https://www.acme.it/kontakt` and `ACME.it.`; empty for none. */
export function hostOf(text: string): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\d?\./, '');
  return bare.split(/[/?#:]/)[0]?.replace(/\.$/, '') ?? '';
}

/** The name that a firm registered: `acme.it` of `mail.acme.it`, `acme.co.uk` of `shop.acme.co.uk`. */
export function registeredDomain(domain: string): string {
  const labels = domain.split('.');
  const [top = '', second = ''] = labels.slice(-2).reverse();
  const isDouble = top.length === 2 && /^(?:co|com|org|net|gov|gob|gouv|ac|edu|or|ne)$/.test(second);
  return labels.slice(isDouble ? -3 : -2).join('.');
}

/** Providers at which strangers live side by side: that two addresses are there says nothing. */
const providers = new Set(
  `gmail googlemail hotmail outlook live msn yahoo ymail aol icloud me mac proton protonmail gmx web t-online freenet
  posteo mailbox libero virgilio alice tin tiscali aruba fastwebnet inwind iol email pec legalmail pec-email postecert
  orange wanadoo free laposte sfr neuf telefonica terra btinternet ntlworld sky virginmedia hotmail bluewin`.split(
    /\s+/,
  ),
);

/** Whether anybody may have an address at a domain, as at gmail.com. */
export function isProvider(domain: string): boolean {
  return providers.has(registeredDomain(domain).split('.')[0] ?? '');
}
