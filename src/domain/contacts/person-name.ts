export function foldName(text: string): string {
  return text.toLowerCase();
}
