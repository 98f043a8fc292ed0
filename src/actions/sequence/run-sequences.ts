import { join } from 'node:path';
import { machine } from '../../domain/cases/raise.js';
import { ItacaError } from '../../domain/error.js';
import type { EnrolmentDraft } from '../../domain/sequences/enrolment-line.js';
import type { Step } from '../../domain/sequences/sequence.js';
import { stopsOn } from '../../domain/sequences/sequence.js';
import { sequenceNames } from '../../workspace/config/definition-files.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import { readJournals } from '../../workspace/journal.js';
import { nowIso } from '../new-record.js';
import { whyOf } from '../run/ready-notices.js';
import type { TeamLease } from '../run/team-lease.js';
import type { Tools } from '../tools.js';
import { type Books, keepBooks } from './books.js';
import { fileLedgers, fileSequence } from './file-sequence.js';
import type { Follower } from './followers.js';
import { meaningOf } from './gate.js';
import { withMailer } from './mailer.js';
import { openSequence } from './open-sequence.js';
import { isUndone, type SequenceOutcome } from './outcome.js';
import { readyStep, type StepResult, sendStep } from './send-step.js';
import { settleCutOff } from './settle.js';
import { refusal, stopOf } from './stop.js';
import { makeTasks } from './tasks.js';

export interface RunSequencesOptions {
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Why no mail may leave. */
  /** The lease under which they are sent, where one is needed. */
  team: TeamLease | undefined;
  hold: ItacaError | undefined;
  /** Told what was written and sent, also where a later sequence fails. */
  did: { wrote: boolean; sent: boolean };
}

export interface SequencesRun {
  outcomes: SequenceOutcome[];
  /** Whether mails wait for a reason that holds for all of them. */
  held: boolean;
  /** Whether all that was due is done; what a rule forbids is not due. */
  complete: boolean;
}

/**
 * Takes every sequence a step on: enrols, stops, makes tasks, sends what is due. Of each person one step at a time. A
 * sequence that is broken does not hold up the others. Call it while holding the lock.
 */
export async function runSequences(options: RunSequencesOptions, tools: Tools): Promise<SequencesRun> {
  const run: SequencesRun = { outcomes: [], held: false, complete: true };
  for (const name of sequenceNames(tools.workspace.root)) {
    try {
      await new SequenceRun(name, options, run, tools).go();
    } catch (error) {
      if (!(error instanceof ItacaError) || error.code === 'partial') throw error;
      // Another process sends just now; the next run finds what this one left.
      run.complete &&= error.code === 'locked';
      run.outcomes.push({
        sequence: name,
        step: null,
        channel: null,
        to: null,
        state: 'waiting',
        why: whyOf(error),
      });
    }
  }
  run.complete &&= tools.dryRun || !run.outcomes.some((one) => one.step !== null && isUndone(one));
  return run;
}

class SequenceRun {
  constructor(
    private readonly name: string,
    private readonly options: RunSequencesOptions,
    private readonly run: SequencesRun,
    private readonly tools: Tools,
  ) {}

  async go(): Promise<void> {
    const { name, tools, options } = this;
    const open = await openSequence(tools.workspace, name);
    await this.settle();
    const books = await keepBooks(open, tools);
    const { changes, outcomes } = await makeTasks(books, tools);
    await this.file(books.drafts, [...books.changes, ...changes]);
    this.run.outcomes.push(...outcomes);
    if (open.sequence.paused) return;
    try {
      for (const step of open.sequence.steps) {
        if (step.channel === 'email') await this.mail(books, step);
      }
    } finally {
      if (options.did.sent) await fileLedgers(`run: sequence ${name}`, tools);
    }
  }

  /** What a run that was cut off was sending comes first: it decides who is due. */
  private async settle(): Promise<void> {
    const { tools, options, name } = this;
    const { ledger } = await readJournals(join(tools.workspace.root, sequenceFolder, name, 'sends'));
    const isCutOff = [...ledger.records()].some((one) => one.state === 'unknown' && !one.outcome);
    if (!isCutOff || tools.dryRun || options.hold) return;
    options.did.sent = true;
    const doubts = await withMailer(name, options, tools, ({ journal, transport }) =>
      settleCutOff(journal, transport, tools),
    );
    for (const { step, contact, why } of doubts)
      this.tell({ id: step, channel: 'email' }, contact, 'unknown', why);
  }

  private async mail({ open, followers }: Books, step: Step): Promise<void> {
    const { tools, options, name } = this;
    const now = tools.clock.now();
    const due = followers.filter(
      ({ next }) => next?.step === step && next.due !== undefined && next.due <= now,
    );
    if (due.length === 0) return;
    const contacts = due.flatMap(({ contact }) => contact ?? []);
    let ready: Awaited<ReturnType<typeof readyStep>>;
    try {
      ready = await readyStep(open, step, contacts, options.environment, tools);
    } catch (error) {
      if (!(error instanceof ItacaError) || error.code === 'partial') throw error;
      this.tell(step, null, 'waiting', whyOf(error));
      return;
    }
    const results = [...ready.others];
    const { recipients } = ready.message.plan;
    if (recipients.length > 0) {
      this.run.held ||= options.hold !== undefined;
      if (options.hold || tools.dryRun)
        results.push(...recipients.map(({ contact }): StepResult => ({ contact, state: 'waiting' })));
      else {
        options.did.sent = true;
        const { signal } = options;
        const sent = await withMailer(name, options, tools, (mailer) =>
          sendStep(ready, { ...mailer, signal }, tools),
        );
        results.push(...sent.results);
      }
    }
    const drafts: EnrolmentDraft[] = [];
    const byContact = new Map(due.map((follower) => [follower.enrolment.contact, follower]));
    for (const result of results)
      drafts.push(...(await this.account(result, byContact.get(result.contact), step, open.sequence)));
    await this.file(drafts, []);
  }

  /** Tells of a result, or gives what the ledger has to say about it. */
  private async account(
    result: StepResult,
    follower: Follower | undefined,
    step: Step,
    sequence: Books['open']['sequence'],
  ): Promise<EnrolmentDraft[]> {
    const { tools } = this;
    if (!follower?.contact) return [];
    const { ref } = follower.contact;
    if (result.state !== 'objection') {
      this.tell(step, ref, result.state, result.why);
      return [];
    }
    const { detail } = result.objection;
    const meaning = meaningOf(result.objection);
    if (meaning === 'skip') {
      const at = nowIso(tools);
      return [{ event: 'skipped', at, contact: ref, step: step.id, by: machine, why: detail }];
    }
    if (meaning === 'unsubscribe' || (meaning === 'cancellation' && stopsOn(sequence, meaning))) {
      return [stopOf(follower, await refusal(follower, meaning, detail, tools), machine)];
    }
    this.tell(step, ref, 'left_out', detail);
    return [];
  }

  private async file(
    drafts: readonly EnrolmentDraft[],
    changes: Parameters<typeof fileSequence>[1]['changes'],
  ): Promise<void> {
    const { tools, options, name } = this;
    for (const draft of drafts) {
      const step = 'step' in draft ? draft.step : null;
      this.run.outcomes.push({
        sequence: name,
        step,
        channel: null,
        to: draft.contact,
        state: draft.event,
        why: 'reason' in draft ? `${draft.reason}: ${draft.why}` : draft.why,
      });
    }
    const wrote = await fileSequence(
      name,
      { drafts, changes: changes ?? [] },
      `run: sequence ${name}`,
      tools,
    );
    options.did.wrote ||= wrote;
  }

  private tell(
    { id, channel }: Pick<Step, 'id' | 'channel'>,
    to: string | null,
    state: SequenceOutcome['state'],
    why?: string,
  ): void {
    const outcome = { sequence: this.name, step: id, channel, to, state };
    this.run.outcomes.push(why === undefined ? outcome : { ...outcome, why });
  }
}
