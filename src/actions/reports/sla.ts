import { caseClocks } from '../../domain/cases/clocks.js';
import {
  type LevelKey,
  type Measured,
  type ServiceLevel,
  serviceLevels,
} from '../../domain/cases/service-level.js';
import { Months } from '../../domain/time/months.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { Workspace } from '../../workspace/workspace.js';
import { casePages } from '../case-pages.js';
import { caseFiles } from '../cases/case-files.js';
import { judgingByAll } from '../cases/definitions.js';

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
  const levels = await judgingByAll(workspace, ({ processOf, world }) => {
    const months = new Months(world.timeZone);
    const measured = function* (): Generator<Measured> {
      for (const page of pagesOf(casePages(index, { query: options.query }))) {
        for (const file of caseFiles(page, index).values()) {
          const process = processOf(file.data);
          const clocks = caseClocks(file, process, world);
          yield { file, process, clocks: clocks.filter(({ started }) => isWithin(options.period, started)) };
        }
      }
    };
    return serviceLevels(measured(), options.groupBy, (at) => months.of(at));
  });
  const key = ({ group, clock }: ServiceLevel) => [...Object.values(group), clock].join('\0');
  return levels.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const pageSize = 2000;

function* pagesOf<T>(items: Iterable<T>): Generator<T[]> {
  let page: T[] = [];
  for (const item of items) {
    page.push(item);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
