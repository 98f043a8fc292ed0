import { overAt } from '../../domain/campaigns/moment.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import type { Consent } from '../../domain/consent/consent.js';
import type { StandingRules } from '../../domain/consent/standings.js';
import { consentsOfPerson } from '../../domain/consent/stricter.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { addDuration, isoInstant } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mergedForSend } from '../campaign/merged.js';

/** A yes that ends within so long is told of, so that a new one can be asked for in time. */
const soonIs = 'P30D';

/** What a person's words are judged by. @param at epoch milliseconds; now where absent */
export function standingRules({ config, clock }: Workspace, at = clock.now()): StandingRules {
  const { timeZone } = clock;
  return {
    purposes: config.purposes ?? {},
    over: overAt(isoInstant(at, timeZone)),
    soon: overAt(isoInstant(addDuration(at, soonIs, timeZone), timeZone)),
  };
}

/** What people said, also under records that were merged into theirs. */
export function consentReader(index: Index): (contact: StoredRecord<Contact>) => Consent[] {
  const { candidate } = mergedForSend(index);
  return (contact) => consentsOfPerson(candidate(contact as unknown as Candidate));
}
