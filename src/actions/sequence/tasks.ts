import { machine } from '../../domain/cases/raise.js';
import { inLanguage, languageOfWording } from '../../domain/cases/wording.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { ItacaError } from '../../domain/error.js';
import { taskDue } from '../../domain/sequences/next-step.js';
import type { Sequence, Step } from '../../domain/sequences/sequence.js';
import { isoDate } from '../../domain/time/clock.js';
import { localeFor } from '../../mail/local-values.js';
import { fillNotice } from '../../mail/notice.js';
import { sequencePath } from '../../workspace/config/sequences.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type Created, newRecord, nowIso } from '../new-record.js';
import { whyOf } from '../run/ready-notices.js';
import type { Tools } from '../tools.js';
import { stepBodies } from './as-campaign.js';
import type { Books } from './books.js';
import { type Follower, taskId } from './followers.js';
import { meaningOf, objectionsTo } from './gate.js';
import type { OpenSequence } from './open-sequence.js';
import type { SequenceOutcome } from './outcome.js';
import { refusal, stopOf } from './stop.js';

/**
 * Makes calls and letters whose time has come somebody's task: a promise, due by the step's `within`. Its id derives from
 * sequence, step and person, so that every clone makes the same one.
 * @param books gets a stop for whoever said no
 */
export async function makeTasks(
  books: Books,
  tools: Tools,
): Promise<{ changes: Created[]; outcomes: SequenceOutcome[] }> {
  const { open, followers, drafts } = books;
  const { sequence } = open;
  const changes: Created[] = [];
  const outcomes: SequenceOutcome[] = [];
  if (sequence.paused) return { changes, outcomes };
  for (const step of sequence.steps) {
    if (step.channel === 'email') continue;
    const due = followers.filter(
      ({ next }) => next?.step === step && (next.due ?? Infinity) <= tools.clock.now(),
    );
    if (due.length === 0) continue;
    const contacts = due.flatMap(({ contact }) => contact ?? []);
    const objections = new Map(
      (await objectionsTo(sequence, step, contacts, tools.workspace)).map((one) => [one.contact, one]),
    );
    for (const follower of due) {
      const contact = follower.contact as StoredRecord;
      const tell = (state: SequenceOutcome['state'], why?: string) =>
        outcomes.push({
          sequence: sequence.name,
          step: step.id,
          channel: step.channel,
          to: contact.ref,
          state,
          ...(why === undefined ? {} : { why }),
        });
      const objection = objections.get(contact.id);
      if (objection && meaningOf(objection) === 'unsubscribe') {
        const stop = await refusal(follower, 'unsubscribe', objection.detail, tools);
        drafts.push(stopOf(follower, stop, machine));
      } else if (objection) tell('left_out', objection.detail);
      else {
        try {
          const task = await taskFor(follower, step, open, tools);
          changes.push(task);
          tell('task', `${String(task.data.what)}, due ${String(task.data.due)}`);
        } catch (error) {
          if (!(error instanceof ItacaError)) throw error;
          tell('waiting', whyOf(error));
        }
      }
    }
  }
  return { changes, outcomes };
}

async function taskFor(
  { contact, enrolment }: Follower,
  step: Step,
  { sequence, clock }: OpenSequence,
  tools: Tools,
): Promise<Created> {
  const { workspace } = tools;
  const person = contact as StoredRecord as unknown as StoredRecord<Contact>;
  const { id, ref, data } = person;
  const { subject, text } = await wordsFor(sequence, step, person, workspace);
  const address = step.channel === 'letter' ? postalAddress(data) : undefined;
  const due = taskDue(sequence, step, tools.clock.now(), clock);
  const { members = {} } = workspace.config;
  return newRecord(
    'promise',
    {
      what: `${step.channel === 'phone' ? 'call' : 'write to'} ${data.name}: ${subject}`,
      to: ref,
      by: step.by ?? data.owner ?? (enrolment.by in members ? enrolment.by : undefined),
      due: isoDate(due, tools.clock.timeZone),
      made_at: nowIso(tools),
    },
    {
      title: `${sequence.name} ${step.id}`,
      id: taskId(workspace.config.id, sequence.name, step.id, id),
      note: [address, text].filter(Boolean).join('\n\n'),
    },
    tools,
  );
}

/**
 * What a call or a letter says to a person, in his language.
 * @throws ItacaError `invalid` for a broken template; `refused` for a tag without value or default
 */
export async function wordsFor(
  { name, title }: Pick<Sequence, 'name' | 'title'>,
  step: Step,
  { id, ref, data }: StoredRecord<Contact>,
  workspace: Workspace,
): Promise<{ subject: string; text: string }> {
  const { root, config } = workspace;
  const languages = [
    ...(data.language === undefined ? [] : [data.language]),
    '*',
    ...(config.languages ?? []),
  ];
  const bodies = stepBodies(root, { name }, step);
  const byLanguage = Object.fromEntries([...bodies].map(([language, { text }]) => [language, text]));
  const words = {
    subject: inLanguage(step.subject, languages),
    text: inLanguage(byLanguage, languages),
  };
  const chosen = languageOfWording(byLanguage, languages);
  const text = chosen === undefined || chosen === '*' ? (config.languages?.[0] ?? 'en') : chosen;
  const values = {
    locale: localeFor(data, text, workspace.clock.timeZone),
    contact: { ...data, id, ref },
    sender: { name: config.name ?? '', postal_address: config.mail?.postal_address ?? '' },
    campaign: { title },
  };
  return fillNotice(words, values, `${sequencePath(name)}#${step.id}`);
}

/**
 * Where a letter goes, in lines.
 * @throws ItacaError `refused` where no postal address is on file
 */
function postalAddress({ name, addresses = [] }: Contact): string {
  const [address] = addresses;
  if (!address) throw new ItacaError('refused', `${name} has no postal address on file`);
  const { street, postal_code, locality, region, country } = address;
  const place = [postal_code, locality, region].filter(Boolean).join(' ');
  return [name, street, place, country].filter(Boolean).join('  \n');
}
