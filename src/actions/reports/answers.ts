import { isUnreached } from '../../domain/cases/case-file.js';
import type { Index } from '../../workspace/index/index.js';

/** What an answer may name: the message, the case, the person, or the Message-ID. */
export type AnswerKey = 'answers' | 'case' | 'contacts' | 'message';

interface Row {
  key: AnswerKey;
  target: string;
  at: number;
  outcome: string | null;
  campaign: string | null;
}

/** When the firm said something that reached somebody, by what it names, in the order of time. */
export class Answers {
  readonly #times = new Map<string, number[]>();
  readonly #survivors: ReadonlyMap<string, string>;

  /** @param since earlier ones are not read, epoch milliseconds */
  constructor(index: Index, since: number) {
    this.#survivors = new Map(index.merged(['case', 'contact']).map(({ id, survivor }) => [id, survivor]));
    const rows = index.db
      .prepare(
        `select f.key, f.target, r.at, json_extract(r.data, '$.outcome') as outcome,
           json_extract(r.data, '$.campaign') as campaign
         from records r join refs f on f.rid = r.rid and f.key in ('answers', 'case', 'contacts')
         where r.kind = 'interaction' and r.at >= ?1 and r.data is not null
           and json_extract(r.data, '$.direction') = 'outbound'
         union all
         select 'message', json_extract(r.data, '$.in_reply_to'), r.at, json_extract(r.data, '$.outcome'), null
         from records r where r.kind = 'interaction' and r.at >= ?1 and r.data is not null
           and json_extract(r.data, '$.direction') = 'outbound'
           and json_type(r.data, '$.in_reply_to') = 'text'`,
      )
      .all(since) as Row[];
    for (const { key, target, at, outcome, campaign } of rows) {
      // What went to many answers nobody.
      if (isUnreached(outcome) || (key === 'contacts' && campaign !== null)) continue;
      const place = this.#place(key, target);
      const times = this.#times.get(place);
      if (times) times.push(at);
      else this.#times.set(place, [at]);
    }
    for (const times of this.#times.values()) times.sort((a, b) => a - b);
  }

  /** The first one at or after a moment; undefined where there is none. */
  first(key: AnswerKey, target: string, after: number): number | undefined {
    return this.#times.get(this.#place(key, target))?.find((at) => at >= after);
  }

  #place(key: AnswerKey, target: string): string {
    return `${key} ${this.#survivors.get(target) ?? target}`;
  }
}
