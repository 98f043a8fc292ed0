import type { Period } from '../../domain/time/period.js';
import type { Index } from '../../workspace/index/index.js';

/** Interactions of a period that are alike, counted: half a million of them are summed up where they lie. */
export interface AlikeContacts {
  /** Member; null where it is not on file. */
  by: string | null;
  channel: string;
  direction: string | null;
  outcome: string | null;
  /** Whether they belong to a campaign. */
  campaign: boolean;
  /** Id of the customer, case or campaign, whichever was asked for; null where none was, or none is named. */
  about: string | null;
  count: number;
  minutes: number;
}

/** What interactions may be counted by beside who, how and with what outcome. */
export type AboutKey = 'customer' | 'case' | 'campaign';

/**
 * Counts the interactions of a period by who, how and with what outcome.
 * @param about also by this. By customer, one with two persons counts for each, and the firm counts where no person is
 *   named
 */
export function contactsOfPeriod({ db }: Index, { since, until }: Period, about?: AboutKey): AlikeContacts[] {
  const key = (name: string) => `json_extract(r.data, '$.${name}')`;
  const customer = `case when json_array_length(r.data, '$.contacts') > 0 then 'contacts' else 'company' end`;
  const named = about === 'customer' ? customer : `'${about}'`;
  const join = about === undefined ? '' : `left join refs f on f.rid = r.rid and f.key = ${named}`;
  const rows = db
    .prepare(
      `select ${key('by')} as by, ${key('channel')} as channel, ${key('direction')} as direction,
         ${key('outcome')} as outcome, ${key('campaign')} is not null as campaign,
         ${about === undefined ? 'null' : 'f.target'} as about,
         count(*) as count, total(${key('minutes')}) as minutes
       from records r ${join}
       where r.kind = 'interaction' and r.data is not null and r.at >= ? and r.at < ?
       group by 1, 2, 3, 4, 5, 6`,
    )
    .all(since ?? -maxTime, until ?? maxTime) as (Omit<AlikeContacts, 'campaign'> & { campaign: number })[];
  return rows.map((row) => ({ ...row, campaign: row.campaign === 1 }));
}

/** The last moment that a Date can hold, in epoch milliseconds. */
export const maxTime = 8.64e15;
