import type { Liquid } from 'liquidjs';
import { ItacaError } from '../domain/error.js';
import { registerLocalFilters } from './local-filters.js';

/** Where a template stands, for its errors. */
export interface TemplatePlace {
  /** Name for people: a file's path, or "subject". */
  name: string;
}

/** Fills in the merge tags of one template. */
export type Fill = (values: object) => string;

/** What may stand between `{%` and `%}`: nothing that reads files or writes a value past the escaping. */
const allowedTags = new Set([
  'assign',
  'capture',
  'if',
  'unless',
  'case',
  'for',
  'break',
  'continue',
  'comment',
  'raw',
  '#',
]);

/** `raw` would print a value without escaping; the others differ from one run to the next, or load the machine. */
const forbiddenFilters = [
  'raw',
  'sample',
  'inspect',
  'json',
  'jsonify',
  'where_exp',
  'reject_exp',
  'find_exp',
  'has_exp',
  'group_by_exp',
  'find_index_exp',
];

const limits = { parseLimit: 1_000_000, renderLimit: 1000, memoryLimit: 10_000_000 };

/**
 * A Liquid engine that cannot reach out: no files, only own properties, limits on size, time and memory.
 * A tag without a value and without `default` is an error.
 * @param outputEscape turns a value into what may stand in the output
 */
export async function liquidEngine(outputEscape: (value: unknown) => string): Promise<Liquid> {
  const { Liquid } = await import('liquidjs');
  const engine = new Liquid({
    ...limits,
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    // Lets `default` and `if` ask for what is not there.
    lenientIf: true,
    timezoneOffset: 0,
    locale: 'en',
    outputEscape,
  });
  for (const tag of Object.keys(engine.tags)) if (!allowedTags.has(tag)) delete engine.tags[tag];
  for (const filter of forbiddenFilters) delete engine.filters[filter];
  engine.registerFilter('safe_url', safeUrl);
  registerLocalFilters(engine);
  return engine;
}

/**
 * Parses a template once, for many people.
 * @throws ItacaError `invalid` for a template that cannot be parsed, with its line; the function it gives throws a
 * TemplateValueError for a tag without value
 */
export function compile(engine: Liquid, source: string, place: TemplatePlace): Fill {
  let templates: ReturnType<Liquid['parse']>;
  try {
    templates = engine.parse(source);
  } catch (error) {
    throw templateError(error, place);
  }
  return (values) => {
    try {
      return engine.renderSync(templates, values);
    } catch (error) {
      const missing = missingTag(error);
      if (missing) throw new TemplateValueError(missing.tag, place.name, missing.line);
      throw templateError(error, place);
    }
  };
}

/** A merge tag has no value and no default. */
export class TemplateValueError extends Error {
  constructor(
    readonly tag: string,
    readonly place: string,
    /** Of the template, 1-based. */
    readonly line: number | undefined,
  ) {
    super(`{{ ${tag} }} has no value and no default`);
    this.name = 'TemplateValueError';
  }
}

function missingTag(error: unknown): { tag: string; line: number | undefined } | undefined {
  const message = error instanceof Error ? error.message : '';
  const [, tag, line] = /^undefined variable: (.*?)(?:, line:(\d+).*)?$/s.exec(message) ?? [];
  return tag === undefined ? undefined : { tag, line: line === undefined ? undefined : Number(line) };
}

function templateError(error: unknown, place: TemplatePlace): ItacaError {
  const message = error instanceof Error ? error.message : String(error);
  const [, said = message, line] = /^(.*?)(?:, line:(\d+).*)?$/s.exec(message) ?? [];
  return new ItacaError('invalid', `${place.name}: ${said}`, {
    hint: 'tags look like {{ contact.given_name | default: "friend" }}; include, render and raw are not available',
    path: place.name,
    ...(line === undefined ? {} : { line: Number(line) }),
    cause: error,
  });
}

/** What may stand behind a link: a value of a record must not bring `javascript:` or `data:` along. */
function safeUrl(value: unknown): string {
  const url = String(value ?? '').trim();
  return /^(https?:|mailto:|tel:)/i.test(url) ? url : '#';
}
