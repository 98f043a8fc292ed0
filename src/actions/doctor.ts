import { findRepository } from '../git/repository.js';
import type { Check, Finding } from './doctor/finding.js';
import { checkGit } from './doctor/git-checks.js';
import { checkLayout } from './doctor/layout-check.js';
import { checkLeftovers } from './doctor/leftover-checks.js';
import {
  checkDisk,
  checkIndex,
  checkNode,
  checkPermissions,
  checkSettings,
} from './doctor/machine-checks.js';
import type { Tools } from './tools.js';

export interface DoctorOptions {
  root: string;
  nodeVersion: string;
  /** Mends what can be mended. */
  fix: boolean;
  /** Asked for only where mending writes records: a workspace that cannot be opened is examined, too. */
  tools: () => Promise<Tools>;
}

/** Examines what the workspace stands on: program, git, index, folder, disk. Reads no record. */
export async function doctor({ root, nodeVersion, fix, tools }: DoctorOptions): Promise<Finding[]> {
  const repository = await findRepository(root);
  const checks: Check[] = [
    checkNode(nodeVersion),
    ...(await checkGit(root, repository)),
    checkSettings(root),
    // Before what needs the index.
    checkIndex(root),
    ...(await checkLeftovers(root, repository, tools)),
    checkLayout(root, repository, tools),
    checkPermissions(root),
    checkDisk(root),
  ];
  const canWrite = !checks.some(({ check, state }) => check === 'settings' && state === 'fail');
  const findings: Finding[] = [];
  for (const { mend, ...finding } of checks) {
    const writes = finding.check === 'layout' || finding.check === 'bulk writes';
    if (fix && mend && (canWrite || !writes))
      findings.push({ check: finding.check, state: 'ok', message: await mend(), fix: null });
    else findings.push(finding);
  }
  return findings;
}
