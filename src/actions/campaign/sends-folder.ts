import { dirname, join } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';

/** The folder of a campaign's plan and journals, absolute. */
export function sendsFolder(workspace: Workspace, campaign: StoredRecord<Campaign>): string {
  return join(workspace.root, dirname(campaign.path), 'sends');
}
