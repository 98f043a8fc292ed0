import type { Campaign } from './campaign.js';

/** Key of the body for every language that has none of its own (`body.md`). */
export const anyLanguage = '*';

/**
 * The body a person reads.
 * @param wanted the contact's language (BCP 47), undefined where it is not known
 * @param bodies languages that have a body (`body.<language>.md`), and `*` for `body.md`
 * @param workspaceLanguages tried in order for a person whose language is not known
 * @returns the key of the body; undefined where there is none he can read
 */
export function chooseBody(
  wanted: string | undefined,
  bodies: readonly string[],
  workspaceLanguages: readonly string[],
): string | undefined {
  const own = lookUp(bodies);
  if (wanted !== undefined) return own(wanted) ?? own(anyLanguage);
  const [first, ...others] = workspaceLanguages;
  return (
    (first === undefined ? undefined : own(first)) ??
    own(anyLanguage) ??
    others.map(own).find((body) => body !== undefined)
  );
}

/** Gives the function that finds the best of some languages for one that is wanted: de-AT, then de (RFC 4647, 3.4). */
export function lookUp(languages: readonly string[]): (wanted: string) => string | undefined {
  const byName = new Map(languages.map((language) => [language.toLowerCase(), language]));
  return (wanted) => {
    const parts = wanted.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length--) {
      const found = byName.get(parts.slice(0, length).join('-'));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/**
 * The subject that goes with a body.
 * @param body key of the body the person reads: a language, or `*`
 * @param wanted the contact's language, undefined where it is not known
 * @returns undefined where the campaign has none for him
 */
export function subjectFor(
  subject: Campaign['subject'],
  body: string,
  wanted: string | undefined,
  workspaceLanguages: readonly string[],
): string | undefined {
  if (subject === undefined || typeof subject === 'string') return subject;
  const keys = Object.keys(subject);
  const chosen = chooseBody(wanted, keys, workspaceLanguages);
  if (chosen !== undefined) return subject[chosen];
  // The body for any language is written in the workspace's own.
  const own = body === anyLanguage ? chooseBody(undefined, keys, workspaceLanguages) : undefined;
  return own === undefined ? undefined : subject[own];
}
