import type { Classification } from './classification.js';
import type { InboundMessage } from './message.js';
export function classifyMessage(message: InboundMessage): Classification {
  const kind = /^unsubscribe\b/i.test(message.subject) ? 'unsubscribe' : 'person';
  return {
    kind,
    bounces: [],
    confidence: 0.9,
    why: 'nothing says that a machine wrote it',
    ...(kind === 'unsubscribe' ? { unsubscribe: true } : {}),
  };
}
