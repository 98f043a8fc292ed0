import { lifecycles } from '../contacts/contact.js';
import { foldText } from '../contacts/person-name.js';

/** What other programs call the stages; HubSpot's are in their labels and their internal names. */
const others: Readonly<Record<string, (typeof lifecycles)[number]>> = {
  subscriber: 'lead',
  'marketing qualified lead': 'lead',
  marketingqualifiedlead: 'lead',
  'sales qualified lead': 'prospect',
  salesqualifiedlead: 'prospect',
  opportunity: 'prospect',
  evangelist: 'customer',
  client: 'customer',
  cliente: 'customer',
  kunde: 'customer',
  fornitore: 'supplier',
  vendor: 'supplier',
  'former customer': 'former',
};

/** The lifecycle that a word of another program means; undefined for one that is not known. */
export function lifecycleOf(text: string): string | undefined {
  const folded = foldText(text);
  return lifecycles.find((one) => one === folded) ?? others[folded];
}
