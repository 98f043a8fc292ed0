import { z } from 'zod';
import { calendarSchema } from '../calendars/calendar.js';
import { processSchema } from '../cases/process.js';
import { config } from '../config/config.js';
import { sequenceSchema } from '../sequences/sequence.js';
import { kinds } from './kind-names.js';
import { schemas } from './kinds.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * JSON Schemas (draft 7, which editors know) of all that people write: the front matter of each kind, `itaca`,
 * `process`, `calendar`, `sequence`. They say what a file may hold; what contradicts itself only `itaca check` knows.
 */
export function jsonSchemas(): Record<string, JsonSchema> {
  const sources: [name: string, title: string, schema: z.ZodType][] = [
    ...kinds.map((kind): [string, string, z.ZodType] => [kind, `Front matter of a ${kind}`, schemas[kind]]),
    ['itaca', 'itaca.yaml, the settings of a workspace', config],
    ['process', 'processes/<type>.yaml, how cases of one type go', processSchema],
    ['calendar', 'calendars/<name>.yaml, when an office is open', calendarSchema],
    ['sequence', 'sequences/<name>.yaml, timed follow-up', sequenceSchema],
  ];
  return Object.fromEntries(sources.map(([name, title, schema]) => [name, { title, ...jsonSchema(schema) }]));
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override({ jsonSchema: node }) {
      // Itaca reads every scalar as the text in the file; an editor takes 00184 for a number and no for a boolean.
      if (node.type === 'string' && node.enum === undefined && node.const === undefined)
        Object.assign(node, { type: ['string', 'number', 'boolean'] });
    },
  }) as JsonSchema;
}
