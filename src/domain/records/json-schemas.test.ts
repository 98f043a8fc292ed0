import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { jsonSchemas } from './json-schemas.js';

interface Shape {
  required: string[];
  additionalProperties: unknown;
  properties: Record<'name' | 'lifecycle', { type: unknown; enum: string[] }>;
}

const folder = fileURLToPath(new URL('../../../templates/schemas/', import.meta.url));

it('are in templates/schemas/ as the code has them (npm run schemas writes them)', () => {
  const committed = Object.fromEntries(
    readdirSync(folder).map((name) => [
      name.replace(/\.json$/, ''),
      JSON.parse(readFileSync(`${folder}${name}`, 'utf8')),
    ]),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(jsonSchemas())));
});

it('let scalars be written without quotes, as Itaca reads them', () => {
  const { contact, order } = jsonSchemas() as unknown as Record<'contact' | 'order', Shape>;
  expect(contact.properties.name.type).toEqual(['string', 'number', 'boolean']);
  expect(contact.required).toEqual(['name']);
  expect(contact.properties.lifecycle.enum).toContain('customer');
  expect(contact.additionalProperties).toEqual({});
  expect(order.required).toEqual(['number']);
});
