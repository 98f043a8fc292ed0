import { expect, it } from 'vitest';
import type * as z from 'zod';
import { campaign } from '../../domain/campaigns/campaign.js';
import { config } from '../../domain/config/config.js';
import { pages } from './help-pages.js';
import { settingsPage } from './help-settings.js';

const inner = (schema: z.ZodType): Record<string, z.ZodType> =>
  (schema as z.ZodOptional<z.ZodObject<Record<string, z.ZodType>>>).unwrap().shape;

const { mail, limits } = config.shape;
const { smtp, dkim, tracking, unsubscribe } = inner(mail);

it.each([
  ['itaca.yaml', config.shape],
  ...Object.entries({ mail, limits, smtp, dkim, tracking, unsubscribe }).map(
    ([name, schema]): [string, object] => [name, inner(schema as z.ZodType)],
  ),
])('help settings names every key of %s', (_name, shape) => {
  for (const key of Object.keys(shape)) expect(settingsPage).toMatch(new RegExp(`\\b${key}\\b`));
});

it('help records names what people write in campaign.md', () => {
  // Commands write these.
  const written = new Set(['requested_by', 'approvals', 'corrects']);
  for (const key of Object.keys(campaign.shape))
    if (!written.has(key)) expect(pages.records).toMatch(new RegExp(`\\b${key}\\b`));
});

it('help pages fit a terminal of 130 columns', () => {
  for (const line of settingsPage.split('\n')) expect(line.length).toBeLessThanOrEqual(125);
});
