import { ItacaError } from '../../domain/error.js';
import type { Sqlite } from '../index/database.js';

/**
 * Functions that a select may call. The engine ships others that read and write files (`readfile`, `writefile`), so
 * what is not on this list is refused.
 */
const functions = new Set(
  `abs acos acosh asin asinh atan atan2 atanh avg bm25 cast ceil ceiling changes char charindex coalesce concat concat_ws
  cos cosh count cume_dist date datetime degrees dense_rank exp filter first_value floor format glob group_concat hex
  highlight ifnull iif in instr json json_array json_array_length json_each json_extract json_group_array
  json_group_object json_object json_patch json_quote json_remove json_replace json_set json_tree json_type json_valid
  julianday lag last_value lead length like likelihood likely ln log log10 log2 lower ltrim max median min mod
  nth_value ntile nullif octet_length over partition percent_rank pi pow power printf quote radians random rank replace
  round row_number rtrim sign sin sinh snippet sqrt stdev strftime string_agg substr substring sum tan tanh time
  timediff total trim trunc typeof unicode unixepoch unlikely upper values variance and or not exists when then else
  case select from where having by as on using with recursive distinct all union intersect except limit offset is
  between join order group materialized escape`.split(/\s+/),
);

/** Tables and virtual tables that open what lies outside the index. */
const forbidden =
  /^(?:fsdir|sqlite_dbpage|sqlite_schema|sqlite_master|pragma_.*|zipfile|csv|dbstat|sqlite3mc.*|sqlite_.*)$/;

/**
 * Runs one select over the index. Nothing else runs: no other statement, no function or table that reaches a file.
 * @throws ItacaError `usage` with what SQLite said
 */
export function select(
  db: Sqlite,
  statement: string,
): { columns: string[]; rows: Record<string, unknown>[] } {
  const words = [...tokens(statement)];
  const first = words[0]?.text.toLowerCase();
  if (!first || !['select', 'with', 'values'].includes(first)) refuse('only select is run');
  const end = words.findIndex(({ text }) => text === ';');
  if (end >= 0 && end < words.length - 1) refuse('one statement at a time');
  words.forEach(({ text, name }, i) => {
    const lower = text.toLowerCase();
    if (name && words[i + 1]?.text === '(' && !functions.has(lower) && !isNamedTable(words, i)) {
      refuse(`the function ${text} is not available here`);
    }
    if (name && forbidden.test(lower)) refuse(`${text} is not available here`);
  });
  try {
    db.pragma('query_only = on');
    const prepared = db.prepare(statement.replace(/;\s*$/, ''));
    const columns = prepared.columns().map((column: { name: string }) => column.name);
    return { columns, rows: prepared.all() as Record<string, unknown>[] };
  } catch (error) {
    throw new ItacaError('usage', `SQLite says: ${(error as Error).message}`, {
      hint: 'itaca sql --help lists the views',
      cause: error,
    });
  } finally {
    db.pragma('query_only = off');
  }
}

function refuse(message: string): never {
  throw new ItacaError('usage', message, { hint: 'sql reads the index and nothing else' });
}

/** `with name(columns) as (…)` names a table, not a function; so do `in` lists after a column. */
function isNamedTable(words: Token[], i: number): boolean {
  const before = words[i - 1]?.text.toLowerCase();
  let depth = 0;
  for (let j = i + 1; j < words.length; j++) {
    if (words[j]?.text === '(') depth++;
    if (words[j]?.text === ')' && --depth === 0) {
      return (
        (before === 'with' || before === 'recursive' || before === ',') &&
        words[j + 1]?.text.toLowerCase() === 'as' &&
        words[j + 2]?.text === '('
      );
    }
  }
  return false;
}

interface Token {
  text: string;
  /** A bare or quoted name, not a literal. */
  name: boolean;
}

/** The words of a statement, comments and literals told apart, so that a text may hold anything. */
function* tokens(statement: string): Generator<Token> {
  const pattern =
    /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|([\p{L}_][\p{L}\p{N}_$]*)|(\d[\w.]*|.)/gsuy;
  for (const [, double, back, bracket, bare, other] of statement.matchAll(pattern)) {
    const quoted = double ?? back ?? bracket;
    if (quoted !== undefined) yield { text: quoted, name: true };
    else if (bare !== undefined) yield { text: bare, name: true };
    else if (other !== undefined) yield { text: other, name: false };
  }
}
