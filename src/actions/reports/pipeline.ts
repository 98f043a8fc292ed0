import { historyOf } from '../../domain/cases/history-of.js';
import type { Deal } from '../../domain/deals/deal.js';
import { stagesOf } from '../../domain/deals/stages.js';
import {
  type PipelineDeal,
  tallyFlow,
  tallyGroups,
  tallyLost,
  tallyOpen,
} from '../../domain/reports/tally-pipeline.js';
import { tallyStages } from '../../domain/reports/tally-stages.js';
import type { Period } from '../../domain/time/period.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { dealStanding } from '../deals/list-deals.js';
import { officeOf } from './offices.js';

/**
 * What is under way now, and what was opened, won and lost in a period.
 * @param groupBy stage, owner, office or source
 */
export async function reportPipeline(workspace: Workspace, period: Period, groupBy: string) {
  const index = await workspace.index();
  const stages = stagesOf(workspace.config.deals);
  const probability = new Map(stages.map((stage) => [stage.name, stage.probability]));
  const office = officeOf(workspace.config);
  const keys: Record<string, (data: Deal) => string | null | undefined> = {
    owner: ({ owner }) => owner,
    office: (data) => data.office ?? office(data.owner),
    source: ({ source }) => source,
  };
  const records = index.list({ kinds: ['deal'], order: 'title' }) as unknown as StoredRecord<Deal>[];
  const deals = records.map((record): PipelineDeal => {
    const { data } = record;
    const { days, overdue } = dealStanding(record as unknown as StoredRecord, workspace);
    return {
      stage: String(data.stage ?? ''),
      group: keys[groupBy]?.(data) ?? null,
      value: data.value,
      probability: probability.get(data.stage),
      days,
      overdue,
      moves: historyOf(data).flatMap(({ at, to }) => (to === undefined ? [] : [{ at: Date.parse(at), to }])),
      lostReason: typeof data.lost_reason === 'string' ? data.lost_reason : null,
    };
  });
  const byStage = tallyStages(
    deals,
    stages.map(({ name }) => name),
    period,
  );
  return {
    groups: groupBy === 'stage' ? byStage : tallyGroups(deals, period),
    total: { ...tallyOpen(deals), ...tallyFlow(deals, period) },
    stages: byStage.map(({ group, entered, advanced, lost, staying, conversion }) => ({
      stage: group,
      entered,
      advanced,
      lost,
      staying,
      conversion,
    })),
    lost_reasons: tallyLost(deals, period),
  };
}
