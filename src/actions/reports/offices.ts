import type { Config } from '../../domain/config/config.js';

/** The office of a member, by `itaca.yaml`; null of somebody it does not list, or gives no office. */
export function officeOf({ members }: Config): (member: string | null | undefined) => string | null {
  return (member) => (member ? (members?.[member]?.office ?? null) : null);
}

/** The names a report by member or by office has a row for, even where there is nothing to count. */
export function namesOf({ members, offices }: Config, key: string): string[] {
  if (key === 'member') return Object.keys(members ?? {});
  return key === 'office' ? Object.keys(offices ?? {}) : [];
}
