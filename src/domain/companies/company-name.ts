export function foldCompanyName(text: string): string {
  return text.toLowerCase();
}
