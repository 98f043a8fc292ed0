/** A message, or a letter that was scanned, as it lies in a source. */
export interface Arrival {
  /**
   * What identifies it in its source for good: never given to anything else, also where the source is changed behind
   * our back. `INBOX/1700000000/4711` (mailbox, UIDVALIDITY, UID); a Maildir's unique name without flags;
   * `12345/678/0f3a…` of an mbox (where it begins, its length, what it begins with); `scans/fax.pdf/678/1700000000000`
   * of a folder (name, size, time of change), so that a scanner may use one name again and again.
   */
  place: string;
  /** For people: the file as it was named, `info:INBOX/4711` of a server. Several messages of an mbox have one file. */
  file: string;
  /**
   * When it reached the source, milliseconds since 1970: INTERNALDATE, a Maildir's delivery, the mbox's From line (taken
   * for UTC where it names no zone), the time of change of a file; undefined where nothing tells.
   */
  receivedAt?: number;
  /** As the source says, in bytes, before it is read. `read` tells the truth. */
  size: number;
  /** Whether it is a message (RFC 5322); else it is a file of another kind, such as a letter that was scanned. */
  isMail: boolean;
  /**
   * Its bytes as they lie there; of an mbox without the From line and with its escapes undone. At once, or after a
   * download where it is large: keep few of them at a time.
   * @returns undefined where it has vanished since it was listed
   * @throws ItacaError where the source cannot be read any more
   */
  read(): Promise<Buffer | undefined>;
}

/** What a pull may ask of the one who files. */
export interface PullOptions {
  /**
   * Whether a message is on file already though its place is new, as after a mailbox was renumbered; asked only where
   * the source can tell without a download. Whoever answers yes notes that the place is known from now on.
   * @param messageId in angle brackets
   */
  isHad?(place: string, messageId: string, size: number): boolean;
}

/** Where messages come from. Nothing is ever removed from one or marked in one, but by `done` where the settings say so. */
export interface Source {
  /** For people: the path as it was named, or `info` of the settings. */
  readonly label: string;
  /** What is there and not known yet, oldest first. May be left at any time, and asked for anew. */
  arrivals(isKnown: (place: string) => boolean, options?: PullOptions): AsyncIterable<Arrival>;
  /** All places that the source holds now, read without their messages. */
  places(): AsyncIterable<string>;
  /** These are on file, for good: now the source may mark or move them, where the settings say so. */
  done(places: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What a source has to say beside its messages; nothing of it ends a pull. */
export type Tell = (note: { place?: string; message: string }) => void;
