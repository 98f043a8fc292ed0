import { foldText } from '../contacts/person-name.js';

/** What is read of a review, whatever it comes in. */
export const fields = {
  /** What its platform calls it. */
  id: 'id reviewid externalid uniqueid guid idrecensione recensioneid bewertungsid idavis idresena',
  author: `reviewerdisplayname consumerdisplayname consumername reviewername reviewer authordisplayname authorname author
    username userdisplayname user displayname name fullname nickname creator autore recensore utente nomeutente nome
    cliente autor verfasser kunde benutzer benutzername auteur utilisateur client pseudo nom usuario nombre`,
  email:
    'email emailaddress revieweremail consumeremail referralemail posta mail indirizzoemail correo courriel',
  rating: `starrating stars star reviewratingratingvalue reviewratingvalue ratingvalue rating score reviewrating stelle
    voto valutazione punteggio sterne bewertung note etoiles puntuacion estrellas calificacion valoracion`,
  best: 'reviewratingbestrating bestrating maxrating ratingmax outof ratingscale scala skala echelle escala',
  title: `title headline subject reviewtitle titolo oggetto titel uberschrift ueberschrift betreff titre sujet titulo
    asunto`,
  text: `comment text reviewtext reviewbody review content contentencoded body message description encoded summary testo
    recensione commento contenuto messaggio descrizione kommentar rezension bewertungstext bewertung nachricht avis
    note commentaire texte contenu texto comentario resena opinion`,
  url: 'url link permalink reviewurl reviewlink href collegamento lien enlace',
  at: `createtime createdat created creationdate createddate datepublished publishedat publishedon published pubdate date
    datetime reviewdate time timestamp data datarecensione datacreazione datum erstelltam bewertungsdatum datecreation
    datedelavis publiele fecha fechapublicacion fecharesena`,
  edited: `updatetime updatedat updated lastupdated datemodified modifiedat modified lastmodified editedat datamodifica
    geandertam aktualisiertam modifiele datemodification fechamodificacion`,
  source: 'source platform site website fonte piattaforma sito quelle plattform plateforme fuente plataforma',
  order: `referenceid ordernumber orderid orderno order ordine numeroordine nordine bestellnummer auftragsnummer
    bestellung commande numerodecommande numerocommande pedido numerodepedido numeropedido`,
  reply: `reviewreplycomment companyreplytext replytext replycomment reply ownerresponse ownerreply response responsetext
    answer risposta antwort reponse respuesta`,
  replied: `reviewreplyupdatetime reviewreplycreatetime companyreplycreatedat replydate repliedat replytime responsedate
    responsetime datarisposta antwortdatum datereponse fecharespuesta`,
} as const;

export type Field = keyof typeof fields;

/** A review as it was written down somewhere, its values as text. */
export type RawMention = Partial<Record<Field, string>>;

/** Fields by the names they go under; the first name of a field is the one to be trusted most. */
const byName = new Map<string, { field: Field; rank: number }[]>();
for (const [field, names] of Object.entries(fields) as [Field, string][])
  for (const [rank, name] of names.split(/\s+/).entries())
    byName.set(name, [...(byName.get(name) ?? []), { field, rank }]);

/** A name as it is compared: of a column, or of a key with those above it. */
export function foldName(name: string): string {
  return foldText(name).replaceAll(' ', '');
}

/** How many of these cells are names of columns of a list of reviews. */
export function knownNames(cells: readonly string[]): number {
  return cells.filter((cell) => byName.has(foldName(cell))).length;
}

const looksLikeRating =
  /^\s*(?:\d{1,3}(?:[.,]\d+)?(?:\s*(?:\/|%|[\p{L} ]{1,12}\d|★|⭐)\s*\d*)?|[★⭐☆✩]+)\s*$/u;

/**
 * Takes what belongs to a review out of named values. A name that may stand for two things (German “Bewertung”, a number
 * or a text) is what its value looks like.
 */
export function rawMention(values: Iterable<readonly [name: string, value: string]>): RawMention {
  const raw: RawMention = {};
  const ranks: Partial<Record<Field, number>> = {};
  for (const [name, value] of values) {
    if (value.trim() === '') continue;
    const meanings = byName.get(foldName(name)) ?? [];
    const isRating = looksLikeRating.test(value);
    const fitting =
      meanings.length > 1 ? meanings.filter(({ field }) => (field === 'rating') === isRating) : meanings;
    for (const { field, rank } of fitting) {
      if (rank >= (ranks[field] ?? Number.POSITIVE_INFINITY)) continue;
      ranks[field] = rank;
      raw[field] = value;
    }
  }
  return raw;
}
