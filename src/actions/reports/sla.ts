import { type LevelKey, type ServiceLevel, serviceLevels } from '../../domain/cases/service-level.js';
import { Months } from '../../domain/time/months.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { Workspace } from '../../workspace/workspace.js';
import { judgedCases } from '../cases/judged-cases.js';

export interface SlaOptions {
  /** In the query language. */
  query?: string | undefined;
  groupBy: readonly LevelKey[];
  /** Only clocks that began in it. */
  period: Period;
}

/** How well deadlines were met, by group and deadline, in the order of the groups. */
export async function reportSla(workspace: Workspace, options: SlaOptions): Promise<ServiceLevel[]> {
  const index = await workspace.index();
  const cases = index.list({ kinds: ['case'], query: options.query });
  const { judged, world } = await judgedCases(cases, index, workspace, { all: true });
  const months = new Months(world.timeZone);
  const within = judged.map((one) => ({
    ...one,
    clocks: one.clocks.filter(({ started }) => isWithin(options.period, started)),
  }));
  const levels = serviceLevels(within, options.groupBy, (at) => months.of(at));
  const key = ({ group, clock }: ServiceLevel) => [...Object.values(group), clock].join('\0');
  return levels.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
