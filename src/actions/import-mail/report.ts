/** Why a message of an archive is not put on file. */
export type LeftReason = 'unreadable' | 'undated' | 'machine' | 'stranger' | 'nobody_on_file' | 'not_certain';

/** In the keys of `--json`. rows = created + updated + unchanged + refused. */
export interface ImportMailReport {
  format: 'mbox';
  /** Messages. */
  rows: number;
  created: number;
  /** Always none: what was said does not change. */
  updated: number;
  unchanged: number;
  refused: number;
  refused_by: Partial<Record<LeftReason, number>>;
  /** Who wrote, or was written to, most often and is nobody on file: once he is, another import brings what he said. */
  strangers: { address: string; messages: number }[];
  /** Addresses that asked for no more messages, and are written to no more. */
  suppressed: number;
  /** Files that came with the messages, and were kept. */
  files: number;
  /** The first hundred; `line` counts the messages of the file from 1. */
  errors: { path: string; line: number; message: string }[];
}

const listed = 100;
const mostStrangers = 20;

/** Counts what becomes of the messages. */
export class MailTally {
  readonly report: ImportMailReport = {
    format: 'mbox',
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    refused_by: {},
    strangers: [],
    suppressed: 0,
    files: 0,
    errors: [],
  };
  readonly #strangers = new Map<string, number>();

  refuse(reason: LeftReason, where: { path: string; line: number }, message: string): void {
    const { report } = this;
    report.refused++;
    report.refused_by[reason] = (report.refused_by[reason] ?? 0) + 1;
    if (report.errors.length < listed) report.errors.push({ ...where, message });
  }

  stranger(address: string): void {
    this.#strangers.set(address, (this.#strangers.get(address) ?? 0) + 1);
  }

  /** The report, with the strangers who are met most often. */
  done(): ImportMailReport {
    this.report.strangers = [...this.#strangers]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, mostStrangers)
      .map(([address, messages]) => ({ address, messages }));
    return this.report;
  }
}
