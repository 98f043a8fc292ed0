import type { Process } from '../cases/process.js';
import type { Kind } from '../records/kind-names.js';

/** Something wrong in a file: where, as keys and list positions from the top, and what. */
export interface Fault {
  at: (string | number)[];
  message: string;
  hint?: string;
}

/** What a record is judged against, beside itself. */
export interface Surroundings {
  /** The members that `itaca.yaml` lists; empty where it lists none, and then any name will do. */
  members: ReadonlySet<string>;
  offices: ReadonlySet<string>;
  purposes: ReadonlySet<string>;
  /** The stages that a deal may stand in. */
  stages: ReadonlySet<string>;
  /** The process of a type of case; undefined where it has none or a broken one. */
  process(type: string): Process | undefined;
  /** What is wrong with a query; undefined where nothing is. */
  queryFault(query: string): string | undefined;
}

/** A record as the rules see it. */
export interface Judged {
  kind: Kind;
  id: string;
  data: Record<string, unknown>;
}
