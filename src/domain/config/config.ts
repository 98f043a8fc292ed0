import * as z from 'zod';
import { bases } from '../consent/bases.js';
import { dealSettings } from '../deals/settings.js';
import { country, duration, flag, language, listOf, number, text } from '../records/fields.js';
import { isTimeZone } from '../time/clock.js';
import { inbox } from './inbox.js';
import { connections, throttle } from './throttle.js';

const member = z.looseObject({
  name: text.optional(),
  emails: listOf(text).optional(),
  office: text.optional(),
  role: text.optional(),
  reports_to: text.optional(),
});

/** The signature of the sender's domain (RFC 6376). Its key lies elsewhere. */
const dkim = z
  .looseObject({
    domain: text,
    selector: z
      .string()
      .regex(
        /^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$/,
        'expected a selector such as itaca2026: the name before ._domainkey',
      ),
    /** Relative to the workspace, to the home folder (`~/`), or absolute. */
    key_file: text.optional(),
    key_command: text.optional(),
  })
  .refine((dkim) => !('key' in dkim || 'private_key' in dkim), {
    message: 'a private key does not belong in a shared folder; use key_file, key_command or ITACA_DKIM_KEY',
    path: ['key'],
  });

const mail = z.looseObject({
  transport: z.enum(['outbox', 'smtp', 'eml']).optional(),
  smtp: z
    .looseObject({
      host: text,
      port: number.optional(),
      secure: flag.optional(),
      user: text.optional(),
      password_command: text.optional(),
      connections: connections.optional(),
    })
    .refine((smtp) => !('password' in smtp), {
      message: 'a password does not belong in a shared folder; use password_command or ITACA_SMTP_PASSWORD',
      path: ['password'],
    })
    .optional(),
  from: text.optional(),
  reply_to: text.optional(),
  postal_address: text.optional(),
  bounce_address: text.optional(),
  complaint_address: text.optional(),
  throttle: throttle.optional(),
  unsubscribe: z.looseObject({ mailto: text.optional(), url: text.optional() }).optional(),
  /** Links by which clicks are known, for those who gave their consent to `tracking`. Off where absent. */
  tracking: z
    .looseObject({
      url: text.refine((url) => /^https?:\/\/[^/]/i.test(url) && URL.canParse(url), {
        error: 'expected the address of the redirector, such as https://go.example.org/r',
      }),
      key_command: text.optional(),
      pixel: flag.optional(),
    })
    .refine((tracking) => !('key' in tracking) && !('secret' in tracking), {
      error: 'a key does not belong in a shared folder; use key_command or ITACA_LINK_KEY',
    })
    .optional(),
  dkim: dkim.optional(),
});

const wholeNumber = number.refine((value) => Number.isInteger(value) && value >= 0, {
  error: 'expected a whole number, 0 or more',
});

/** Who must agree before a campaign is sent: nobody, another member, or one of another office. */
const approval = z.union(
  [
    z.enum(['none', 'four_eyes', 'other_office']),
    z.strictObject({
      rule: z.enum(['none', 'four_eyes', 'other_office']),
      /** Purposes that it holds for; absent means all. */
      purposes: listOf(text).optional(),
      /** It holds for campaigns to more people than that. */
      above: wholeNumber.optional(),
    }),
  ],
  {
    error:
      'expected none, four_eyes or other_office; or a map of rule: (one of these), purposes: (a list) and above: (a number of people)',
  },
);

/** The version of the folder format that this program reads and writes. */
const formatVersion = 1;

/** `itaca.yaml`, the settings of a workspace. */
export const config = z.looseObject({
  version: number.refine((version) => version <= formatVersion, {
    error: 'this workspace was written by a newer Itaca; update the program',
  }),
  id: text,
  salt: text.optional(),
  name: text.optional(),
  timezone: text.refine(isTimeZone, { error: 'expected an IANA time zone such as Europe/Rome' }).optional(),
  country: country.optional(),
  languages: listOf(language).optional(),
  layout: z.enum(['flat', 'sharded']).optional(),
  commit: z.enum(['auto', 'manual']).optional(),
  members: z.record(z.string(), member).optional(),
  offices: z.record(z.string(), z.looseObject({})).optional(),
  channels: z.record(z.string(), z.looseObject({})).optional(),
  sources: z.unknown().optional(),
  mail: mail.optional(),
  inbox: inbox.optional(),
  purposes: z.record(z.string(), z.looseObject({ basis: z.enum(bases) })).optional(),
  limits: z
    .looseObject({
      frequency: z.looseObject({ messages: number, within: duration }).optional(),
    })
    .optional(),
  approval: approval.optional(),
  deals: dealSettings.optional(),
});

export type Config = z.infer<typeof config>;
