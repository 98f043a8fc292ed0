import { type ImapSettings, type SourceSettings, sourceKinds } from '../../domain/config/inbox.js';
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

export interface ConfiguredOptions {
  /** The workspace, from which paths in its settings start. */
  root: string;
  environment: NodeJS.ProcessEnv;
  tell: Tell;
}

/**
 * A source of `inbox.sources`. A server is spoken to when something is asked of it.
 * @param sources all of them
 * @throws ItacaError `not_found` where there is none of that name or nothing at its path; `invalid` where something
 *   else lies there
 */
export async function openConfigured(
  name: string,
  sources: Readonly<Record<string, SourceSettings>>,
  options: ConfiguredOptions,
): Promise<Source> {
  const settings = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (settings?.imap) return openServer(name, settings.imap, sources, options);
  for (const kind of sourceKinds) {
    const path = settings?.[kind];
    if (kind === 'imap' || typeof path !== 'string') continue;
    return { ...(await openPath(path, { base: options.root, tell: options.tell, kind })), label: name };
  }
  const names = Object.keys(sources);
  throw new ItacaError('not_found', `there is no source "${name}"`, {
    hint: names.length > 0 ? `there are ${names.join(', ')}` : 'name them in inbox.sources of itaca.yaml',
  });
}

async function openServer(
  name: string,
  settings: ImapSettings,
  sources: Readonly<Record<string, SourceSettings>>,
  { environment, tell }: ConfiguredOptions,
): Promise<Source> {
  const [{ imapSource }, { imapSecret }] = await Promise.all([import('./imap.js'), import('../secret.js')]);
  const isOnly = Object.values(sources).filter(({ imap }) => imap).length === 1;
  const secret = async () => {
    const found = await imapSecret(name, settings, isOnly, environment);
    if (found) return found;
    const { variableName } = await import('../../domain/config/variable-name.js');
    throw new ItacaError(
      'refused',
      `inbox.sources.${name}.imap.user is ${settings.user}, but there is no password`,
      {
        path: 'itaca.yaml',
        hint: `set inbox.sources.${name}.imap.password_command, or ITACA_IMAP_PASSWORD_${variableName(name)}`,
      },
    );
  };
  return imapSource({ source: name, settings, secret }, tell);
}
