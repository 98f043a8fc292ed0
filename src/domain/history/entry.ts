import type { Config } from '../config/config.js';

/** One commit of the workspace's past, as people ask for it: who did what, when. */
export interface HistoryEntry {
  /** Commit id. */
  commit: string;
  /** ISO 8601. */
  at: string;
  /** A member's key where one is known, else the author's name. */
  actor: string;
  /** The command, without its arguments; the first line of the message for a commit by hand. */
  command: string;
  subject: string;
  /** Ids of the records it is about; of a large one the first. */
  records: string[];
  record_count: number;
  /** Whether Itaca made it. */
  by_hand: boolean;
  /** The commit that this one takes back. */
  undoes?: string;
  parents: string[];
}

/** A commit as git knows it. */
interface Commit {
  id: string;
  parents: string[];
  at: string;
  author: string;
  email: string;
  subject: string;
  trailers: [key: string, value: string][];
}

/** Reads who did what from a commit's trailers, or from its author and first line where a person made it. */
export function entryOf(commit: Commit, members: Config['members'] = {}): HistoryEntry {
  const all = (key: string) => commit.trailers.flatMap(([name, value]) => (name === key ? [value] : []));
  const [command] = all('Itaca-Command');
  const [undoes] = all('Itaca-Undoes');
  const records = all('Itaca-Record');
  return {
    commit: commit.id,
    at: commit.at,
    actor: all('Itaca-Actor')[0] ?? memberOf(commit.email, members) ?? commit.author,
    command: command ?? commit.subject,
    subject: commit.subject,
    records,
    record_count: Number(all('Itaca-Records')[0] ?? records.length),
    by_hand: command === undefined,
    ...(undoes === undefined ? {} : { undoes }),
    parents: commit.parents,
  };
}

function memberOf(email: string, members: Config['members'] = {}): string | undefined {
  const wanted = email.toLowerCase();
  return Object.entries(members).find(([, { emails }]) =>
    emails?.some((one) => one.toLowerCase() === wanted),
  )?.[0];
}

export interface HistoryFilter {
  by?: string;
  /** Part of the command, such as `import` or `contact set`. */
  command?: string;
}

/** Whether an entry is one that was asked for; case does not matter. */
export function isWanted(entry: HistoryEntry, { by, command }: HistoryFilter): boolean {
  const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
  if (by !== undefined && entry.actor.toLowerCase() !== by.toLowerCase()) return false;
  return command === undefined || holds(entry.command, command);
}
