import { basename } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import type { Channel } from '../../domain/interactions/channels.js';
import { slug } from '../../domain/records/ids.js';
import { openConfigured, openNamed } from '../../mail/sources/open-source.js';
import type { Tell } from '../../mail/sources/source.js';
import { channelOf } from '../cases/channel-of.js';
import type { Tools } from '../tools.js';
import type { OpenedSource, SourceFailure } from './pull-inbox.js';

export interface SourceOptions {
  /** What a path is relative to. */
  base: string;
  stdin: AsyncIterable<Uint8Array>;
  environment: NodeJS.ProcessEnv;
  channel?: string | undefined;
  address?: string | undefined;
  /** Epoch milliseconds. */
  received?: number | undefined;
  sent?: boolean | undefined;
}

/** Sources that are open, and those that could not be opened, each with the error. */
export interface Sources {
  opened: OpenedSource[];
  failed: SourceFailure[];
}

/**
 * Opens the sources that somebody names, by their names in `itaca.yaml` or as paths; all those of `itaca.yaml` where he
 * names none. One that cannot be opened keeps none of the others from it.
 * @throws ItacaError `usage` where none is named and none is set up; as the source does, where it is the only one
 */
export async function openSources(
  names: readonly string[],
  options: SourceOptions,
  { workspace, warn }: Pick<Tools, 'workspace' | 'warn'>,
): Promise<Sources> {
  const { sources = {} } = workspace.config.inbox ?? {};
  const wanted = names.length > 0 ? names : Object.keys(sources);
  if (wanted.length === 0)
    throw new ItacaError('usage', 'itaca.yaml names no source of messages', {
      hint: 'name a path, or set inbox.sources: itaca help settings',
    });
  const tell: Tell = ({ place, message }) => warn(place === undefined ? message : `${place}: ${message}`);
  const found: Sources = { opened: [], failed: [] };
  for (const name of wanted) {
    try {
      const settings = Object.hasOwn(sources, name) ? sources[name] : undefined;
      if (settings) {
        const { root } = workspace;
        const { environment } = options;
        const channel = settings.channel === undefined ? 'email' : channelOf(settings.channel);
        const source = await openConfigured(name, sources, { root, environment, tell });
        const { address, sent = false } = settings;
        found.opened.push({ about: { name, channel, sent, address }, source });
      } else found.opened.push(await atPath(name, options, Object.keys(sources), tell));
    } catch (error) {
      if (!(error instanceof ItacaError) || wanted.length === 1) {
        await closeSources(found.opened);
        throw error;
      }
      found.failed.push({ source: name, error });
    }
  }
  return found;
}

async function atPath(
  name: string,
  options: SourceOptions,
  configured: readonly string[],
  tell: Tell,
): Promise<OpenedSource> {
  const { base, stdin, channel, address, received, sent = false } = options;
  const source = await openNamed(name, { base, stdin, tell }).catch((error: unknown) => {
    if (!(error instanceof ItacaError) || error.code !== 'not_found') throw error;
    const known = configured.length > 0 ? ` (there are: ${configured.join(', ')})` : '';
    throw new ItacaError('not_found', `${name} is neither a source of itaca.yaml nor a file or folder`, {
      hint: `name a path, or one of inbox.sources${known}`,
      cause: error,
    });
  });
  // A letter that was scanned is no mail, unless it is said to be something else.
  const known: Channel = channel === undefined ? 'email' : channelOf(channel);
  const stem = name === '-' ? 'stdin' : slug(basename(name), 'path');
  return {
    about: {
      name: stem,
      channel: known,
      sent,
      address,
      received,
      ...(channel === undefined ? { scans: 'letter' as const } : {}),
    },
    source,
  };
}

/** Closes them all, whatever becomes of each. */
export async function closeSources(opened: readonly OpenedSource[]): Promise<void> {
  await Promise.allSettled(opened.map(({ source }) => source.close()));
}
