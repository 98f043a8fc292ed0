import { type LinkKey, readSignedLink } from '../campaigns/tracking.js';
import { parseRequest } from './access-log.js';
import type { Reading } from './event.js';
import { reported } from './formats/format.js';

/**
 * Reads a line of the access log of the house's own redirector. A signed link was followed, or the picture of a message
 * fetched: both carry the token of the one message they stand in.
 * @returns undefined for a request of something else, which a web server is asked for all day
 */
export function readRequest(line: string, { url, key }: LinkKey): Reading | undefined {
  const request = parseRequest(line);
  if (!request) return { fault: 'this is no line of an access log in the combined format' };
  const { at, method, target, agent } = request;
  const base = new URL(url);
  const asked = URL.canParse(target, base.origin) ? new URL(target, base.origin) : undefined;
  if (asked?.pathname !== base.pathname) return undefined;
  const link = readSignedLink(asked.searchParams, key);
  if (link === undefined) return { fault: 'the signature of this link is missing or wrong' };
  const got = method === 'GET';
  return reported('redirector', {
    event: link.target === undefined ? 'opened' : 'clicked',
    at,
    tokens: [link.token],
    url: link.target,
    bounce: undefined,
    reason: undefined,
    agent,
    // No browser that a person looks into asks for the head alone.
    machine: got ? undefined : 'scanner',
    key: undefined,
  });
}
