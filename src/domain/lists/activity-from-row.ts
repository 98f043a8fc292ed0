import { foldText } from '../contacts/person-name.js';
import type { Channel } from '../interactions/channels.js';
import { contactFromRow, type RowContact } from './contact-from-row.js';
import type { ListContext } from './list-context.js';
import { Row, type Slots } from './row.js';
import { identifiersOf } from './row-values.js';
import type { Slot, TargetField } from './target.js';

/** One row of a list of activities: something that was done with somebody. */
export interface RowActivity {
  /** Front matter, without contact, company and deal. */
  interaction: Record<string, unknown>;
  /** Whom it was with. */
  person?: RowContact;
  company?: string;
  /** The title of the deal it was about. */
  deal?: string;
  note?: string;
  key: string;
  problems: string[];
}

const channelOf: Readonly<Record<string, Channel>> = {
  call: 'phone',
  telephone: 'phone',
  chiamata: 'phone',
  email: 'email',
  'e mail': 'email',
  meeting: 'meeting',
  incontro: 'meeting',
  riunione: 'meeting',
  lunch: 'meeting',
  pranzo: 'meeting',
  visit: 'visit',
  letter: 'letter',
  fax: 'fax',
  chat: 'chat',
};

const aboutPerson = new Set<TargetField>(['full_name', 'email', 'company']);

/** One row as an interaction, or why there is none: what is not done yet did not pass between anybody. */
export function activityFromRow(
  row: Row,
  context: ListContext,
  instant: (text: string) => string | undefined,
): RowActivity | { refused: string } {
  const done = row.one('done');
  if (done !== undefined && !/^(?:done|erledigt|fatt[oa]|completat[oa]|1|true|yes|si|sì|ja)$/i.test(done))
    return {
      refused: `the activity is not done (${JSON.stringify(done.slice(0, 40))}): it is a plan, no interaction`,
    };
  const at = instant([row.one('at'), row.one('time')].filter(Boolean).join(' '));
  if (at === undefined) return { refused: 'the row has no date that can be read' };
  const subject = row.one('subject');
  const type = row.one('type') ?? '';
  const identifiers = identifiersOf(row);
  const owner = row.one('owner');
  const by = owner === undefined ? undefined : context.memberOf?.(owner);
  const custom = new Map(
    [...(row.slots.get('custom') ?? []), ...(by === undefined ? (row.slots.get('owner') ?? []) : [])].flatMap(
      ({ column }): [string, string][] =>
        row.cells[column] ? [[context.header[column] ?? '', row.cells[column]!]] : [],
    ),
  );
  const channel = channelOf[foldText(type)];
  if (channel === undefined && type !== '') custom.set('type', type);
  const people: Slots = new Map(
    [...row.slots].filter(([field]) => aboutPerson.has(field)) as [TargetField, readonly Slot[]][],
  );
  const { company, deal } = { company: row.one('company'), deal: row.one('deal') };
  const person = contactFromRow(new Row(row.cells, people), context);
  const note = row.one('notes');
  const [id] = Object.entries(identifiers);
  return {
    interaction: {
      at,
      channel: channel ?? 'note',
      by,
      subject,
      outcome: channel === undefined || done === undefined ? undefined : 'held',
      identifiers: id ? identifiers : undefined,
      custom: custom.size > 0 ? Object.fromEntries(custom) : undefined,
    },
    ...('refused' in person ? {} : { person }),
    ...(company === undefined ? {} : { company }),
    ...(deal === undefined ? {} : { deal }),
    ...(note === undefined ? {} : { note }),
    key: id ? `id:${id.join(':')}` : `activity:${row.cells.map((cell) => foldText(cell)).join('|')}`,
    problems: 'refused' in person ? [] : person.problems,
  };
}
