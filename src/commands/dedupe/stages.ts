import type { Cli } from '../../cli/context.js';
import type { Progress } from '../../cli/progress.js';

const steps = 100;

/** A progress bar for work in stages, one after the other. */
export function stages(cli: Cli): (stage: string, done: number) => void {
  let current: { stage: string; bar: Progress } | undefined;
  return (stage, done) => {
    if (current?.stage !== stage) {
      current?.bar.show(steps, steps);
      current = { stage, bar: cli.progress(stage) };
    }
    current.bar.show(Math.round(done * steps), steps);
  };
}
