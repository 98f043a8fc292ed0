import { escalateCase } from '../../actions/cases/hand-over.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';

interface Options {
  why?: string;
  level?: string;
  to?: string;
}

export const run: Handler = async (cli, [which], options) => {
  const { why, level, to } = options as Options;
  if (!why) throw new ItacaError('usage', 'why is it raised?', { hint: 'say it with --why "…"' });
  if (level !== undefined && !/^[1-9]\d?$/.test(level))
    throw new ItacaError('usage', `--level ${level}: levels go from 1 to 99`);
  const kase = await cli.act((tools) =>
    escalateCase(which as string, { why, ...(level ? { level } : {}), ...(to ? { to } : {}) }, tools),
  );
  const { level: raised, notify }: Record<string, unknown> = kase.data.history?.at(-1) ?? {};
  const who = notify ? `, for ${String(notify)} to know` : '';
  await cli.output.outcome(
    asJson(kase),
    `${cli.dryRun ? 'would be raised' : 'raised'} to level ${String(raised)}${who}: ${kase.title} (${kase.ref})`,
    kase.ref,
  );
};
