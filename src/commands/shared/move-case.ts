import { confirmationOf, moveCase } from '../../actions/cases/move-case.js';
import { findRecord } from '../../actions/find-record.js';
import type { Tools } from '../../actions/tools.js';
import type { Handler } from '../../cli/spec.js';
import { money } from '../../domain/cases/remedy.js';
import type { CaseState } from '../../domain/cases/states.js';
import { shortTime } from './columns.js';
import { asJson } from './list-records.js';

interface Options {
  why?: string;
  cause?: string;
  remedy?: string;
  cost?: string;
  confirmed?: string | true;
}

/** The handler of a verb that moves a case to a state. */
export function mover(to: CaseState, done: string): Handler {
  return async (cli, [which], options) => {
    const { why, cause, remedy, cost, confirmed } = options as Options;
    let quoted = '';
    const kase = await cli.act(async (tools) => {
      const paid = { ...(remedy ? { what: remedy } : {}), ...(cost ? { cost: money(cost) } : {}) };
      const put = { ...(cause ? { cause } : {}), ...(remedy || cost ? { remedy: paid } : {}) };
      const word = confirmed === undefined ? {} : await confirmationOf(which as string, confirmed, tools);
      if (word.confirmed_by_customer !== undefined) quoted = await quoteOf(word.confirmed_by_customer, tools);
      return moveCase(which as string, to, { ...(why ? { why } : {}), set: { ...put, ...word } }, tools);
    });
    await cli.output.outcome(
      asJson(kase),
      `${cli.dryRun ? 'would be ' : ''}${done}: ${kase.title} (${kase.ref})${quoted}`,
      kase.ref,
    );
  };
}

/** The word that confirms, so that whoever takes it for a yes sees what it says. */
async function quoteOf(ref: unknown, { workspace }: Tools): Promise<string> {
  const { data, note } = await findRecord(workspace, String(ref), ['interaction']);
  const words = (note.trim() || String(data.subject ?? '')).replace(/\s+/g, ' ').slice(0, 80);
  return `, confirmed on ${shortTime(data.at)}: ${words === '' ? String(ref) : `“${words}”`}`;
}
