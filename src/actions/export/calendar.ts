import { birthdayTimes } from '../../domain/calendars/birthday-event.js';
import { type IcsEvent, writeIcs } from '../../domain/calendars/ics-writer.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import type { Workspace } from '../../workspace/workspace.js';
import { dueEvents } from '../due-calendar.js';
import { listDue } from '../list-due.js';
import { nameOf } from '../names.js';
import { recordPages } from './record-pages.js';

const minuteMs = 60_000;

/** A calendar file, and how many events of each sort are in it. */
export interface Calendar {
  text: string;
  counts: { records: number; birthdays: number; meetings: number; due: number };
}

/** Birthdays, meetings, visits, and what is due. */
export async function houseCalendar(workspace: Workspace): Promise<Calendar> {
  const birthdays = await birthdayEvents(workspace);
  const meetings = await meetingEvents(workspace);
  const due = dueEvents(await listDue(workspace, {}), workspace);
  const events = [...birthdays, ...meetings, ...due];
  return {
    text: writeIcs(events, workspace.clock.now()),
    counts: {
      records: events.length,
      birthdays: birthdays.length,
      meetings: meetings.length,
      due: due.length,
    },
  };
}

async function birthdayEvents(workspace: Workspace): Promise<IcsEvent[]> {
  const people = recordPages(await workspace.index(), {
    sql: `r.survivor is null and r.kind = 'contact' and json_extract(r.data, '$.birthday') is not null`,
    params: [],
  });
  return [...people].flatMap(({ id, ref, title, data }): IcsEvent[] => {
    const times = birthdayTimes(String(data.birthday));
    if (times === undefined) return [];
    const uid = `birthday-${id}@${workspace.config.id}.itaca`;
    return [{ uid, ...times, summary: `birthday: ${title}`, description: `itaca show ${ref}` }];
  });
}

async function meetingEvents(workspace: Workspace): Promise<IcsEvent[]> {
  const index = await workspace.index();
  const met = recordPages(index, {
    sql: `r.kind = 'interaction' and json_extract(r.data, '$.channel') in ('meeting', 'visit')`,
    params: [],
  });
  return [...met].flatMap(({ id, ref, data }): IcsEvent[] => {
    const { at, ended_at, minutes, channel, subject, contacts = [], by } = data as unknown as Interaction;
    const start = Date.parse(at);
    if (Number.isNaN(start)) return [];
    const ended = ended_at === undefined ? start + (minutes ?? 0) * minuteMs : Date.parse(ended_at);
    const who = [contacts].flat().map((contact) => nameOf(contact, index));
    return [
      {
        uid: `${channel}-${id}@${workspace.config.id}.itaca`,
        start,
        ...(ended > start ? { end: ended } : {}),
        summary: [`${channel}: ${subject ?? ''}`.replace(/: $/, ''), who.join(', ')]
          .filter(Boolean)
          .join(', '),
        description: [`by: ${by ?? '–'}`, `itaca show ${ref}`].join('\n'),
      },
    ];
  });
}
