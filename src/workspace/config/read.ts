import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, LineCounter, parseDocument } from 'yaml';
import { type Config, config as schema } from '../../domain/config/config.js';
import { ItacaError } from '../../domain/error.js';
import { hasConflictMarkers } from '../../domain/merge/conflict-markers.js';
import { configFile } from '../find.js';

/** A YAML file: its data, and where each value stands. */
export interface YamlFile {
  data: unknown;
  lineOf(at: readonly (string | number)[]): { line: number; column: number };
}

/** A YAML file as data in which every scalar is the text in the file, as the schemas expect. */
export function readYamlFile(root: string, path: string): YamlFile {
  return readYaml(readFileSync(join(root, path), 'utf8'), path);
}

/** The same of a text that is at hand. */
export function readYaml(text: string, path: string): YamlFile {
  if (hasConflictMarkers(text)) {
    throw new ItacaError('invalid', 'the file holds merge-conflict markers', {
      path,
      line: text.slice(0, text.search(/^<{7} /m)).split('\n').length,
      hint: 'choose one side, delete the marker lines, then run itaca sync again',
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  const error = document.errors[0];
  if (error) {
    const place = lines.linePos(error.pos[0]);
    throw new ItacaError('invalid', `broken YAML: ${error.message.replace(/\s+/g, ' ').trim()}`, {
      path,
      line: place.line,
      column: place.col,
    });
  }
  const lineOf = (at: readonly (string | number)[]) => {
    for (let depth = at.length; depth > 0; depth--) {
      const node = document.getIn(at.slice(0, depth), true);
      const start = isScalar(node) ? node.range?.[0] : (node as { range?: [number] } | undefined)?.range?.[0];
      if (start !== undefined) {
        const place = lines.linePos(start);
        return { line: place.line, column: place.col };
      }
    }
    return { line: 1, column: 1 };
  };
  return { data: withoutEmpty(document.toJS({ maxAliasCount: 100 })), lineOf };
}

/** `key:` with nothing behind it is a key without a value, not an empty text. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === '' || inner === null ? [] : [[key, withoutEmpty(inner)]],
    ),
  );
}

/** Reads and checks `itaca.yaml`. Throws ItacaError `invalid` with the line. */
export function readConfig(root: string): Config {
  const { data, lineOf } = readYamlFile(root, configFile);
  const result = schema.safeParse(data ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const at = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  throw new ItacaError('invalid', `${at.join('.')}: ${issue.message}`, {
    path: configFile,
    ...lineOf(at),
    hint: 'the keys are described by: itaca help settings',
  });
}
