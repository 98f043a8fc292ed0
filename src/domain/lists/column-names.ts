/** What a column of a list of people can hold. */
const fields = [
  'email',
  'phone',
  'mobile',
  'fax',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'honorific',
  'company',
  'title',
  'department',
  'street',
  'locality',
  'region',
  'postal_code',
  'country',
  'language',
  'birthday',
  'tags',
  'notes',
  'website',
  'vat',
  'source',
  'owner',
  'external_id',
  'consent',
  'opted_out',
  'status',
  'bounced',
  'bounced_at',
  'deleted',
] as const;

export type Field = (typeof fields)[number];

/** The usual names, folded: lower case, no accents, anything but letters and digits a space. */
const names: Record<Field, string> = {
  email: `email|e mail|mail|email address|e mail address|mail address|primary email|secondary email|work email|
    business email|personal email|home email|person email|posta elettronica|indirizzo posta elettronica|indirizzo email|
    indirizzo e mail|indirizzo mail|email primaria|email principale|email secondaria|email lavoro|email personale|pec|
    e mail adresse|email adresse|emailadresse|mailadresse|adresse de messagerie|courriel|e mail 2 address|e mail 3 address|correo electronico|other email`,
  phone: `phone|phone number|telephone|telephone number|tel|tel no|business phone|work phone|office phone|home phone|
    homephone|primary phone|other phone|otherphone|main phone|company phone|telephone1|
    person phone|contact phone|alt phone|telefono|num telefono|numero telefono|numero di telefono|telefono ufficio|
    telefono lavoro|telefono casa|telefono fisso|telefono principale|altro telefono|recapito telefonico|ufficio|
    abitazione|fisso|telefon|telefonnummer|telefon geschaftlich|telefon privat|rufnummer|festnetz|telephone bureau`,
  mobile: `mobile|mobile phone|mobilephone|mobile number|mobile no|cell|cell phone|cellphone|cellulare|numero cellulare|
    telefono cellulare|telefono mobile|num cellulare|cell num|handy|handynummer|mobil|mobiltelefon|mobilnummer|sms|
    whatsapp|gsm|tel mobile|portable`,
  fax: 'fax|business fax|home fax|other fax|fax number|numero fax|altro fax|fax geschaftlich|telefax',
  name: `name|full name|fullname|display name|contact name|contact|person name|nome completo|nome e cognome|
    cognome e nome|nome cognome|cognome nome|nominativo|nome visualizzato|referente|intestatario|vollstandiger name|
    anzeigename|ansprechpartner|vor und nachname|nom complet|customer name|cliente`,
  given_name: `first name|firstname|first|given name|givenname|fname|forename|nome|nome proprio|nome di battesimo|vorname|
    prenom|nombre`,
  family_name: `last name|lastname|last|surname|family name|familyname|lname|cognome|nachname|familienname|nom|apellidos|
    apellido`,
  middle_name: 'middle name|additional name|secondo nome|weitere vornamen|deuxieme prenom',
  honorific: 'name prefix|salutation|prefix|titolo|anrede|titolo di cortesia|honorific',
  company: `company|company name|companyname|organization|organisation|organization name|organisation name|account|
    account name|associated company|business name|employer|firm|societa|azienda|organizzazione|ragione sociale|ditta|
    impresa|ente|nome azienda|firma|firmenname|unternehmen|organisationsname|societe|entreprise|empresa|organizacion`,
  title: `job title|jobtitle|job|position|role|title|organization title|posizione|qualifica|mansione|ruolo|funzione|
    carica|profession|professione|berufsbezeichnung|stelle|funktion|fonction`,
  department: 'department|organization department|reparto|abteilung',
  street: `street|street address|address|address line 1|address 1|address1|address line1|address line 2|address line2|
    address 2|address2|business street|home street|mailing street|other street|home address|work address|mailing address|
    billing street|shipping street|via|indirizzo|indirizzo 1|indirizzo via|via e numero|via piazza|indirizzo di casa|
    indirizzo di lavoro|strasse|strasse und hausnummer|adresse|anschrift|strasse geschaftlich|strasse privat|altra via`,
  locality: `city|town|locality|business city|home city|work city|mailing city|other city|billing city|shipping city|
    citta|comune|localita|citta di residenza|citta di lavoro|altra citta|stadt|ort|wohnort|ort geschaftlich|ville`,
  region: `state|province|state region|state province|county|region|business state|home state|work state|mailing state|
    mailing state province|other state|billing state|shipping state|provincia|prov|regione|provincia di residenza|
    provincia di lavoro|altra provincia|bundesland|kanton`,
  postal_code: `postal code|postalcode|zip|zip code|zipcode|zip postal code|postcode|post code|business postal code|
    home postal code|home zipcode|work zipcode|mailing zip postal code|mailing zip|mailing postal code|other postal code|
    billing postal code|billingpostalcode|mailingpostalcode|cap|c a p|codice postale|cap di residenza|cap di lavoro|altro cap|plz|postleitzahl|code postal`,
  country: `country|country region|country code|nation|business country|business country region|home country|
    home country region|work country|mailing country|other country|other country region|billing country|
    shipping country|nazione|paese|stato|paese area geografica|nazione di residenza|nazione di lavoro|altro paese area geografica|cc|land|pays`,
  language: 'language|lang|locale|preferred language|lingua|lingua preferita|sprache|langue',
  birthday: `birthday|birthdate|birth date|date of birth|dob|bday|compleanno|data di nascita|data nascita|nato il|
    geburtstag|geburtsdatum|anniversaire|date de naissance`,
  tags: 'tags|tag|labels|label|categories|category|groups|group membership|categorie|categoria|etichette|gruppi|kategorien|kategorie|gruppen',
  notes:
    'notes|note|description|comments|comment|remarks|annotazioni|osservazioni|commenti|notizen|bemerkungen|bemerkung|anmerkungen',
  website:
    'website|web site|website url|web|web page|homepage|personal web page|pagina web|sito|sito web|sito internet|webseite|internet',
  vat: 'vat|vat number|vat no|vat id|tax id|partita iva|p iva|piva|cod fisc p iva|ust id|ust idnr|umsatzsteuer id|uid',
  source: 'source|lead source|leadsource|original source|origine|fonte|provenienza|quelle|herkunft',
  owner: 'contact owner|owner|account owner|responsabile|commerciale|zustandig',
  external_id: `id|record id|contact id|contactid|person id|uuid|external id|externalid|customer id|customer number|customer no|
    member id|membership number|codice|codice cliente|cod cliente|numero cliente|tessera|numero tessera|kundennummer|kunden nr|
    mitgliedsnummer|do not modify contact|unique id|rec id`,
  consent: `consent|consent status|opt in|optin|subscribed|newsletter|privacy|gdpr|consenso|consenso marketing|consenso privacy|
    consenso newsletter|iscritto|iscrizione newsletter|einwilligung|zustimmung|abonniert|marketing consent|optin time|consent date|data consenso|
    accepts marketing|accepts email marketing|email marketing consent|marketing contact status|consenso newsletter e marketing`,
  opted_out: `opt out|optout|opted out|email opt out|emailoptout|hasoptedoutofemail|has opted out of email|unsubscribed|
    unsubscribed from all email|unsubscribe|unsub time|optout date|email blacklisted|blacklisted|hs email optout|do not email|
    donotemail|no email|clean time|disiscritto|cancellato|non contattare|disiscrizione|unsubscribed newsletter|newsletter unsubscribed|newsletter opt out|disiscritto newsletter|abgemeldet|widerruf|keine werbung|
    do not contact|dont contact|donotcontact|no contact|do not allow emails|do not allow e mails|do not allow bulk emails|
    do not allow bulk e mails|donotbulkemail|do not bulk email|non consentire e mail|non consentire email|
    e mail nicht zulassen|massen e mail nicht zulassen|unsubscribe date|unsubscribed at|unsubscribed on|unsubscribed date|
    date unsubscribed|unsubscribe time|opt out date|opt out time|opted out at|opted out on|data disiscrizione|
    data di disiscrizione|data cancellazione iscrizione|abmeldedatum|abgemeldet am|date de desinscription`,
  status:
    'status|subscription status|email status|marketing status|subscriber status|stato iscrizione|abonnementstatus',
  bounced: `bounced|hard bounce|hard bounced|bounce reason|hard bounce reason|email bounced reason|emailbouncedreason|
    email hard bounce reason|hs email hard bounce reason|hs email hard bounce reason enum`,
  bounced_at: 'bounced at|bounce date|hard bounced at|email bounced date|emailbounceddate',
  deleted: 'deleted|is deleted|isdeleted|eliminato|geloscht',
};

const byName = new Map<string, Field>();
for (const field of fields) for (const name of names[field].split('|')) byName.set(name.trim(), field);

const consentTopic = /\b(?:newsletter|consent|consenso|gdpr|opt ?in|einwilligung|mailing list)\b/;
const aboutConsent =
  /^(?:newsletter|consent|consenso|gdpr|opt|in|optin|einwilligung|mailing|list|marketing|e|email|mail|privacy|subscribed|subscription|subscriber|iscritt[oa]|iscrizione|adesione|riceve|accett[ao]|accepts?|wants|vuole|permission|angemeldet|abonniert|double|yes|si|no|to|the|of|for|alla?|di|per|zum|zur|[\d ])$/;

/** "Iscritto alla newsletter", "GDPR marketing consent": a name of such words alone, in whichever order. */
function isConsent(folded: string): boolean {
  return consentTopic.test(folded) && folded.split(' ').every((word) => aboutConsent.test(word));
}

/** What groups and repeats around a name say about which one it is, not about what it is. */
const wrapping = [
  /\s(?:uff|ab|work|home|business|privat|geschaftlich|lavoro|casa)$/,
  /^(?:e mail|email|phone|address|website) \d+ (value$)?/,
  /^address \d+ /,
  /(?<=^organization) \d+(?= )/,
  /^(?:person|contact|customer|contatto|cliente|kontakt) /,
  / ?\d+$/,
];

/** Columns about something else that happens to sound like a known name: labels, types, other people's phones. */
const othersNames =
  /\b(?:label|type|typ|tipo|display name|visualizzato posta|assistant|assistente|manager|spouse|coniuge|yomi|phonetic|maiden|screen|file as|list|count|activity|messenger|birth (?:day|month|year))\b/;

/**
 * The field that a column's name says, in English, Italian or German, or as known programs write it.
 * @param folded the name folded: lower case, without accents, all else single spaces
 */
export function fieldOfName(folded: string): Field | undefined {
  const exact = byName.get(folded);
  if (exact !== undefined) return exact;
  if (othersNames.test(folded)) return undefined;
  let rest = folded;
  for (let round = 0; round < 2; round++) {
    for (const pattern of wrapping) {
      const match = pattern.exec(rest);
      if (match === null) continue;
      const base =
        match[1] === undefined
          ? rest.replace(pattern, '').trim()
          : rest
              .split(' ')
              .filter((word) => !/^(\d+|value)$/.test(word))
              .join(' ');
      const field = byName.get(base);
      if (field !== undefined) return field;
      if (base !== '') rest = base;
    }
  }
  return byName.get(rest.replaceAll(' ', '')) ?? (isConsent(folded) ? 'consent' : undefined);
}
