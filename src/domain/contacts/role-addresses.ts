/**
 * Local parts that name a function of a firm rather than a person (RFC 2142 gives the first of them), in English,
 * Italian, German, French and Spanish. Compared without separators: `servizio.clienti` is `servizioclienti`.
 */
const roles = new Set(
  `abuse admin administrator billing bookings booking careers contact contactus customercare customerservice
  donotreply enquiries enquiry events feedback finance hello help helpdesk hostmaster hr info information inquiries
  invoices jobs legal mail mailbox mailerdaemon marketing media news newsletter noc noreply notifications office
  orders postmaster press privacy purchasing reception recruitment reservations returns root sales security service
  shop spam subscribe support team unsubscribe usenet webmaster welcome dpo
  acquisti amministrazione assistenza assistenzaclienti clienti commerciale comunicazione contabilita contatti
  direzione eventi fatturazione fatture gestione iscrizioni lavoro nonrispondere ordini pec personale posta
  prenotazioni protocollo redazione reclami risorseumane segreteria servizioclienti stampa ufficio
  ufficioacquisti ufficiocommerciale ufficiostampa ufficiovendite vendite negozio
  anfrage anfragen auftrag bestellung bestellungen bewerbung buchhaltung buero büro datenschutz einkauf empfang
  keineantwort kontakt kundendienst kundenservice personalabteilung poststelle presse rechnung rechnungen
  rechnungswesen reservierung sekretariat service verkauf vertrieb verwaltung werbung zentrale
  accueil achats boutique clients commandes commercial compta comptabilite comptabilité contacter direction
  facturation nepasrepondre recrutement rh secretariat secrétariat serviceclient ventes
  administracion administración atencionalcliente ayuda clientes comercial compras contacto contabilidad facturacion
  facturación hola informacion información oficina pedidos prensa recepcion recepción reservas rrhh secretaria
  soporte ventas`.split(/\s+/),
);

/**
 * Whether an address is a role's (info@, vendite@, kontakt@ …), read by several people or by a machine.
 * @param localPart what stands before the `@`, in lower case
 */
export function isRoleLocalPart(localPart: string): boolean {
  return roles.has(localPart) || roles.has(localPart.replace(/[._-]|\d+$/g, ''));
}
