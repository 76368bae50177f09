"""The content of an application in the words of the screens: labels and values, table of the household."""

from dataclasses import dataclass
from datetime import date

from sne.referentiels.rules import Geographie, Nomenclatures
from sne.registre.rules.contenu import (
    Adresse,
    Contact,
    Contenu,
    Demandeur,
    Identite,
    Souhaits,
    Telephone,
    age,
    nb_personnes,
)
from sne.socle.templatetags.socle_tags import courriel_masque, date_fr, telephone_masque


@dataclass(frozen=True, slots=True)
class Ligne:
    """A label and its value; ``absence`` stands for an empty one, ``badge`` tells a pending change."""

    libelle: str
    valeur: str = ""
    absence: str = "Non renseigné"
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Membre:
    """One person to be housed, as a row of the table of the household."""

    nom: str
    naissance: date | None
    lien: str
    precision: str


@dataclass(frozen=True, slots=True)
class Lecture:
    """What it takes to word a content: lists, geography and the day (ages)."""

    nomenclatures: Nomenclatures
    geographie: Geographie
    aujourd_hui: date

    def libelle(self, liste: str, code: str | None) -> str:
        """Label of a code, or an empty text."""
        return self.nomenclatures.libelle(liste, code) if code else ""


def nom_complet(identite: Identite) -> str:
    """« Dubreuil Élodie »: birth name (used name) first name; never in capitals, never translated."""
    prenom = (identite.prenoms or "").replace(",", " ").split(" ")[0]
    usage = f" ({identite.nom_usage})" if identite.nom_usage else ""
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


def lignes_identite(demandeur: Demandeur, lecture: Lecture, *, nir: str = "") -> list[Ligne]:
    """Civil status of an adult; ``nir`` is the masked number."""
    identite = demandeur.identite
    presumee = ", incomplète à l’état civil" if identite.date_naissance_presumee else ""
    naissance = f"{date_fr(identite.date_naissance)}{presumee}" if identite.date_naissance else ""
    situation = lecture.libelle("ListeSituationFamiliale", demandeur.situation_familiale)
    return [
        Ligne("Civilité", lecture.libelle("ListeCivilite", identite.civilite)),
        Ligne("Nom de naissance", identite.nom_naissance or ""),
        Ligne("Nom d’usage", identite.nom_usage or "", absence="Aucun"),
        Ligne("Prénoms", identite.prenoms or ""),
        Ligne("Naissance", naissance),
        Ligne("Nationalité", lecture.libelle("ListeNationalite", identite.nationalite)),
        Ligne("Situation familiale", accorder(situation, identite)),
        Ligne("Sécurité sociale", nir),
    ]


def lignes_coordonnees(demandeur: Demandeur, lecture: Lecture) -> list[Ligne]:
    """Where to write and how to reach: contacts masked."""
    contact = demandeur.contact
    return [
        Ligne("Adresse", adresse_en_ligne(demandeur.adresse_courrier, lecture)),
        Ligne("Portable", _masque(contact.telephone_portable)),
        Ligne("Autre téléphone", _masque(contact.telephone_domicile or contact.telephone_travail)),
        Ligne("Courriel", courriel_masque(contact.courriel)),
    ]


def adresse_en_ligne(adresse: Adresse | None, lecture: Lecture) -> str:
    """« Chez CCAS, 12 rue des Tanneurs, 99240 Les Ormeaux »."""
    if adresse is None:
        return ""
    rue = " ".join(filter(None, (adresse.numero, adresse.voie)))
    if adresse.etranger:
        ville = ", ".join(filter(None, (adresse.code_postal_etranger, adresse.ville_etrangere, adresse.pays)))
    else:
        nom = lecture.geographie.nom_commune(adresse.commune) if adresse.commune else ""
        ville = " ".join(filter(None, (adresse.code_postal, nom)))
    chez = f"Chez {adresse.hebergeant}" if adresse.hebergeant else ""
    return ", ".join(filter(None, (chez, rue, adresse.complement, adresse.lieu_dit, ville)))


def membres_du_foyer(contenu: Contenu, lecture: Lecture) -> list[Membre]:
    """Everybody to be housed: applicant, co-holders, dependants, children hosted part of the time."""
    membres = []
    if contenu.demandeur is not None:
        identite = contenu.demandeur.identite
        lien = accord(identite, "Demandeur", "Demandeuse")
        membres.append(_adulte(identite, lien, lecture))
    for adulte in contenu.cotitulaires:
        lien = accorder(lecture.libelle("ListeLienDemandeur", adulte.lien_demandeur), adulte.identite).lower()
        membres.append(_adulte(adulte.identite, f"Cotitulaire, {lien}" if lien else "Cotitulaire", lecture))
    for charge in contenu.foyer.personnes_a_charge:
        nom = " ".join(filter(None, (charge.nom, charge.prenoms)))
        lien = lecture.libelle("ListeLienParente", charge.lien_parente) or "Personne"
        membres.append(
            Membre(nom, charge.date_naissance, f"{lien} à charge", _age(charge.date_naissance, lecture))
        )
    for rang, enfant in enumerate(contenu.foyer.enfants_en_garde, start=1):
        mode = lecture.libelle("ListeCoparentalite", enfant.mode_garde)
        membres.append(
            Membre(
                f"Enfant accueilli {rang}", enfant.date_naissance, mode, _age(enfant.date_naissance, lecture)
            )
        )
    return membres


def naissances_attendues(contenu: Contenu) -> str:
    """« 1 naissance attendue vers le 12/02/2027 », or an empty text."""
    attendues = contenu.foyer.enfants_a_naitre
    if not attendues.nombre:
        return ""
    mot = "naissances attendues" if attendues.nombre > 1 else "naissance attendue"
    quand = f" vers le {date_fr(attendues.date_prevue)}" if attendues.date_prevue else ""
    return f"{attendues.nombre}\u00a0{mot}{quand}"


def lignes_souhaits(souhaits: Souhaits, lecture: Lecture) -> list[Ligne]:
    """The dwelling sought."""
    types = [lecture.libelle("ListeTypeLogement", code) for code in souhaits.types_logement]
    communes = [
        f"{rang}.\u00a0{lecture.geographie.nom_commune(lieu.commune)}"
        for rang, lieu in enumerate(souhaits.localisations, start=1)
        if lieu.commune
    ]
    loyer = (
        f"{souhaits.loyer_maximum:.0f}\u00a0€ charges comprises" if souhaits.loyer_maximum is not None else ""
    )
    ailleurs = {None: "", True: "Accepte le reste du territoire", False: "Ces communes seulement"}
    categorie = lecture.libelle("ListeCategorieLogementRecherche", souhaits.categorie)
    return [
        Ligne("Taille", ", ".join(types)),
        Ligne("Catégorie", categorie),
        Ligne("Communes", ", ".join(communes)),
        Ligne("Loyer maximum", loyer),
        Ligne("Ailleurs", ailleurs[souhaits.accepte_autres_communes]),
    ]


def contact_principal(contact: Contact) -> str:
    """The contact shown in a reminder: masked phone, else masked e-mail."""
    telephone = contact.telephone_portable or contact.telephone_domicile
    return _masque(telephone) or courriel_masque(contact.courriel)


def _masque(telephone: Telephone | None) -> str:
    return telephone_masque(telephone.e164 or telephone.saisi) if telephone else ""


def _adulte(identite: Identite, lien: str, lecture: Lecture) -> Membre:
    return Membre(
        nom_complet(identite), identite.date_naissance, lien, _age(identite.date_naissance, lecture)
    )


def _age(naissance: date | None, lecture: Lecture) -> str:
    return f"{age(naissance, lecture.aujourd_hui)}\u00a0ans" if naissance else ""


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
    return [ligne for ligne in lignes if ligne.valeur]
