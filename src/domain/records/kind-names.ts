/** The kinds of records, and where each lives. Kept apart from the schemas so that reading commands need not load them. */
export const kinds = [
  'contact',
  'company',
  'interaction',
  'promise',
  'case',
  'deal',
  'agreement',
  'order',
  'campaign',
  'suppression',
  'decision',
] as const;

export type Kind = (typeof kinds)[number];

/** Top-level folder of each kind. It names the kind's SQL view, too. */
export const folders: Record<Kind, string> = {
  contact: 'contacts',
  company: 'companies',
  interaction: 'interactions',
  promise: 'promises',
  case: 'cases',
  deal: 'deals',
  agreement: 'agreements',
  order: 'orders',
  campaign: 'campaigns',
  suppression: 'suppressions',
  decision: 'decisions',
};

const byFolder = new Map(kinds.map((kind) => [folders[kind], kind]));

/** The kind whose folder a path lies in, whatever lies there. */
export function kindOfFolder(path: string): Kind | undefined {
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : byFolder.get(path.slice(0, slash));
}

/**
 * The kind of record a file holds, by where it lies; undefined for what is no record.
 * @param path relative to the workspace, with `/`
 */
export function kindOfPath(path: string): Kind | undefined {
  const slash = path.indexOf('/');
  if (slash < 0 || !path.endsWith('.md')) return undefined;
  const kind = byFolder.get(path.slice(0, slash));
  if (kind !== 'campaign') return kind;
  return /^campaigns\/[^/]+\/campaign\.md$/.test(path) ? 'campaign' : undefined;
}
