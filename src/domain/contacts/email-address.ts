export function canonicalEmail(text: string): string | undefined {
  return text.trim().toLowerCase();
}
