import { isWithin, type Period } from '../time/period.js';
import type { Grouped } from './group.js';
import { share } from './share.js';
import { type OpenTally, type PipelineDeal, tallyOpen } from './tally-pipeline.js';

/** What became of the deals that came to a stage in a period: entered = advanced + lost + staying. */
export interface StageFlow {
  /** Deals that came to it for the first time in the period. */
  entered: number;
  /** Of these, those that came to a later stage since, or were won. */
  advanced: number;
  /** Those that were lost before they came further. */
  lost: number;
  /** Those that are still there, or fell back. */
  staying: number;
  /** Advanced of entered, 0 to 1. */
  conversion: number | null;
}

/**
 * Counts by stage, in the order of the way: what stands there now, and how many of those that came there went on.
 * @param stages of deals under way; others that a deal stands in come after them
 */
export function tallyStages(
  deals: readonly PipelineDeal[],
  stages: readonly string[],
  period: Period,
): Grouped<OpenTally & StageFlow>[] {
  const place = new Map([...stages, 'won'].map((name, position) => [name, position]));
  const standing = tallied(deals, ({ stage }) => stage);
  const strangers = [...standing.keys()].filter((stage) => !place.has(stage) && stage !== 'lost').sort();
  const flows = new Map(
    [...stages, ...strangers].map((name) => [name, { advanced: 0, lost: 0, staying: 0 }]),
  );
  for (const deal of deals) {
    const seen = new Set<string>();
    for (const [position, { at, to }] of deal.moves.entries()) {
      const flow = flows.get(to);
      if (!flow || seen.has(to) || !isWithin(period, at)) continue;
      seen.add(to);
      const here = place.get(to) ?? -1;
      const advanced = deal.moves.slice(position + 1).some((move) => (place.get(move.to) ?? -1) > here);
      flow[advanced ? 'advanced' : deal.stage === 'lost' ? 'lost' : 'staying']++;
    }
  }
  return [...flows].map(([group, flow]) => {
    const entered = flow.advanced + flow.lost + flow.staying;
    return {
      group,
      ...tallyOpen(standing.get(group) ?? []),
      entered,
      ...flow,
      conversion: share(flow.advanced, entered),
    };
  });
}

function tallied(
  deals: readonly PipelineDeal[],
  keyOf: (deal: PipelineDeal) => string,
): Map<string, PipelineDeal[]> {
  const groups = new Map<string, PipelineDeal[]>();
  for (const deal of deals) {
    const group = groups.get(keyOf(deal));
    if (group) group.push(deal);
    else groups.set(keyOf(deal), [deal]);
  }
  return groups;
}
