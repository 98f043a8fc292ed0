import type { EventKind } from '../event.js';
import { isObject, type Json, momentOf, objectsAt, textAt, textsAt } from '../fields.js';
import { type EventFormat, reported, variables } from './format.js';

/** Transactional webhooks and the events API of Brevo (developers.brevo.com/docs/transactional-webhooks). */
const kinds: Readonly<Record<string, [EventKind, more?: 'hard' | 'soft' | 'proxy']>> = {
  delivered: ['delivered'],
  deferred: ['deferred'],
  hard_bounce: ['bounced', 'hard'],
  hardbounces: ['bounced', 'hard'],
  soft_bounce: ['bounced', 'soft'],
  softbounces: ['bounced', 'soft'],
  invalid_email: ['bounced', 'hard'],
  invalid: ['bounced', 'hard'],
  blocked: ['dropped'],
  error: ['dropped'],
  spam: ['complained'],
  complaint: ['complained'],
  unsubscribed: ['unsubscribed'],
  unsubscribe: ['unsubscribed'],
  opened: ['opened'],
  unique_opened: ['opened'],
  proxy_open: ['opened', 'proxy'],
  unique_proxy_open: ['opened', 'proxy'],
  loadedbyproxy: ['opened', 'proxy'],
  click: ['clicked'],
  clicks: ['clicked'],
};

const ignored = new Set(['request', 'requests', 'sent', 'list_addition']);

export const brevo: EventFormat = {
  source: 'brevo',
  is: (value) =>
    isEvent(value) ||
    (Array.isArray(value.events) && value.events.some((one) => isObject(one) && isEvent(one))),
  read: (value) => (isEvent(value) ? [readOne(value)] : objectsAt(value, 'events').map(readOne)),
};

function isEvent(value: Json): boolean {
  return (
    typeof value.event === 'string' &&
    'email' in value &&
    ['message-id', 'messageId', 'ts_event', 'ts_epoch', 'X-Mailin-custom'].some((key) => key in value)
  );
}

function readOne(value: Json) {
  const name = (textAt(value, 'event') ?? '').toLowerCase();
  if (ignored.has(name)) return { ignored: name };
  const [event, more] = (Object.hasOwn(kinds, name) ? kinds[name] : undefined) ?? [];
  if (event === undefined) return { fault: `brevo: there is no event "${name.slice(0, 40)}"` };
  const own = variables(parsed(value['X-Mailin-custom']));
  return reported('brevo', {
    event,
    at: momentOf(value.ts_epoch) ?? momentOf(value.ts_event) ?? momentOf(value.date) ?? momentOf(value.ts),
    address: textAt(value, 'email'),
    messageIds: [textAt(value, 'message-id') ?? textAt(value, 'messageId'), ...own.messageIds],
    tokens: own.tokens,
    tags: [...tagsOf(value), ...own.tags],
    bounce: more === 'hard' || more === 'soft' ? more : undefined,
    reason: textAt(value, 'reason'),
    url: event === 'clicked' ? textAt(value, 'link') : undefined,
    agent: textAt(value, 'user_agent'),
    machine: more === 'proxy' ? 'proxy' : undefined,
    key: undefined,
  });
}

/** `tags` is a list; `tag` one name, or a list written as text. */
function tagsOf(value: Json): string[] {
  const tag = textAt(value, 'tag');
  const list = parsed(tag);
  return [...textsAt(value, 'tags'), ...(Array.isArray(list) ? list.map(String) : tag ? [tag] : [])];
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
