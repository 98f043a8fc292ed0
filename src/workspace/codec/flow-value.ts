import { parseDocument } from 'yaml';
import { ItacaError } from '../../domain/error.js';

const mostChars = 10_000;
const mostBrackets = 200;

/**
 * A list or a map as YAML writes it in one line, typed after `key=`: `[{street: Via Roma 1, country: IT}]`. Every word in
 * it is text, as in a record.
 * @returns undefined for what does not begin like one
 * @throws ItacaError `usage` for what begins like one and is none
 */
export function flowValue(key: string, value: string): unknown[] | Record<string, unknown> | undefined {
  const text = value.trim();
  if (!/^[[{]/.test(text)) return undefined;
  const hint = `write it as ${text.startsWith('[') ? `'${key}=[{street: Via Roma 1, country: IT}]'` : `'${key}={name: value}'`}`;
  const refused = (why: string) => new ItacaError('usage', `${key}: ${why}`, { hint });
  // What is nested deeper than any record is would be taken apart step by step.
  if (text.length > mostChars || (text.match(/[[{]/g)?.length ?? 0) > mostBrackets)
    throw refused('this is too long to be typed; write it into the file');
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw refused(`this is no list or map in YAML: ${error.message}`);
  let read: unknown;
  try {
    read = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw refused(`this is no list or map in YAML: ${(cause as Error).message}`);
  }
  return read as unknown[] | Record<string, unknown>;
}
