import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type HandOnPlan, handedOn, planHandOn, recordHandOn } from '../../actions/export/hand-on.js';
import { selectedRecords } from '../../actions/export/record-pages.js';
import type { Tools } from '../../actions/tools.js';
import type { Cli } from '../../cli/context.js';
import { type HandingOn, handOnSentence } from '../../domain/consent/third-parties.js';
import { foldText } from '../../domain/contacts/person-name.js';
import { ItacaError } from '../../domain/error.js';
import type { Source } from './export-records.js';
import { type Outgoing, tellOutcome, writeOut } from './hand-out.js';

interface Options {
  out: string | undefined;
  to: string;
  purpose: string | undefined;
  leaveOut: boolean | undefined;
}

const shownPeople = 20;

/**
 * Exports people to a third party, to a file whose hash goes on record with each of them.
 * @throws ItacaError `refused` where consent does not cover everybody (with `leaveOut`: anybody)
 */
export async function exportToThirdParty(
  cli: Cli,
  format: string,
  query: string | undefined,
  { out, to, purpose, leaveOut }: Options,
  make: (source: Source) => Outgoing,
): Promise<void> {
  if (foldText(to) === '') throw new ItacaError('usage', '--to names nobody');
  if (out === undefined)
    throw new ItacaError('usage', 'what goes to a third party is a file, whose hash goes on record', {
      hint: 'name it with -o',
    });
  const handing: HandingOn = { to, ...(purpose === undefined ? {} : { purpose }) };
  await cli.act(async (tools) => {
    const index = await tools.workspace.index();
    const records = () => selectedRecords(index, query);
    const plan = planHandOn(records(), handing, index, tools.workspace);
    refuseUncovered(cli, plan, handing, leaveOut === true);
    const outgoing = make({ index, records: () => handedOn(records(), plan) });
    await writeOut(cli, out, outgoing);
    if (!cli.dryRun) await onRecord(plan, { to, format, out }, tools);
    const people = plan.leftOut.map((one) => ({ ...one, detail: handOnSentence(one.reason) }));
    const counts = { ...outgoing.counts(), to, left_out: plan.leftOut.length, people };
    await tellOutcome(cli, format, out, counts);
  });
}

/** A file that cannot be put on record does not stay. */
async function onRecord(
  plan: HandOnPlan,
  { to, format, out }: { to: string; format: string; out: string },
  tools: Tools,
): Promise<void> {
  try {
    const hash = createHash('sha256');
    await pipeline(createReadStream(out), hash);
    await recordHandOn(plan, { to, format, file_sha256: hash.digest('hex') }, tools);
  } catch (error) {
    rmSync(out);
    throw error;
  }
}

function refuseUncovered(cli: Cli, { covered, leftOut }: HandOnPlan, { to }: HandingOn, leaveOut: boolean) {
  if (leftOut.length === 0 && covered.size > 0) return;
  for (const { name, ref, reason } of leftOut.slice(0, shownPeople))
    cli.note(`left out: ${name} (${ref}): ${handOnSentence(reason)}`);
  if (leftOut.length > shownPeople) cli.note(`… and ${leftOut.length - shownPeople} more`);
  if (leaveOut && covered.size > 0) return;
  const [first] = leftOut;
  if (first === undefined) throw new ItacaError('refused', `nobody matches, so nobody goes to ${to}`);
  const others = leftOut.length > 1 ? `, and ${leftOut.length - 1} more` : '';
  throw new ItacaError(
    'refused',
    `consent does not cover handing on to ${to}: ${first.name} (${handOnSentence(first.reason)})${others}`,
    {
      hint:
        covered.size === 0
          ? 'nobody is covered; a consent must name the third party, or any (third_parties)'
          : `--leave-out exports the ${covered.size} who are covered; with --dry-run --json it lists the others`,
    },
  );
}
