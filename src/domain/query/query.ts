import { ItacaError } from '../error.js';

/** A query as a tree. `and` of nothing is everything. */
export type Query =
  | { op: 'and' | 'or'; of: Query[] }
  | { op: 'not'; of: Query }
  | { op: 'is'; key: string; values: string[] }
  | { op: 'before' | 'after'; key: string; value: string }
  | { op: 'above' | 'below'; key: string; value: string }
  | { op: 'missing'; key: string }
  | { op: 'tag'; tag: string }
  | { op: 'words'; words: string };

interface Token {
  text: string;
  /** Set where the whole token stood in quotes. */
  quoted: boolean;
  at: number;
}

/**
 * Parses the query language: `key:value`, `key:a,b` (either), `+tag`, `no:email`, `not:…`, `due.before:fri`,
 * `opened.after:2026-10-01`, `value.above:1000`, `"words"`; several mean *and*, `or` between means *or*, parentheses group.
 * @throws ItacaError `usage` with the column
 */
export function parseQuery(input: string): Query {
  const tokens = tokenize(input);
  let next = 0;
  const fail = (message: string, at: number): never => {
    throw new ItacaError('usage', `in the query ${JSON.stringify(input)}: ${message}`, {
      column: at + 1,
      hint: 'see: itaca help queries',
    });
  };
  const either = (): Query => {
    const of = [all()];
    while (tokens[next]?.text.toLowerCase() === 'or' && !tokens[next]?.quoted) {
      next++;
      of.push(all());
    }
    return of.length === 1 ? of[0]! : { op: 'or', of };
  };
  const all = (): Query => {
    const of: Query[] = [];
    for (;;) {
      const token = tokens[next];
      if (!token || (!token.quoted && (token.text === ')' || token.text.toLowerCase() === 'or'))) break;
      of.push(term());
    }
    if (of.length === 0) fail('expected a condition', tokens[next]?.at ?? input.length);
    return of.length === 1 ? of[0]! : { op: 'and', of };
  };
  const term = (): Query => {
    const token = tokens[next++]!;
    if (token.quoted) return { op: 'words', words: token.text };
    if (token.text === '(') {
      const inner = either();
      if (tokens[next]?.text !== ')') fail('a parenthesis is not closed', token.at);
      next++;
      return inner;
    }
    if (token.text === 'not:') {
      if (!tokens[next]) fail('expected a condition after not:', token.at);
      return { op: 'not', of: term() };
    }
    if (/^\+./.test(token.text)) return { op: 'tag', tag: token.text.slice(1).replaceAll('"', '') };
    const pair = /^([\p{L}_][\p{L}\p{N}_.-]*):(.*)$/su.exec(token.text);
    if (!pair) {
      if (!/[\p{L}\p{N}]/u.test(token.text)) fail(`"${token.text}" says nothing`, token.at);
      return { op: 'words', words: token.text };
    }
    const [, key, value] = pair as unknown as [string, string, string];
    if (value === '') fail(`expected a value after ${key}:`, token.at);
    if (key === 'not') return { op: 'not', of: parseQuery(value) };
    if (key === 'no') return { op: 'missing', key: value };
    if (key === 'tag') return { op: 'tag', tag: value.replaceAll('"', '') };
    const order = /^(.+)\.(before|after|above|below)$/.exec(key);
    if (order)
      return {
        op: order[2] as 'before' | 'after' | 'above' | 'below',
        key: order[1]!,
        value: value.replaceAll('"', ''),
      };
    return {
      op: 'is',
      key,
      values: value.includes('"') ? [value.replaceAll('"', '')] : value.split(',').filter(Boolean),
    };
  };
  if (tokens.length === 0) return { op: 'and', of: [] };
  const query = either();
  if (next < tokens.length) fail('unexpected ")"', tokens[next]!.at);
  return query;
}

/** Whether a query says of which kind the records are that it selects. */
export function namesKind(query: Query): boolean {
  if (query.op === 'and' || query.op === 'or') return query.of.some(namesKind);
  return query.op === 'not' ? namesKind(query.of) : query.op === 'is' && query.key === 'kind';
}

function tokenize(input: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|(not:)(?=\S)|([()])|"([^"]*)"|((?:[^\s()"]|"[^"]*")+)|(")/gy;
  for (const match of input.matchAll(pattern)) {
    const [, negation, paren, quoted, word, stray] = match;
    if (stray)
      throw new ItacaError('usage', `in the query ${JSON.stringify(input)}: a quote is not closed`, {
        column: match.index + 1,
      });
    if (quoted !== undefined) tokens.push({ text: quoted, quoted: true, at: match.index });
    else if (negation ?? paren ?? word)
      tokens.push({ text: (negation ?? paren ?? word)!, quoted: false, at: match.index });
  }
  return tokens;
}
