import { agreementFaults } from '../agreements/contradictions.js';
import { campaignFaults } from '../campaigns/contradictions.js';
import { caseFaults } from '../cases/contradictions.js';
import { addressFaults } from '../contacts/impossible.js';
import { dealFaults } from '../deals/contradictions.js';
import { decisionFaults } from '../dedupe/records/decision.js';
import { interactionFaults } from '../interactions/contradictions.js';
import { orderFaults } from '../orders/contradictions.js';
import { promiseFaults } from '../promises/contradictions.js';
import type { Kind } from '../records/kind-names.js';
import { schemas } from '../records/kinds.js';
import { strangerFaults } from '../records/stranger-faults.js';
import { suppressionFaults } from '../suppression/impossible.js';
import type { Fault, Judged, Surroundings } from './fault.js';
import { slips } from './slips.js';

type Rule = (record: Judged, surroundings: Surroundings) => Fault[];

/** What a record of each kind must hold to beyond its schema. */
const rules: Record<Kind, Rule[]> = {
  contact: [({ data }) => addressFaults(data)],
  company: [({ data }) => addressFaults(data)],
  interaction: [interactionFaults],
  promise: [({ data }) => promiseFaults(data)],
  case: [caseFaults],
  deal: [dealFaults],
  agreement: [({ data }) => agreementFaults(data)],
  order: [({ data }) => orderFaults(data)],
  campaign: [({ data }, surroundings) => campaignFaults(data, surroundings)],
  decision: [({ data }) => decisionFaults(data)],
  suppression: [({ data }, surroundings) => suppressionFaults(data, surroundings)],
};

/** All that is wrong with a record whose front matter fits its schema; references are judged apart. */
export function faultsOf(record: Judged, surroundings: Surroundings): Fault[] {
  return [...rules[record.kind], strangerFaults, slipFaults].flatMap((rule) => rule(record, surroundings));
}

/** Records have keys of the house's own beside Itaca's, so little is taken for a slip; what is sent rests on a campaign's. */
function slipFaults({ kind, data }: Judged): Fault[] {
  const what = `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`;
  return slips(schemas[kind], data, what, kind === 'campaign' ? 2 : 1);
}
