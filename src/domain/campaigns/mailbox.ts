/** A name, which may be empty, with an address. */
export interface NamedAddress {
  name: string;
  address: string;
}

/** `Officina Lume <news@example.it>` or a bare address, as its two parts. */
export function parseMailbox(text: string): NamedAddress {
  const match = /^\s*"?([^"<]*?)"?\s*<\s*([^<>]+?)\s*>\s*$/.exec(text);
  return match ? { name: match[1] ?? '', address: match[2] ?? '' } : { name: '', address: text.trim() };
}

/** Whether a text is one address at least by its shape; `anna@localhost` is, and reaches nobody elsewhere. */
export function hasMailboxShape(address: string): boolean {
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address);
}
