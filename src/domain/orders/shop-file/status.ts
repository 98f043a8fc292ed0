import { foldText } from '../../contacts/person-name.js';

/** What a word of a shop says of an order. `returned` is one that was delivered and came back, or was paid back. */
export type ShopStatus = 'standing' | 'cancelled' | 'returned';

/** Words in English, Italian and German, folded. How far an order that stands has come its dates tell. */
const words: Record<ShopStatus, string> = {
  standing: `placed|open|new|received|accepted|confirmed|pending|pending payment|awaiting payment|awaiting fulfillment|
    authorized|paid|partially paid|unpaid|processing|in progress|in process|on hold|backordered|unfulfilled|
    partially fulfilled|fulfilled|packed|ready|ready to ship|shipped|partially shipped|dispatched|sent|in transit|
    out for delivery|delivered|completed|complete|closed|done|partially refunded|
    aperto|nuovo|ricevuto|accettato|confermato|in attesa|in attesa di pagamento|pagato|non pagato|da pagare|
    in lavorazione|in preparazione|in elaborazione|sospeso|pronto|evaso|inevaso|spedito|in consegna|in transito|
    consegnato|completato|concluso|chiuso|parzialmente rimborsato|parzialmente spedito|
    offen|neu|eingegangen|angenommen|bestatigt|ausstehend|wartend|zahlung ausstehend|bezahlt|unbezahlt|
    in bearbeitung|in arbeit|bereit|verpackt|versandt|versendet|verschickt|teilweise versandt|unterwegs|
    in zustellung|geliefert|zugestellt|abgeschlossen|erledigt|fertig|teilweise erstattet`,
  cancelled: `cancelled|canceled|cancelled by customer|canceled by customer|voided|void|failed|payment failed|declined|expired|
    annullato|annullata|cancellato|cancellata|stornato|stornata|fallito|rifiutato|scaduto|
    storniert|abgebrochen|annulliert|abgelehnt|fehlgeschlagen|verfallen`,
  returned: `refunded|fully refunded|returned|charged back|chargeback|rimborsato|rimborsata|reso|resa|restituito|
    restituita|erstattet|ruckerstattet|zuruckerstattet|retourniert|zuruckgesendet|zuruckgeschickt|retoure`,
};

const known = new Map(
  (Object.entries(words) as [ShopStatus, string][]).flatMap(([status, list]) =>
    list.split('|').map((word): [string, ShopStatus] => [word.trim(), status]),
  ),
);

/** What a shop's word for the state of an order says; undefined for a word that is not known. */
export function shopStatus(word: string): ShopStatus | undefined {
  return known.get(foldText(word));
}
