import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mailFigures } from './mail-figures.js';

const project = resolve(import.meta.dirname, '../..');
const figures = await mailFigures(resolve(project, process.env.ITACA_DATA ?? '../shared/data'));

describe.skipIf(figures === undefined)(
  `messages of others${figures === undefined ? ' (skipped: no data)' : ''}`,
  () => {
    it.each(figures ?? [])('$what: at least $reach of $all', ({ reach, right, all }) => {
      expect(all).toBeGreaterThan(0);
      expect(right / all).toBeGreaterThanOrEqual(reach);
    });
  },
);
