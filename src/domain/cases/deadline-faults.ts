import type { Fault } from '../check/fault.js';
import type { Process } from './process.js';
import type { ProcessSurroundings } from './process-faults.js';
import { priorities } from './states.js';

/** Deadlines nobody answers for, that no case ever falls under, or whose names nobody knows. */
export function deadlineFaults(
  { office, deadlines = [] }: Process,
  { calendars, channels }: ProcessSurroundings,
): Fault[] {
  const faults: Fault[] = [];
  if (deadlines.length > 0 && office === undefined)
    faults.push({
      at: ['deadlines'],
      message: 'deadlines: no office answers for them',
      hint: 'name the one that does: office: <office>',
    });
  const lines = new Set<string>();
  for (const [position, { clock, channel, priority, calendar }] of deadlines.entries()) {
    const wrong = (key: string, message: string, hint?: string) =>
      faults.push({
        at: ['deadlines', position, key],
        message: `deadlines: ${message}`,
        ...(hint ? { hint } : {}),
      });
    if (calendar !== undefined && !calendars.has(calendar))
      wrong(
        'calendar',
        `there is no calendar "${calendar}"`,
        calendars.size > 0 ? `calendars are: ${[...calendars].join(', ')}` : 'write calendars/<name>.yaml',
      );
    if (channel !== undefined && !channels.has(channel))
      wrong('channel', `there is no channel "${channel}"`, `channels are: ${[...channels].join(', ')}`);
    if (priority !== undefined && !(priorities as readonly string[]).includes(priority))
      wrong('priority', `there is no priority "${priority}"`, `priorities are: ${priorities.join(', ')}`);
    const line = [clock, channel, priority].filter((part) => part !== undefined).join(', ');
    if (lines.has(line)) wrong('clock', `a line above stands for ${line}; this one would never hold`);
    lines.add(line);
  }
  return faults;
}
