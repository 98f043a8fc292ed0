import type { CaseView } from '../../actions/cases/case-view.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { type Row, shortTime } from './columns.js';

/** What is derived about a case, as `--json` gives it beside the record and its timeline. */
export function caseDetails(view: CaseView): Row {
  const { due_at, due_for, overdue, level, clocks, waiting_for, playbook, merged } = view;
  const promises = view.promises.map(({ promise, state }) => ({
    ref: promise.ref,
    what: promise.data.what,
    due: promise.data.due ?? null,
    state,
  }));
  const mergedRefs = merged.map(({ ref }) => ref);
  return { due_at, due_for, overdue, level, clocks, waiting_for, playbook, promises, merged: mergedRefs };
}

/** What a person reads for a clock: one that is due runs, or rests. */
function shown({ state, paused }: CaseView['clocks'][number]): string {
  if (paused) return 'paused';
  return state === 'due' ? 'running' : state;
}

/** The same for people, a line each. */
export function caseLines(cli: Cli, view: CaseView): string[] {
  const { color } = cli.io;
  const paint = { met: color.green, due: color.cyan, breached: color.red };
  const lines: string[] = [];
  if (view.level > 0) lines.push(`  ${color.red(`raised to level ${view.level}`)}`);
  if (view.waiting_for.length > 0)
    lines.push(`  ${color.yellow(`not accepted yet by ${printable(view.waiting_for.join(', '))}`)}`);
  for (const { ref } of view.merged) lines.push(`  ${color.dim('merged into it:')} ${printable(ref)}`);
  if (view.clocks.length > 0) lines.push('', color.dim('CLOCKS'));
  for (const clock of view.clocks) {
    const what = `${clock.clock.replaceAll('_', ' ')}${clock.who ? ` (${clock.who})` : ''}`;
    const state = paint[clock.state as keyof typeof paint](shown(clock));
    const hours = clock.calendar ? 'open hours' : 'hours';
    lines.push(
      `  ${printable(what).padEnd(18)} ${state} ${color.dim(`due ${shortTime(clock.due_at)}${clock.ended_at ? `, done ${shortTime(clock.ended_at)}` : ''}, after ${(clock.minutes / 60).toFixed(1)} ${hours} of ${clock.within}`)}`,
    );
  }
  const { questions, steps } = view.playbook;
  if (questions.length + steps.length > 0) lines.push('', color.dim('PLAYBOOK'));
  const tick = (done: boolean, text: string) =>
    `  ${done ? color.green('✓') : color.dim('·')} ${printable(text)}`;
  for (const { question, asked } of questions) lines.push(tick(asked, question));
  for (const { step, done } of steps) lines.push(tick(done, step));
  if (view.promises.length > 0) lines.push('', color.dim('PROMISES'));
  for (const { promise, state } of view.promises) {
    const due = promise.data.due ? ` by ${shortTime(promise.data.due)}` : '';
    const shown = state === 'broken' ? color.red(state) : color.yellow(state);
    lines.push(
      `  ${printable(`${promise.data.what}${due}`)} ${shown} ${color.dim(printable(promise.data.by ?? ''))}`,
    );
  }
  return lines;
}
