import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { type ErrorCode, ItacaError } from '../../domain/error.js';
import type { OutgoingMessage } from '../../mail/transport.js';
import type { ComposerSource, KnownPerson } from './compose.js';

/** Messages to make, each with the record of the person. */
export interface ComposeTask {
  number: number;
  messages: { recipient: Recipient; token: string; person: KnownPerson }[];
}

export interface ComposeAnswer {
  number: number;
  made?: OutgoingMessage[];
  failure?: {
    message: string;
    code?: ErrorCode;
    place?: { [key in 'hint' | 'path']: string | undefined } & {
      [key in 'line' | 'column']: number | undefined;
    };
  };
}

/** Makes messages in a thread of its own. */
export interface ComposeThread {
  message(recipient: Recipient, token: string): Promise<OutgoingMessage>;
  close(): Promise<void>;
}

/**
 * Starts a thread that makes a campaign's messages; those asked for at the same time go over together.
 * @param personOf as he is on file when his message is asked for
 * @returns undefined where the program runs unbuilt
 */
export async function composeThread(
  source: ComposerSource,
  personOf: (recipient: Recipient) => KnownPerson,
): Promise<ComposeThread | undefined> {
  // Next to the bundle's files.
  const file = new URL('./actions/campaign/compose.worker.js', import.meta.url);
  if (!existsSync(fileURLToPath(file))) return undefined;
  const { Worker } = await import('node:worker_threads');
  // Faults were told before, and an error is no plain data.
  const worker = new Worker(file, { workerData: { ...source, files: { ...source.files, faults: [] } } });
  let number = 0;
  let asked: (ComposeTask['messages'][number] & Settle)[] = [];
  const running = new Map<number, Settle[]>();
  const failAll = (error: Error) => {
    for (const waiting of running.values()) for (const { reject } of waiting) reject(error);
    running.clear();
  };
  worker.on('message', (answer: ComposeAnswer) => {
    const waiting = running.get(answer.number) ?? [];
    running.delete(answer.number);
    waiting.forEach(({ resolve, reject }, index) => {
      const made = answer.made?.[index];
      if (made) resolve({ ...made, raw: Buffer.from(made.raw.buffer, made.raw.byteOffset, made.raw.length) });
      else reject(errorOf(answer.failure));
    });
  });
  worker.on('error', failAll);

  function hand(): void {
    const messages = asked.map(({ recipient, token, person }) => ({ recipient, token, person }));
    running.set(++number, asked);
    asked = [];
    worker.postMessage({ number, messages } satisfies ComposeTask);
  }

  return {
    message(recipient, token) {
      if (asked.length === 0) queueMicrotask(hand);
      return new Promise((resolve, reject) => {
        asked.push({ recipient, token, person: personOf(recipient), resolve, reject });
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}

interface Settle {
  resolve(message: OutgoingMessage): void;
  reject(error: Error): void;
}

function errorOf(failure: ComposeAnswer['failure']): Error {
  if (failure?.code === undefined) return new Error(failure?.message ?? 'the message was not made');
  const { hint, path, line, column } = failure.place ?? {};
  return new ItacaError(failure.code, failure.message, {
    ...(hint === undefined ? {} : { hint }),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  });
}
