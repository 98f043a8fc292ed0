export function phoneKey(text: string, _country: string | undefined): string | undefined {
  return text.replace(/\\D/g, '');
}
