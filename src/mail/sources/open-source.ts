import { type SourceSettings, sourceKinds } from '../../domain/config/inbox.js';
import { ItacaError } from '../../domain/error.js';
import { openPath } from './open-path.js';
import type { Source, Tell } from './source.js';

/**
 * The source that somebody named by a path, or `-` for standard input.
 * @param base the folder that a relative path starts from
 * @throws ItacaError as `openPath` and `stdinSource`
 */
export async function openNamed(
  name: string,
  { base, stdin, tell }: { base: string; stdin: AsyncIterable<Uint8Array>; tell: Tell },
): Promise<Source> {
  if (name !== '-') return openPath(name, { base, tell });
  const { stdinSource } = await import('./stdin.js');
  return stdinSource(stdin, tell);
}

/**
 * A source of `inbox.sources`.
 * @param root the workspace, from which its paths start
 * @throws ItacaError `not_found`, `invalid` and `refused`, as the kinds of sources do
 */
export async function openConfigured(
  name: string,
  settings: SourceSettings,
  { root, tell }: { root: string; environment: NodeJS.ProcessEnv; tell: Tell },
): Promise<Source> {
  for (const kind of sourceKinds) {
    const path = settings[kind];
    if (kind === 'imap' || typeof path !== 'string') continue;
    return { ...(await openPath(path, { base: root, tell, kind })), label: name };
  }
  throw new ItacaError('invalid', `the source ${name} cannot be opened`);
}
