import { foldCompanyName } from '../domain/companies/company-name.js';
import { hostOf } from '../domain/companies/domain-name.js';
import { vatKey } from '../domain/companies/vat-number.js';
import { canonicalEmail } from '../domain/contacts/email-address.js';
import { foldPersonName } from '../domain/contacts/person-name.js';
import { phoneKey } from '../domain/contacts/phone-number.js';
import { ItacaError } from '../domain/error.js';
import { idOfRef, isId } from '../domain/records/ids.js';
import type { Kind } from '../domain/records/kind-names.js';
import type { Index } from './index/index.js';
import { matchExpression } from './query/to-sql.js';
import type { StoredRecord } from './records.js';

/**
 * Finds the one record a person means: by id, unique id prefix (4 or more), file path or reference, e-mail address,
 * phone number in any spelling, external identifier, or name.
 * @param kinds the kinds that may be meant
 * @param country default country of telephone numbers
 * @throws ItacaError `not_found` (with what comes near), or `ambiguous` (with the list)
 */
export function resolveRecord(
  index: Index,
  text: string,
  kinds: readonly Kind[],
  country?: string,
): StoredRecord {
  const found = candidates(index, text.trim(), kinds, country);
  if (found.length === 1) return found[0]!;
  const what = kinds.length === 1 ? kinds[0] : 'record';
  if (found.length > 1) {
    throw new ItacaError('ambiguous', `"${text}" may be any of ${found.length}: ${listing(found)}`, {
      hint: 'name it by its id, the last part of each',
    });
  }
  const near = nearMisses(index, text, kinds);
  throw new ItacaError('not_found', `no ${what} matches "${text}"`, {
    hint:
      near.length > 0
        ? `did you mean ${listing(near)}?`
        : kinds[0] === 'contact'
          ? `itaca contact add --name "…"`
          : `itaca find "${text}"`,
  });
}

function listing(records: StoredRecord[]): string {
  const shown = records.slice(0, 8).map((record) => record.ref);
  return shown.join(', ') + (records.length > shown.length ? ', …' : '');
}

function candidates(
  index: Index,
  text: string,
  kinds: readonly Kind[],
  country: string | undefined,
): StoredRecord[] {
  if (text === '') return [];
  const among = (records: StoredRecord[]) => records.filter((record) => kinds.includes(record.kind));
  const lower = text.toLowerCase();
  const id = isId(lower) ? lower : lower.includes('-') ? idOfRef(lower.replace(/\.md$/, '')) : undefined;
  const steps: (() => StoredRecord[])[] = [
    () => (id ? among(index.reach('r.id = ? order by r.path', [id])) : []),
    () => among(index.reach('r.path in (?, ?)', [text, `${text}/campaign.md`])),
    () => (text.includes('@') ? byAddress(index, canonicalEmail(text) ?? lower, kinds) : []),
    () =>
      /^[+\d][\d\s()./-]{4,}$/.test(text) ? index.byKey('phone', phoneKey(text, country) ?? text, kinds) : [],
    () => index.byKey('identifier', lower, kinds),
    () => (kinds.includes('company') ? firmBy(index, text, country) : []),
    () => {
      const stem = /^(?:.*-)?([0-9a-hjkmnp-tv-z]{4,10})$/.exec(lower)?.[1];
      return stem && /^[0-9a-hjkmnp-tv-z]{4,10}$/.test(lower)
        ? among(index.reach('r.id >= ? and r.id < ? order by r.path limit 50', [stem, `${stem}~`]))
        : [];
    },
    () => index.byKey('name', foldPersonName(text), kinds),
    () => (kinds.includes('company') ? index.byKey('name', foldCompanyName(text), ['company']) : []),
    () =>
      index.reach(
        `r.kind in (${kinds.map(() => '?').join(', ')}) and r.rid in
        (select rowid from search where search match ?) order by r.path limit 50`,
        [...kinds, `title : (${matchExpression(text)})`],
      ),
  ];
  for (const step of steps) {
    const found = step();
    if (found.length > 0) return found;
  }
  return [];
}

/** Whoever has an address, before the suppression of it: a person is meant, and his record tells of the suppression. */
function byAddress(index: Index, canonical: string, kinds: readonly Kind[]): StoredRecord[] {
  const found = index.byKey('email', canonical, kinds);
  const people = found.filter(({ kind }) => kind !== 'suppression');
  return people.length > 0 ? people : found;
}

/** Firms by what only firms have: a VAT number in any spelling, a domain. */
function firmBy(index: Index, text: string, country: string | undefined): StoredRecord[] {
  if (/\d{5}/.test(text.replace(/[\s.-]/g, ''))) {
    const found = index.byKey('identifier', vatKey(text, country), ['company']);
    if (found.length > 0) return found;
  }
  const host = hostOf(text);
  return /^[^\s@]+\.[^\s@.\d]{2,}$/u.test(host) ? index.byKey('domain', host, ['company']) : [];
}

function nearMisses(index: Index, text: string, kinds: readonly Kind[]): StoredRecord[] {
  const starts = text
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3)
    .map((word) => `"${word.slice(0, Math.max(3, Math.ceil(word.length * 0.6)))}"*`);
  if (starts.length === 0) return [];
  return index.select(
    `r.kind in (${kinds.map(() => '?').join(', ')}) and r.rid in
     (select rowid from search where search match ? order by rank limit 3) order by r.path`,
    [...kinds, starts.join(' OR ')],
  );
}
