import type { Case } from '../../domain/cases/case.js';
import type { Dossier, DossierEntry } from '../../domain/cases/dossier.js';
import { historyOf } from '../../domain/cases/history-of.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { nameOf } from '../names.js';
import { type CaseView, viewCase } from './case-view.js';

/** Everything on file about a case, in the order of time. */
export async function dossierOf(which: string, workspace: Workspace): Promise<Dossier> {
  const index = await workspace.index();
  const view = await viewCase(which, workspace);
  const { kase, merged } = view;
  const cases = [kase as unknown as StoredRecord, ...merged];
  const states = new Map(view.promises.map(({ promise, state }) => [promise.id, state]));
  const entries = [
    ...cases.flatMap((one) => [openingOf(one), ...movesOf(one)]),
    ...view.timeline.filter(({ kind }) => kind !== 'case').map((record) => entryOf(record, states)),
  ];
  // What happened at one moment stays in the order of the records; what says no time comes first.
  const time = ({ at }: DossierEntry) => Date.parse(at) || 0;
  entries.sort((a, b) => time(a) - time(b));
  return { title: kase.data.title, ref: kase.ref, facts: factsOf(view, index, workspace), entries };
}

function factsOf(
  { kase, clocks, level, promises }: CaseView,
  index: Index,
  workspace: Workspace,
): [string, string][] {
  const { data } = kase;
  const { now, timeZone } = workspace.clock;
  const facts: [string, string | undefined][] = [
    ['state', data.state],
    ['type', data.type],
    ['customer', nameOf(data.contact ?? data.company, index) ?? undefined],
    ['owner', data.owner],
    ['office', data.office],
    ['opened', data.opened_at],
    ['order', data.order],
    ['agreement', data.agreement],
    ['level', level > 0 ? String(level) : undefined],
    ['cause', data.cause],
    ['remedy', data.remedy?.what],
    ['confirmed by the customer', data.confirmed_by_customer],
    ['corrective action', data.corrective_action],
    ...clocks.map((clock): [string, string] => [
      clock.clock.replaceAll('_', ' '),
      `${clock.state}; due ${clock.due_at}${clock.ended_at ? `, done ${clock.ended_at}` : ''}`,
    ]),
    ['promises broken', String(promises.filter(({ state }) => state === 'broken').length || '')],
    ['as of', new Date(now()).toLocaleString('sv-SE', { timeZone })],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

function openingOf({ data, ref, note }: StoredRecord): DossierEntry {
  return {
    at: String(data.opened_at ?? ''),
    what: `case opened${data.channel ? ` (${String(data.channel)})` : ''}: ${String(data.title)}`,
    by: '',
    text: note,
    attachments: attachmentsOf(data),
    ref,
  };
}

function movesOf({ data, ref }: StoredRecord): DossierEntry[] {
  const history = historyOf(data as Case) as unknown as Record<string, string>[];
  return history.flatMap(
    ({ at, by, to, owner, office, asked, activity, level, why }, position): DossierEntry[] => {
      if (at === undefined || (position === 0 && to === 'new')) return [];
      const what = to
        ? `moved to ${to}${asked ? `, ${asked} was asked` : ''}`
        : activity === 'escalate'
          ? `raised to level ${level}`
          : activity === 'accept'
            ? 'accepted'
            : owner || office
              ? `handed to ${owner ?? office}`
              : (activity ?? 'noted');
      return [{ at, what, by: by ?? '', text: why ?? '', attachments: [], ref }];
    },
  );
}

function entryOf(record: StoredRecord, states: ReadonlyMap<string, string>): DossierEntry {
  const { kind, data, ref, title, note, id } = record;
  const at = String(data.at ?? data.made_at ?? data.placed_at ?? data.signed_at ?? data.opened_at ?? '');
  const shared = { at, by: String(data.by ?? ''), attachments: attachmentsOf(data), ref };
  if (kind === 'promise') {
    const due = data.due ? `, due ${String(data.due)}` : '';
    return { ...shared, what: `promised: ${title}${due} (${states.get(id) ?? ''})`, text: note };
  }
  const from = { inbound: ' from the customer', outbound: ' to the customer' }[String(data.direction)] ?? '';
  const outcome = data.outcome ? `, ${String(data.outcome)}` : '';
  const what =
    kind === 'interaction'
      ? `${String(data.channel)}${from}${outcome}${data.subject ? `: ${String(data.subject)}` : ''}`
      : `${kind}: ${title}`;
  return { ...shared, what, text: note };
}

function attachmentsOf(data: Record<string, unknown>): DossierEntry['attachments'] {
  const list = Array.isArray(data.attachments) ? (data.attachments as Record<string, string>[]) : [];
  return list.map(({ path, sha256 }) => ({ path: path ?? '', sha256: sha256 ?? null }));
}
