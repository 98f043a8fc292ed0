import type { Intent } from '../classification.js';
export interface IntentModel {
  n: number;
}
export interface ReadIntent {
  intent: Intent | undefined;
  confidence: number;
  why: string;
  unsubscribe: boolean;
}
export function readIntent({
  subject,
  text,
}: {
  subject: string;
  text: string;
  isReply: boolean;
  model?: IntentModel;
}): ReadIntent {
  const all = `${subject} ${text}`.toLowerCase();
  const intent = /reclam|complain|mai arrivat|never came|vergogna/.test(all)
    ? 'complaint'
    : /disd|cancel/.test(all)
      ? 'cancellation'
      : /\?/.test(all)
        ? 'question'
        : undefined;
  return { intent, confidence: intent ? 0.9 : 0.3, why: 'words', unsubscribe: /unsubscribe me/.test(all) };
}
