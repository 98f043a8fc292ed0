import * as z from 'zod';
import { duration, flag, listOf, number, text } from '../records/fields.js';

/** What becomes of a message on the server once it is on file. */
const after = z
  .string()
  .regex(/^(?:keep|seen|move:\S.*)$/, 'expected keep, seen, or move:Folder such as move:Archive');

/** A mailbox on a server. Its password, or token, lies elsewhere. */
const imap = z
  .looseObject({
    host: text,
    port: number
      .refine((port) => Number.isInteger(port) && port > 0 && port < 65_536, {
        error: 'expected a port, a whole number from 1 to 65535',
      })
      .optional(),
    /** TLS from the start. */
    secure: flag.optional(),
    user: text,
    /** `INBOX` where absent. */
    mailbox: listOf(text).optional(),
    password_command: text.optional(),
    /** Prints an access token (OAuth 2), used instead of a password. */
    token_command: text.optional(),
    after: after.optional(),
  })
  .refine((imap) => !['password', 'pass', 'token', 'access_token'].some((key) => key in imap), {
    message:
      'a password or token does not belong in a shared folder; use password_command, token_command or ITACA_IMAP_PASSWORD',
    path: ['password'],
  });

/** Where messages lie; each source has one of these. */
export const sourceKinds = ['imap', 'maildir', 'mbox', 'folder'] as const;

const source = z
  .looseObject({
    imap: imap.optional(),
    /** Paths: from the workspace, from the home folder (`~/`), or absolute. */
    maildir: text.optional(),
    mbox: text.optional(),
    folder: text.optional(),
    /** The firm's own address that it serves. */
    address: text.optional(),
    /** `email` where absent. */
    channel: text.optional(),
    /** Who answers what comes in there. */
    owner: text.optional(),
    office: text.optional(),
    /** A folder of sent mail: what lies there was written by the firm. */
    sent: flag.optional(),
  })
  .refine((source) => sourceKinds.filter((kind) => source[kind] !== undefined).length === 1, {
    error: `expected one of ${sourceKinds.join(', ')}: where its messages lie`,
  });

export type SourceSettings = z.infer<typeof source>;
export type ImapSettings = z.infer<typeof imap>;

/** `inbox` in `itaca.yaml`: where messages come from. */
export const inbox = z.looseObject({
  sources: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'expected a name of letters, digits, - and _, such as info'),
      source,
    )
    .optional(),
  bounces: z
    .looseObject({
      /** So many bounces that may pass, of different messages within this time, close an address. */
      soft: z
        .looseObject({
          count: number
            .refine((count) => Number.isInteger(count) && count > 0, {
              error: 'expected a whole number of bounces, 1 or more',
            })
            .optional(),
          within: duration.optional(),
        })
        .optional(),
    })
    .optional(),
});
