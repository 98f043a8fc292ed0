import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Workspace } from '../../workspace/workspace.js';
import { planCampaign } from './plan-campaign.js';
import { recheckOf } from './recheck.js';

let root: string;
let workspace: Workspace;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const contact = (id: string, ...lines: string[]) =>
  write(
    `contacts/mario-${id}.md`,
    `---\nname: Mario ${id}\n${lines.map((line) => `${line}\n`).join('')}---\n`,
  );

const [first, second, third] = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'itaca-recheck-'));
  write('itaca.yaml', 'version: 1\nid: w\nname: W\ntimezone: UTC\npurposes:\n  service: {basis: contract}\n');
  contact(first, 'emails: [a@example.it]', 'tags: [vip]');
  contact(second, 'emails: [b@example.it]', 'tags: [vip]');
  contact(third, 'emails: [c@example.it]');
  write(
    'campaigns/news-dddddddddd/campaign.md',
    '---\ntitle: News\npurpose: service\naudience: +vip\nsubject: Hello\nstate: draft\n---\n',
  );
  write('campaigns/news-dddddddddd/body.md', 'Hello');
  workspace = await Workspace.open(root, {
    now: () => Date.parse('2026-11-20T10:00:00Z'),
    me: () => undefined,
  });
});

afterEach(() => {
  workspace.close();
  rmSync(root, { recursive: true, force: true });
});

/** Merges one contact into another, as another process does while a send runs. */
function merge(id: string, into: string): void {
  const path = `contacts/mario-${id}.md`;
  write(path, readFileSync(join(root, path), 'utf8').replace('\n---', `\nmerged_into: mario-${into}\n---`));
}

describe('what is looked at again as a batch leaves', () => {
  it('takes out one who was merged into another recipient, and only him', async () => {
    const plan = await planCampaign(workspace, 'News');
    expect(plan.plan.recipients.map(({ contact }) => contact)).toEqual([first, second]);
    const recheck = recheckOf(workspace, plan);
    expect([...(await recheck(plan.plan.recipients))]).toEqual([]);
    merge(second as string, first as string);
    expect([...(await recheck(plan.plan.recipients))]).toEqual([
      [second, { reason: 'same_person', detail: `was merged into mario-${first}` }],
    ]);
  });

  it('lets one who was merged into somebody else be judged by that one, under his own name', async () => {
    const plan = await planCampaign(workspace, 'News');
    const recheck = recheckOf(workspace, plan);
    merge(second as string, third as string);
    expect([...(await recheck(plan.plan.recipients))]).toEqual([]);
    write(
      'suppressions/c-eeeeeeeeee.md',
      '---\naddress: c@example.it\nscope: all\nreason: unsubscribed\n---\n',
    );
    // A look comes only so long after the one before it, by how long that took.
    await vi.waitFor(async () =>
      expect([...(await recheck(plan.plan.recipients))]).toMatchObject([[second, { reason: 'suppressed' }]]),
    );
  });
});
