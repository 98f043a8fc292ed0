import type { ListFormat } from './format.js';

const englishPhones = {
  email: 'E-mail Address | E-mail 2 Address | E-mail 3 Address',
  phone: 'Primary Phone | Pager',
  'phone.work': 'Business Phone | Business Phone 2',
  'phone.home': 'Home Phone | Home Phone 2',
  'phone.other': 'Other Phone',
  'phone.car': 'Car Phone',
  mobile: 'Mobile Phone',
  fax: 'Business Fax | Home Fax | Other Fax',
};

const place = (label: string, name: string, country: string) => ({
  [`street.${label}`]: `${name} Street | ${name} Street 2 | ${name} Street 3`,
  [`locality.${label}`]: `${name} City`,
  [`region.${label}`]: `${name} State`,
  [`postal_code.${label}`]: `${name} Postal Code`,
  [`country.${label}`]: `${name} ${country}`,
});

const places = (country: string) => ({
  ...place('work', 'Business', country),
  ...place('home', 'Home', country),
  ...place('other', 'Other', country),
});

/** What Outlook exports: on the desktop in English and Italian, and on the web. */
export const outlook: readonly ListFormat[] = [
  {
    id: 'outlook-desktop-en',
    object: 'contact',
    signature: 'E-mail Address | E-mail Type | E-mail Display Name | Government ID Number',
    columns: {
      given_name: 'First Name',
      middle_name: 'Middle Name',
      family_name: 'Last Name',
      company: 'Company',
      title: 'Job Title | Profession',
      ...places('Country/Region'),
      'po_box.work': 'Business Address PO Box',
      'po_box.home': 'Home Address PO Box',
      'po_box.other': 'Other Address PO Box',
      ...englishPhones,
      'phone.main': 'Company Main Phone',
      birthday: 'Birthday',
      tags: 'Categories',
      language: 'Language',
      notes: 'Notes',
      url: 'Web Page',
      custom: `Title | Suffix | Department | Assistant's Phone | Callback | ISDN | Radio Phone | TTY/TDD Phone | Telex |
        Account | Anniversary | Assistant's Name | Billing Information | Children | Directory Server | Gender |
        Government ID Number | Hobby | Initials | Internet Free Busy | Keywords | Location | Manager's Name | Mileage |
        Office Location | Organizational ID Number | Referred By | Spouse | User 1 | User 2 | User 3 | User 4`,
      '-': `E-mail Type | E-mail Display Name | E-mail 2 Type | E-mail 2 Display Name | E-mail 3 Type |
        E-mail 3 Display Name | Priority | Private | Sensitivity`,
    },
    also: {
      'Business Country': 'Business Country/Region',
      'Home Country': 'Home Country/Region',
      'Other Country': 'Other Country/Region',
    },
  },
  {
    id: 'outlook-web-en',
    object: 'contact',
    signature: 'Given Yomi | Surname Yomi | E-mail Address | IMAddress',
    columns: {
      given_name: 'First Name',
      middle_name: 'Middle Name',
      family_name: 'Last Name',
      company: 'Company',
      title: 'Job Title',
      ...places('Country'),
      ...englishPhones,
      'phone.main': 'Company Main',
      birthday: 'Birthday',
      notes: 'Notes',
      url: 'Web Page | Personal Web Page',
      custom: `Title | Suffix | Nickname | Given Yomi | Surname Yomi | Callback | Radio Phone | Telex | TTY/TDD Phone |
        IMAddress | Department | Office Location | Manager's Name | Assistant's Name | Assistant's Phone | Company Yomi |
        Spouse | Schools | Hobby | Location | Anniversary`,
    },
    also: {
      'Business Country/Region': 'Business Country',
      'Home Country/Region': 'Home Country',
      'Other Country/Region': 'Other Country',
    },
  },
  {
    id: 'outlook-desktop-it',
    object: 'contact',
    dates: 'day-first',
    signature: 'Cognome | Indirizzo posta elettronica | Via (uff.) | Cellulare',
    columns: {
      given_name: 'Nome',
      middle_name: 'Secondo nome',
      family_name: 'Cognome',
      company: 'Società',
      title: 'Posizione | Professione',
      'street.work': 'Via (uff.) | Via (uff.) 2 | Via (uff.) 3',
      'po_box.work': 'Indirizzo (uff.) - Casella postale',
      'locality.work': 'Città (uff.)',
      'region.work': 'Provincia (uff.)',
      'postal_code.work': 'CAP (uff.)',
      'country.work': 'Paese/area geografica (uff.)',
      'street.home': 'Via (ab.) | Via (ab.) 2 | Via (ab.) 3',
      'po_box.home': 'Indirizzo (ab.) - Casella postale',
      'locality.home': 'Città (ab.)',
      'region.home': 'Provincia (ab.)',
      'postal_code.home': 'CAP (ab.)',
      'country.home': 'Paese/area geografica (ab.)',
      'street.other': 'Altra via | Altra via 2 | Altra via 3',
      'po_box.other': 'Altro indirizzo - Casella postale',
      'locality.other': 'Altra città',
      'region.other': 'Altra provincia',
      'postal_code.other': 'Altro CAP',
      'country.other': 'Altro paese/area geografica',
      email: 'Indirizzo posta elettronica | Indirizzo posta elettronica 2 | Indirizzo posta elettronica 3',
      phone: 'Telefono principale | Cercapersone',
      'phone.work': 'Ufficio | Ufficio 2',
      'phone.home': 'Abitazione | Abitazione 2',
      'phone.main': 'Telefono principale società',
      'phone.other': 'Altro telefono',
      'phone.car': 'Telefono auto',
      mobile: 'Cellulare',
      fax: 'Fax (uff.) | Fax (ab.) | Altro fax',
      birthday: 'Compleanno',
      tags: 'Categorie',
      language: 'Lingua',
      notes: 'Notes',
      url: 'Pagina Web',
      custom: `Titolo | Titolo straniero | Reparto | Telefono assistente | Richiamata automatica | ISDN | Radiotelefono |
        Telefono TTY/TDD | Telex | Account | Anniversario | Cod. Fisc./P. IVA | Dati fatturazione |
        Disponibilità Internet | Figli | Hobby | Indennità trasferta | Iniziali | Luogo | Nome assistente |
        Nome coniuge/partner | Nome manager | Numero ID organizzativo | Parole chiave | Presentato da |
        Server di directory | Sesso | Ubicazione ufficio | Utente 1 | Utente 2 | Utente 3 | Utente 4`,
      '-': `Tipo posta elettronica | Nome visualizzato posta elettronica | Tipo posta elettronica 2 |
        Nome visualizzato posta elettronica 2 | Tipo posta elettronica 3 | Nome visualizzato posta elettronica 3 |
        Priorità | Privato | Riservatezza`,
    },
  },
];
