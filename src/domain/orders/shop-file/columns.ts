import { foldText } from '../../contacts/person-name.js';
import { ItacaError } from '../../error.js';

/** What a column of a shop's list of orders may say. */
export const shopFields = [
  'number',
  'email',
  'customer_number',
  'agreement',
  'placed_at',
  'promised_by',
  'shipped_at',
  'delivered_at',
  'cancelled_at',
  'status',
  'tracking',
  'sku',
  'title',
  'quantity',
  'price',
  'currency',
  'name',
] as const;

export type ShopField = (typeof shopFields)[number];

/** Which column says what: positions from 0. */
export type ShopColumns = Partial<Record<ShopField, number>>;

/** Names of columns in English, Italian and German, folded, the surest first. A column says one thing. */
const names: Record<ShopField, string> = {
  number: `order number|order no|order nr|order id|orderid|ordernumber|order ref|order reference|order name|purchase order|
    numero ordine|n ordine|nr ordine|num ordine|id ordine|codice ordine|bestellnummer|bestell nr|bestell id|auftragsnummer|
    auftrags nr|order|ordine|bestellung|auftrag|number|numero|nummer|no|nr|id|name`,
  email: `email|e mail|mail|customer email|customer e mail|billing email|contact email|buyer email|email address|
    email cliente|e mail cliente|indirizzo email|posta elettronica|e mail adresse|emailadresse|kunden e mail|kunde e mail`,
  customer_number: `customer number|customer no|customer id|member number|member no|member id|member|membership number|
    numero socio|n socio|socio|tessera|numero tessera|codice cliente|cod cliente|numero cliente|id cliente|kundennummer|
    kunden nr|kundennr|mitgliedsnummer|mitglieds nr|mitglied`,
  agreement: `agreement|agreement number|subscription|subscription number|contract|contract number|abbonamento|
    numero abbonamento|contratto|numero contratto|abo|abonnement|abonummer|vertrag|vertragsnummer`,
  placed_at: `order date|ordered at|ordered on|placed at|placed on|placed|purchase date|purchased at|created at|created|date|
    data ordine|data dell ordine|ordinato il|effettuato il|data|bestelldatum|bestellt am|auftragsdatum|datum`,
  promised_by: `promised by|promised|promised date|promised delivery|expected delivery date|expected delivery|
    estimated delivery|estimated delivery date|due date|due|consegna prevista|data consegna prevista|
    data prevista consegna|consegna promessa|promesso per|promesso per il|prevista|liefertermin|zugesagt|zugesagt zum|
    zugesagt bis|voraussichtliche lieferung|geplantes lieferdatum`,
  shipped_at: `shipped at|shipped on|shipped|ship date|shipped date|shipping date|shipment date|fulfilled at|dispatched at|
    dispatched|dispatch date|spedito il|spedito|data spedizione|data di spedizione|versandt am|versandt|versendet am|
    versendet|versanddatum|verschickt am`,
  delivered_at: `delivered at|delivered on|delivered|delivered date|delivery date|date delivered|consegnato il|consegnato|
    data consegna|data di consegna|geliefert am|geliefert|zugestellt am|zugestellt|lieferdatum|zustelldatum`,
  cancelled_at: `cancelled at|canceled at|cancelled on|cancelled|canceled|cancellation date|annullato il|annullato|
    data annullamento|storniert am|storniert|stornodatum|stornierungsdatum`,
  status: `order status|status|state|order state|financial status|payment status|fulfillment status|delivery status|stato|
    stato ordine|stato dell ordine|bestellstatus|auftragsstatus|zustand`,
  tracking: `tracking|tracking number|tracking no|tracking code|tracking id|parcel number|shipment number|
    numero di tracciamento|codice tracking|tracciamento|numero spedizione|lettera di vettura|sendungsnummer|
    sendungsverfolgung|paketnummer`,
  sku: `sku|lineitem sku|item sku|product sku|item number|item no|article number|article no|product code|product id|
    codice articolo|cod articolo|articolo n|codice prodotto|artikelnummer|artikel nr|artnr`,
  title: `title|lineitem name|item name|item|product|product name|product title|description|titolo|articolo|prodotto|
    nome prodotto|descrizione|titel|artikel|artikelname|artikelbezeichnung|produkt|produktname|bezeichnung|beschreibung`,
  quantity: `quantity|qty|lineitem quantity|item quantity|quantity ordered|pieces|copies|quantita|qta|q ta|pezzi|copie|
    menge|anzahl|stuck|stuckzahl`,
  price: `price|unit price|lineitem price|item price|item cost|price each|prezzo|prezzo unitario|preis|einzelpreis|
    stuckpreis`,
  currency: 'currency|currency code|valuta|divisa|wahrung|waehrung',
  name: `customer name|customer|billing name|buyer name|buyer|client|recipient|cliente|nome cliente|nome e cognome|
    nominativo|intestatario|destinatario|kunde|kundenname|name des kunden|besteller|name|nome`,
};

const lists = Object.fromEntries(
  shopFields.map((field) => [field, names[field].split('|').map((name) => name.trim())]),
) as Record<ShopField, string[]>;

/** The fields whose columns the usual names tell; what two would claim is that of the first. */
export function shopColumns(header: readonly string[]): ShopColumns {
  const folded = header.map((name) => foldText(name.replace(/([a-z])([A-Z])/g, '$1 $2')));
  const taken = new Set<number>();
  const found: ShopColumns = {};
  for (const field of shopFields) {
    for (const name of lists[field]) {
      const at = folded.findIndex((one, i) => one === name && !taken.has(i));
      if (at < 0) continue;
      found[field] = at;
      taken.add(at);
      break;
    }
  }
  return found;
}

/** How many of these cells name what an order says: by this the header is found among the first lines. */
export function knownShopNames(cells: readonly string[]): number {
  return Object.keys(shopColumns(cells)).length;
}

/**
 * Which column says what.
 * @throws ItacaError `invalid` where no column has the order's number, or nothing is told of an order beside it
 */
export function recogniseShopColumns(header: readonly string[], path: string): ShopColumns {
  const columns = shopColumns(header);
  if (columns.number !== undefined && Object.keys(columns).length > 1) return columns;
  throw new ItacaError(
    'invalid',
    columns.number === undefined
      ? 'no column has the number of the order'
      : 'no column says more than a number',
    {
      path,
      line: 1,
      hint: `name the columns "Order number", "Email", "Order date", "Title", "Quantity" …, in English, Italian or German; they are: ${header
        .slice(0, 12)
        .map((name) => JSON.stringify(name.slice(0, 30)))
        .join(', ')}`,
    },
  );
}
