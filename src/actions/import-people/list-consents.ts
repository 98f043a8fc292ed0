import type { Consent } from '../../domain/consent/consent.js';
import { type StandingRules, standingTowards } from '../../domain/consent/standings.js';
import type { Contact } from '../../domain/contacts/contact.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { consentReader, standingRules } from '../consent/consents-of.js';
import { suppressionsOf } from '../suppressions.js';
import type { Person } from './entry.js';
import type { OptOuts } from './opt-outs.js';
import type { Session } from './session.js';
import type { Item } from './stock.js';

/** What became of a yes that a list is said to bring, in the keys of `--json`. */
export interface ListConsentReport {
  given: number;
  /** Who had said yes before, and is left as he is. */
  already: number;
  /** Who said no before, or whom nobody is to write to: no list takes that back. */
  withheld: { line: number; name: string; why: string }[];
}

/** Gives a yes to everybody in a list, unless he said no: of two words the stricter one holds. */
export class ListConsents {
  readonly report: ListConsentReport = { given: 0, already: 0, withheld: [] };
  /** Whose own row says no: another row of the list does not bring the yes back. */
  private readonly denied = new Set<Item>();
  private readonly said: ReturnType<typeof consentReader>;
  private readonly rules: StandingRules;

  /** @param entry what everybody in the list said yes to */
  constructor(
    private readonly entry: Consent,
    index: Index,
    private readonly workspace: Workspace,
  ) {
    this.said = consentReader(index);
    this.rules = standingRules(workspace);
  }

  /**
   * What is added to the consents of a person.
   * @param data what the list makes of him
   * @param known his record, where he is on file
   */
  async of(
    { line, contact: { name }, noConsent }: Pick<Person, 'contact' | 'noConsent'> & { line: number },
    data: Record<string, unknown>,
    known: Item | undefined,
    { people, optOuts }: Pick<Session, 'people' | 'optOuts'>,
  ): Promise<Consent[] | undefined> {
    const { purpose, channel } = this.entry;
    const said = known ? this.said(known as unknown as StoredRecord<Contact>) : [];
    const { state, consent } = standingTowards(said, purpose, channel ?? null, this.rules);
    const denied = known && this.denied.has(known) ? 'another row of the list says no' : undefined;
    const no =
      noConsent ??
      denied ??
      (state === 'refused' || state === 'withdrawn'
        ? `${state} on ${consent?.at.slice(0, 10)}`
        : await this.suppressed(
            [data, known?.data ?? {}].flatMap((one) => people.emailsOf(one)),
            optOuts,
          ));
    if (no !== undefined) {
      this.report.withheld.push({ line, name, why: no });
      return undefined;
    }
    const again = Array.isArray(known?.data.consents) && known.data.consents.includes(this.entry);
    if (again || state === 'given' || state === 'expiring') {
      this.report.already++;
      return undefined;
    }
    this.report.given++;
    return [this.entry];
  }

  /** Keeps in mind whose row says no, and takes back the yes that an earlier row of the list brought. */
  settle({ noConsent }: Pick<Person, 'noConsent'>, item: Item): void {
    if (noConsent === undefined) return;
    this.denied.add(item);
    const { consents } = item.data;
    if (!Array.isArray(consents) || !consents.includes(this.entry)) return;
    const rest = consents.filter((one) => one !== this.entry);
    for (const data of [item.data, item.set]) {
      if (rest.length > 0) data.consents = rest;
      else delete data.consents;
    }
    this.report.given--;
  }

  private async suppressed(emails: readonly string[], optOuts: OptOuts): Promise<string | undefined> {
    for (const email of emails) {
      if (optOuts.of(email) !== undefined) return `${email} is suppressed`;
      const found = await suppressionsOf(this.workspace, email);
      if (found.some(({ data: { scope = 'all' } }) => scope === 'all' || scope === this.entry.purpose))
        return `${email} is suppressed`;
    }
    return undefined;
  }
}
