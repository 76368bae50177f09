"""Who the applicant is said to be, where to write, how to reach them."""

from sne.registre.contenu.rules.arbre.derive import nb_personnes
from sne.registre.contenu.rules.arbre.personnes import Contact, Demandeur, Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, Adulte
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.registre.demande.rules.personne import LIBELLES_ETAT_COURRIEL, EtatCourriel
from sne.saisie.presentation.mots import Lecture, Ligne, a_la_commune, adresse_en_ligne, dites
from sne.socle.masques import courriel_masque, telephone_masque
from sne.socle.templatetags.socle_tags import date_fr

SANS_NIR = "Aucun numéro, déclaré par la personne"
TONS_DU_COURRIEL = {
    EtatCourriel.NON_VERIFIEE: "",
    EtatCourriel.VERIFIEE: "success",
    EtatCourriel.INVALIDE: "error",
}


def nom_complet(identite: Identite) -> str:
    """« Dubreuil Élodie », « Nguyễn Thị Lan »: birth name (another used name), first names up to the first comma;
    never in capitals, never translated.
    """
    prenom = (identite.prenoms or "").partition(",")[0].strip()
    usage = f" ({identite.nom_usage})" if identite.nom_usage not in (None, "", identite.nom_naissance) else ""
    return f"{identite.nom_naissance or ''}{usage} {prenom}".strip()


def accord(identite: Identite, masculin: str, feminin: str) -> str:
    """The form that agrees with the civility known."""
    return masculin if identite.civilite == "1" else feminin


def accorder(libelle: str, identite: Identite) -> str:
    """« Marié(e) » → « Mariée »; « Veuf(ve) » → « Veuve »; as it is when the civility is not known."""
    if identite.civilite is None:
        return libelle
    masculin = libelle.replace("(e)", "").replace("(ve)", "")
    return accord(identite, masculin, libelle.replace("(e)", "e").replace("f(ve)", "ve"))


def naissance_phrase(identite: Identite) -> str:
    """« née le 14/03/1987 »; empty without a date."""
    ne = accord(identite, "né", "née")
    return f"{ne} le {date_fr(identite.date_naissance)}" if identite.date_naissance else ""


def lignes_identite(demandeur: Adulte, lecture: Lecture, *, nir: str = "") -> list[Ligne]:
    """Civil status of an adult; ``nir`` is the masked number. « Holds none » is shown as an answer, not as a blank."""
    identite = demandeur.identite
    presumee = ", incomplète à l’état civil" if identite.date_naissance_presumee else ""
    ou = _lieu_naissance(identite, lecture)
    naissance = f"{date_fr(identite.date_naissance)}{ou}{presumee}" if identite.date_naissance else ""
    situation = lecture.libelle("ListeSituationFamiliale", demandeur.situation_familiale)
    return [
        Ligne("Civilité", lecture.libelle("ListeCivilite", identite.civilite)),
        Ligne("Nom de naissance", identite.nom_naissance or ""),
        Ligne("Nom d’usage", identite.nom_usage or "", absence="Aucun"),
        Ligne("Prénoms", identite.prenoms or ""),
        Ligne("Naissance", naissance),
        Ligne("Nationalité", lecture.libelle("ListeNationalite", identite.nationalite)),
        Ligne("Situation familiale", accorder(situation, identite)),
        Ligne("Sécurité sociale", SANS_NIR if identite.sans_nir else nir),
    ]


def _lieu_naissance(identite: Identite, lecture: Lecture) -> str:
    """« à Montfleury », « (Algérie) », with the space before it."""
    lieu = identite.lieu_naissance
    if lieu.commune:
        return f" {a_la_commune(lecture.geographie.nom_commune(lieu.commune))}"
    return f" ({lecture.geographie.nom_pays(lieu.pays)})" if lieu.pays else ""


def lignes_coordonnees(contenu: Contenu, lecture: Lecture) -> list[Ligne]:
    """Where to write, where they live if it is elsewhere, how to reach them: contacts masked."""
    contact = (contenu.demandeur or Demandeur()).contact
    return [
        *lignes_adresse(contenu, lecture),
        *lignes_contact(contact, lecture.courriels.get(DEMANDEUR)),
    ]


def lignes_adresse(contenu: Contenu, lecture: Lecture) -> list[Ligne]:
    """Where to write, where they live if it is elsewhere."""
    demandeur = contenu.demandeur or Demandeur()
    habite = adresse_en_ligne(contenu.logement_actuel.adresse, lecture)
    return [
        Ligne("Adresse", adresse_en_ligne(demandeur.adresse_courrier, lecture)),
        Ligne("Habite", habite, absence="À cette adresse"),
    ]


def lignes_contact(contact: Contact, courriel: EtatCourriel | None = None) -> list[Ligne]:
    """Contacts masked: recognisable, not readable. ``courriel``: what is known of the e-mail address."""
    autres = [
        Ligne("Domicile", _masque(contact.telephone_domicile)),
        Ligne("Travail", _masque(contact.telephone_travail)),
    ]
    return [
        Ligne("Portable", _masque(contact.telephone_portable)),
        *dites(autres),
        _ligne_courriel(contact, courriel),
    ]


def _ligne_courriel(contact: Contact, etat: EtatCourriel | None) -> Ligne:
    if not contact.courriel or etat is None:
        return Ligne("Courriel", courriel_masque(contact.courriel))
    libelle, ton = LIBELLES_ETAT_COURRIEL[etat], TONS_DU_COURRIEL[etat]
    return Ligne("Courriel", courriel_masque(contact.courriel), badge=libelle, ton=ton)


def contact_principal(contact: Contact) -> str:
    """The contact shown in a reminder: masked phone, else masked e-mail."""
    telephone = contact.telephone_portable or contact.telephone_domicile
    return _masque(telephone) or courriel_masque(contact.courriel)


def _masque(telephone: Telephone | None) -> str:
    return telephone_masque(telephone.e164 or telephone.saisi) if telephone else ""


def deja_saisi(contenu: Contenu, lecture: Lecture) -> list[Ligne]:
    """The reminder beside a step: who, where, how many; only what was typed."""
    demandeur = contenu.demandeur or Demandeur()
    identite = demandeur.identite
    nombre = nb_personnes(contenu)
    lignes = [
        Ligne(accord(identite, "Demandeur", "Demandeuse"), nom_complet(identite)),
        Ligne("Naissance", date_fr(identite.date_naissance)),
        Ligne("Adresse", adresse_en_ligne(demandeur.adresse_courrier, lecture)),
        Ligne("Contact", contact_principal(demandeur.contact)),
        Ligne("Foyer", f"{nombre}\u00a0personnes" if nombre > 1 else ""),
    ]
    return dites(lignes)
