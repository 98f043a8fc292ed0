/**
 * Values as JSON for SQLite to take apart. Half of a surrogate pair, which a file can hold as `"\\ud800"`, is no text in
 * UTF-8: SQLite would store what nothing can read again, so it becomes U+FFFD, as everywhere else in Unicode.
 */
export function jsonForSqlite(values: unknown): string {
  const json = JSON.stringify(values);
  if (!/\\ud[89a-f]/.test(json)) return json;
  return JSON.stringify(values, (_, value) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value,
  );
}
