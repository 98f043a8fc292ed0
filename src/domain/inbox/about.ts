import { fieldGroups } from './bounce/status-fields.js';
import type { InboundMessage } from './message.js';
import { headerOf } from './senders.js';

/** The Message-ID of the message that a machine's answer is about, in angle brackets; undefined where it does not tell. */
export function aboutOf(message: InboundMessage): string | undefined {
  return (
    idIn(headerOf(message, 'x-riferimento-message-id')) ??
    idIn(/^message-id[ \t]{0,10}:(\s*.{0,1000})/im.exec((message.returned ?? '').slice(0, 64 * 1024))?.[1]) ??
    message.deliveryStatus
      .map((text) => idIn(field(text, 'x-original-message-id')))
      .find((id) => id !== undefined) ??
    idIn(field(message.disposition ?? '', 'original-message-id')) ??
    message.inReplyTo.at(-1) ??
    message.references.at(-1) ??
    idIn(headerOf(message, 'x-original-message-id')) ??
    idIn(/^message-id[ \t]{0,10}:(\s*.{0,1000})/im.exec(message.text.slice(0, 64 * 1024))?.[1])
  );
}

function field(text: string, name: string): string | undefined {
  return text === ''
    ? undefined
    : fieldGroups(text)
        .find((group) => group.has(name))
        ?.get(name);
}

/** In brackets, where the value has none; undefined where it is no id. */
function idIn(value: string | undefined): string | undefined {
  const id = value?.trim().replace(/^<|>$/g, '');
  return id === undefined || id === '' || /[\s<>]/.test(id) ? undefined : `<${id}>`;
}
