/** Reads values out of JSON that anybody may have written: what is not of the wanted kind is not there. */

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key; an empty one where there is none. */
export function objectAt(value: Json, key: string): Json {
  const inner = value[key];
  return isObject(inner) ? inner : {};
}

/** The text, or number as text, under a key; undefined for none and for an empty one. */
export function textAt(value: Json, key: string): string | undefined {
  const inner = value[key];
  if (typeof inner === 'number' && Number.isFinite(inner)) return String(inner);
  return typeof inner === 'string' && inner.trim() !== '' ? inner.trim() : undefined;
}

/** The objects in the list under a key. */
export function objectsAt(value: Json, key: string): Json[] {
  const inner = value[key];
  return Array.isArray(inner) ? inner.filter(isObject) : [];
}

/** All texts under a key: one, those of a list, or those of a map. */
export function textsAt(value: Json, key: string): string[] {
  const inner = value[key];
  const all = Array.isArray(inner) ? inner : isObject(inner) ? Object.values(inner) : [inner];
  return all.flat().filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The first second, and the last, that a time can be: a number beyond is of another unit, or none. */
const earliest = Date.UTC(1990, 0);
const latest = Date.UTC(2100, 0);

/** Epoch milliseconds of a moment given in seconds or milliseconds since 1970, or in ISO 8601 with its offset. */
export function momentOf(value: unknown): number | undefined {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{9,13}(?:\.\d+)?$/.test(value)
        ? Number(value)
        : undefined;
  if (number !== undefined) return within(number < 1e11 ? number * 1000 : number);
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ].*(?:Z|[+-]\d\d:?\d\d)$/i.test(value))
    return undefined;
  return within(Date.parse(value));
}

function within(ms: number): number | undefined {
  return ms >= earliest && ms < latest ? Math.round(ms) : undefined;
}

/** A text without control characters and line breaks, no longer than `most` characters. */
export function short(text: string | undefined, most: number): string | undefined {
  const line = text?.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ').trim();
  if (!line) return undefined;
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** An object without what is undefined. */
export function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const key in values) if (values[key] !== undefined) kept[key] = values[key];
  return kept as never;
}
