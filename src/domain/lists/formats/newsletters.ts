import type { ListFormat } from './format.js';

const mailchimpMember = {
  email: 'Email Address',
  identifiers: 'EUID',
};
const mailchimpPerson = {
  given_name: 'First Name',
  family_name: 'Last Name',
  formatted: 'Address',
  phone: 'Phone Number',
  birthday: 'Birthday',
};
const optIn = 'OPTIN_TIME | OPTIN_IP | CONFIRM_TIME | CONFIRM_IP';
const mailchimpAside =
  'MEMBER_RATING | LATITUDE | LONGITUDE | GMTOFF | DSTOFF | TIMEZONE | LAST_CHANGED | LEID';

/** What services that send newsletters export. An opt-in among them is a claim, and kept as `custom`. */
export const newsletters: readonly ListFormat[] = [
  {
    id: 'mailchimp-subscribed',
    object: 'contact',
    system: 'mailchimp',
    signature: 'Email Address | MEMBER_RATING | LEID | EUID',
    columns: {
      ...mailchimpMember,
      ...mailchimpPerson,
      notes: 'NOTES',
      tags: 'TAGS',
      custom: `${optIn} | CC | REGION`,
      '-': mailchimpAside,
    },
  },
  {
    id: 'mailchimp-unsubscribed',
    object: 'suppression',
    system: 'mailchimp',
    reason: 'unsubscribed',
    timeZone: 'UTC',
    signature: 'Email Address | UNSUB_TIME | UNSUB_REASON',
    columns: {
      ...mailchimpMember,
      at: 'UNSUB_TIME',
      notes: 'UNSUB_REASON | UNSUB_REASON_OTHER | UNSUB_CAMPAIGN_TITLE',
      '-': `First Name | Last Name | Address | Phone Number | Birthday | ${optIn} | CC | REGION | NOTES | TAGS |
        UNSUB_CAMPAIGN_ID | ${mailchimpAside}`,
    },
  },
  {
    id: 'mailchimp-cleaned',
    object: 'suppression',
    system: 'mailchimp',
    reason: 'hard_bounce',
    timeZone: 'UTC',
    signature: 'Email Address | CLEAN_TIME',
    columns: {
      ...mailchimpMember,
      at: 'CLEAN_TIME',
      notes: 'CLEAN_CAMPAIGN_TITLE',
      '-': `First Name | Last Name | Address | Phone Number | Birthday | ${optIn} | CC | REGION | NOTES | TAGS |
        CLEAN_CAMPAIGN_ID | ${mailchimpAside}`,
    },
  },
  {
    id: 'brevo',
    object: 'contact',
    dates: 'day-first',
    signature: 'EMAIL | EMAIL_BLACKLISTED',
    columns: {
      email: 'EMAIL',
      family_name: 'LASTNAME',
      given_name: 'FIRSTNAME',
      mobile: 'SMS',
      opted_out: 'EMAIL_BLACKLISTED',
      date: 'ADDED_TIME',
      custom: 'SMS_BLACKLISTED',
      '-': 'MODIFIED_TIME',
    },
  },
  {
    id: 'activecampaign',
    object: 'contact',
    signature: 'Email | Date Created | Status',
    columns: {
      email: 'Email',
      given_name: 'First Name',
      family_name: 'Last Name',
      phone: 'Phone',
      tags: 'Tags',
      status: 'Status',
      custom: 'Date Created | IP',
    },
  },
  {
    id: 'kit',
    object: 'contact',
    signature: 'first_name | email | status',
    columns: { given_name: 'first_name', email: 'email', status: 'status', custom: 'created_at' },
  },
  {
    id: 'mailup-unsubscribed',
    object: 'suppression',
    reason: 'unsubscribed',
    signature: 'OptOut_Date | optout_type',
    columns: {
      email: 'E-mail address',
      at: 'OptOut_Date',
      notes: 'optout_type | optout_subtype',
      '-': 'Phone Number | idList | optout_nl',
    },
  },
  {
    id: 'listmonk-export',
    object: 'contact',
    system: 'listmonk',
    signature: 'uuid | attributes | status',
    columns: {
      identifiers: 'uuid',
      email: 'email',
      name: 'name',
      attributes: 'attributes',
      status: 'status',
      custom: 'created_at',
      '-': 'updated_at',
    },
  },
  {
    id: 'keila',
    object: 'contact',
    system: 'keila',
    signature: 'Email | First name | External ID',
    columns: {
      identifiers: 'External ID',
      email: 'Email',
      given_name: 'First name',
      family_name: 'Last name',
      attributes: 'Data',
      status: 'Status',
    },
  },
  {
    id: 'mautic',
    object: 'contact',
    signature: 'firstname | lastname | email | points',
    columns: {
      given_name: 'firstname',
      family_name: 'lastname',
      email: 'email',
      phone: 'phone',
      company: 'company',
      street: 'address1',
      locality: 'city',
      region: 'state',
      postal_code: 'zipcode',
      country: 'country',
      url: 'website',
      custom: 'title | facebook | twitter | ip | points',
    },
  },
];
