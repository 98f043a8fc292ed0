/** The end of the environment variables of a source: `INFO_IT` for `info-it`. */
export function variableName(source: string): string {
  return source.toUpperCase().replaceAll('-', '_');
}
