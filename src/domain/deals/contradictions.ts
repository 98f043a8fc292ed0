import type { Fault, Judged, Surroundings } from '../check/fault.js';
import { historyFaults } from '../records/history-faults.js';

/** Where a deal contradicts itself, or stands where `itaca.yaml` knows no stage. */
export function dealFaults({ data }: Judged, { stages }: Surroundings): Fault[] {
  const { stage, lost_reason: reason, contact, company } = data;
  const faults = historyFaults(data, 'stage');
  if (typeof stage === 'string' && !stages.has(stage))
    faults.push({
      at: ['stage'],
      message: `stage: there is no stage "${stage}"`,
      hint: `there are: ${[...stages].join(', ')}; deals.stages in itaca.yaml names them`,
    });
  if (stage === 'lost' && (reason === undefined || reason === ''))
    faults.push({ at: ['stage'], message: 'stage: is lost, but lost_reason does not say why' });
  if (stage !== 'lost' && typeof reason === 'string' && reason !== '')
    faults.push({
      at: ['lost_reason'],
      message: `lost_reason: says why it was lost, but the stage is ${stage}`,
    });
  if (stage === 'won' && contact === undefined && company === undefined)
    faults.push({ at: ['stage'], message: 'stage: is won, but neither contact nor company says of whom' });
  return faults;
}
