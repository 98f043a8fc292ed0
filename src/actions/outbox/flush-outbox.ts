import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import { isoDate } from '../../domain/time/clock.js';
import { passOn, readWaiting } from '../../mail/outbox.js';
import type { OutgoingMessage, Transport } from '../../mail/transport.js';
import { stateFolder } from '../../workspace/high-water.js';
import { readJournals, SendJournal } from '../../workspace/journal.js';
import { pause, throttleOf } from '../campaign/send-campaign.js';
import { PauseWatch } from '../campaign/watch-pause.js';
import { cloneName } from '../clone-name.js';
import { type DeliverInput, deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { openMail } from '../open-mail.js';
import { paceOf } from '../pace.js';
import { fileJournals, watched } from '../run/send-notices.js';
import { giveBack, leaveToSend } from '../run/team-lease.js';
import type { Tools } from '../tools.js';
import { exclusively } from '../write.js';
import { FlushAccount, type Flushed } from './flush-account.js';
import { campaignObjection, gateOf } from './gate.js';
import {
  flushesFolder,
  originOf,
  outboxFolder,
  readOutbox,
  receiverOf,
  staysWords,
  type Waiting,
} from './waiting.js';

export interface FlushOptions {
  environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C: what is in flight is finished, nothing else begins. */
  signal: AbortSignal;
  progress(done: number, total: number): void;
}

/** So many messages and more are asked about. */
const askFrom = 3;

/**
 * Sends on by SMTP what waits in the outbox, each message at most once: an intent is on disk before it leaves, and what
 * has no outcome then is in doubt and never sent again by itself. Who must not be written to any more stays out. In a
 * team with a remote it sends only under the team's lease.
 * @throws ItacaError `invalid` where no mail server is named; `locked` where another process or clone sends
 */
export async function flushOutbox(options: FlushOptions, tools: Tools): Promise<Flushed> {
  const { smtp } = tools.workspace.config.mail ?? {};
  if (!smtp) {
    throw new ItacaError('invalid', 'itaca.yaml names no mail server to send to', {
      path: 'itaca.yaml',
      hint: 'set mail.smtp: {host, user, password_command}',
    });
  }
  const account = new FlushAccount();
  const groups = await groupsOf(account, tools);
  const count = groups.flat().length;
  if (tools.dryRun) for (const group of groups) await tryGroup(group, account, tools);
  else if (count > 0) {
    if (count >= askFrom) await tools.confirm(`Send ${count} messages by ${smtp.host}?`);
    await sendGroups(groups, account, options, tools);
  }
  return account.done;
}

/**
 * What there is to send; what stays is told of, and what left already is put aside.
 * @returns messages that leave as one: of one campaign, or one notice
 */
async function groupsOf(account: FlushAccount, { workspace, dryRun }: Tools): Promise<Waiting[][]> {
  const groups = new Map<string, { objection: string | undefined; messages: Waiting[] }>();
  const { messages, strange } = await readOutbox(workspace);
  for (const path of strange) account.leaveStrange(path);
  for (const message of messages) {
    const { state, stays, origin, path } = message;
    if (state === 'sent') {
      if (!dryRun) await passOn(outboxFolder(workspace), path);
      continue;
    }
    account.done.waiting++;
    if (stays !== undefined || origin === undefined) {
      account.leave(message, stays ?? 'stranger', staysWords[stays ?? 'stranger']);
      continue;
    }
    const { step, campaign } = origin;
    const objection = () => campaign && campaignObjection(campaign, workspace);
    const group = groups.get(step) ?? { objection: objection(), messages: [] };
    groups.set(step, group);
    if (group.objection === undefined) group.messages.push(message);
    else account.leave(message, 'held', group.objection);
  }
  return [...groups.values()].map((group) => group.messages).filter(({ length }) => length > 0);
}

/** What a flush would do with messages, by the journal and the gate as they stand. */
async function tryGroup(messages: readonly Waiting[], account: FlushAccount, tools: Tools): Promise<void> {
  const recipients = messages.map(recipientOf);
  const out = await gateOf(tools.workspace, firstOrigin(messages), recipients)(recipients);
  for (const message of messages) {
    const objection = out.get(receiverOf(originOf(message)));
    const isOver = message.state === 'unknown' || message.state === 'rejected';
    if (objection && !isOver) account.leave(message, objection.reason, objection.detail);
    else account.keep(message);
  }
}

async function sendGroups(
  groups: readonly Waiting[][],
  account: FlushAccount,
  options: FlushOptions,
  tools: Tools,
): Promise<void> {
  const { workspace } = tools;
  const { done } = account;
  // What a flush that was killed has sent must be on record before anybody else may send.
  await fileJournals(flushesFolder, 'outbox flush: what an earlier one sent', tools);
  const journal = await SendJournal.open({
    folder: join(workspace.root, flushesFolder),
    campaignId: flushesFolder,
    state: stateFolder(workspace.config.id, options.environment),
    clone: await cloneName(workspace),
    date: isoDate(tools.clock.now(), tools.clock.timeZone),
  });
  try {
    const how = { what: 'outbox flush', by: 'smtp' as const };
    const { team, hold } = await exclusively(tools, () => leaveToSend(tools, how));
    const did = { wrote: true, sent: false };
    try {
      if (hold) throw hold;
      did.sent = true;
      await deliverGroups(groups, journal, account, options, tools);
    } finally {
      await fileJournals(flushesFolder, `outbox flush: ${done.sent} sent`, tools);
      const failure = team && (await exclusively(tools, () => giveBack(team, did, tools)));
      if (failure) done.unpublished = failure.message;
    }
  } finally {
    await journal.close();
  }
}

async function deliverGroups(
  groups: readonly Waiting[][],
  journal: SendJournal,
  account: FlushAccount,
  options: FlushOptions,
  tools: Tools,
): Promise<void> {
  const { root, config } = tools.workspace;
  const mail = { ...config.mail, transport: 'smtp' as const };
  const opened = await openMail({ root, config: { ...config, mail } }, options.environment);
  const { transport, down } = watched(opened);
  const perMinute = throttleOf(tools.workspace);
  const clock = { now: () => performance.now(), sleep: pause };
  const pace = perMinute === undefined ? {} : { pace: paceOf(perMinute, clock) };
  // With the lease came what the team sent on meanwhile; the same message lies here, too, where the folder was copied.
  const { ledger } = await readJournals(join(root, flushesFolder));
  const total = groups.flat().length;
  let begun = 0;
  try {
    for (const messages of groups) {
      const stopped = options.signal.aborted ? 'the flush was stopped before this message left' : down();
      if (stopped === undefined) {
        await deliverGroup(messages, { journal, ledger, transport, ...pace }, account, tools, {
          ...options,
          progress: (done) => options.progress(begun + done, total),
        });
      } else for (const message of messages) account.keep(message, stopped);
      begun += messages.length;
    }
  } finally {
    await transport.close();
  }
}

async function deliverGroup(
  messages: readonly Waiting[],
  by: Pick<DeliverInput, 'pace'> & {
    journal: SendJournal;
    ledger: SendJournal['ledger'];
    transport: Transport;
  },
  account: FlushAccount,
  tools: Tools,
  { signal, progress }: FlushOptions,
): Promise<void> {
  const { workspace } = tools;
  const { journal, ledger, ...how } = by;
  const origin = firstOrigin(messages);
  const recipients = messages.map(recipientOf);
  const gate = gateOf(workspace, origin, recipients);
  const watch = origin.campaign && new PauseWatch(workspace, origin.campaign);
  const byAddress = new Map(messages.map((message) => [message.canonical, message]));
  const isSent = ({ canonical }: Waiting) =>
    [ledger, journal.ledger].some((one) => one.get(canonical, origin.step)?.state === 'sent');
  try {
    const result = await deliver({
      ...how,
      journal: {
        ledger,
        intend: (lines) => journal.intend(lines),
        conclude: (lines) => journal.conclude(lines),
      },
      recipients,
      step: origin.step,
      signal: watch ? AbortSignal.any([signal, watch.signal]) : signal,
      compose: ({ canonical }) => readAgain(byAddress.get(canonical) as Waiting, outboxFolder(workspace)),
      recheck: async (batch) => {
        await watch?.look(true);
        return gate(batch);
      },
      newToken: () => randomBytes(12).toString('hex'),
      now: () => nowIso(tools),
      onProgress: ({ sent, unknown, deferred, rejected, left_out }) =>
        progress(sent + unknown + deferred + rejected + left_out, messages.length),
    });
    account.settle(messages, result);
  } finally {
    for (const message of messages) if (isSent(message)) await passOn(outboxFolder(workspace), message.path);
  }
}

async function readAgain({ path, messageId, to }: Waiting, folder: string): Promise<OutgoingMessage> {
  const message = await readWaiting(folder, path);
  if (message?.messageId === messageId && message.envelope.to === to) return message;
  throw new ItacaError('conflict', `outbox/${path} was changed or taken away while it was sent on`, {
    hint: 'flush again',
  });
}

function firstOrigin([first]: readonly Waiting[]) {
  return originOf(first as Waiting);
}

function recipientOf(message: Waiting): Recipient {
  const { to: address, canonical } = message;
  const origin = originOf(message);
  return { contact: receiverOf(origin), ref: origin.ref, name: address, address, canonical, body: '*' };
}
