"""What waits for a person: lists of decisions, enquiries, rights, answers awaited, with their counts."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sne.guichet.accueil.onglets import onglets
from sne.guichet.listes.adresses import adresse_de
from sne.guichet.listes.presentation import Lecteur, attendu_avant, radiation_de
from sne.habilitations.selectors import compter_carences
from sne.habilitations.selectors.revues import compter_a_repondre
from sne.referentiels.selectors import get_parametres
from sne.registre.depot_en_ligne.selectors.a_verifier import compter_a_verifier, list_a_verifier
from sne.registre.enquete.selectors.enquetes import compter_enquetes
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.rules.listes import LISTES, CodeListe, Colonne, Filtre, milliers
from sne.registre.listes.selectors.lecture import Demandee, compter_listes, list_dossiers
from sne.reglages.selectors import compter_a_decider
from sne.saisie.cadre import get_lecture
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import maintenant
from sne.socle.navigation import ouvre
from sne.suivi.selectors.alertes import compter_alertes

RIEN = "0"
A_CORRIGER = frozenset({"identites", "decisions", "demandes-proches"})
"""Lists of decisions on what may be wrong of a demande."""


@dataclass(frozen=True, slots=True)
class Attend:
    """One line: where it leads, its name, how many wait in figures.

    ``premier``: the most urgent, by name, and ``ou`` its address; ``avant``: the day by which, when there is one.
    """

    adresse: str
    libelle: str
    nombre: str
    premier: str = ""
    ou: str = ""
    avant: date | None = None


def ce_qui_attend(acteur: Acteur, *, le: date) -> list[Attend]:
    """The lists on which this person decides, each with its count, even when it is zero; at a counter its work lists,
    those with a deadline first, by it.
    """
    lignes = [Attend(reverse(une.vue), une.libelle, milliers(une.nombre)) for une in onglets(acteur)]
    if ouvre(acteur, "demandes-en-ligne"):
        lignes += _en_ligne(acteur)
    if ouvre(acteur, "enquetes"):
        lignes.append(Attend(reverse("enquetes"), "Enquêtes ouvertes", milliers(compter_enquetes(acteur))))
    a_suivre = compter_alertes(acteur, le=le) if ouvre(acteur, "alertes") else 0
    if a_suivre:
        lignes.append(Attend(reverse("alertes"), "Alertes aux guichets", milliers(a_suivre)))
    if ouvre(acteur, "parametres") and (proposees := compter_a_decider(acteur)):
        lignes.append(Attend(reverse("parametres"), "Paramètres à décider", milliers(proposees)))
    if ouvre(acteur, "habilitations"):
        lignes += _droits(acteur, le)
    with suppress(Introuvable):  # no list of theirs here
        lignes += _listes(acteur, le)
    datees = sorted((ligne for ligne in lignes if ligne.avant), key=lambda ligne: ligne.avant or le)
    return [*datees, *(ligne for ligne in lignes if not ligne.avant)]


def ce_qui_se_corrige(acteur: Acteur, *, le: date) -> list[Attend]:
    """What is wrong and has a queue of its own, today: people and demandes that look like others, changes of identity,
    messages that came back. Only the queues of this person.
    """
    lignes = [
        Attend(reverse(une.vue), une.libelle, milliers(une.nombre))
        for une in onglets(acteur)
        if une.vue in A_CORRIGER
    ]
    with suppress(Introuvable):  # no list of theirs here
        lignes += _comptees((CodeListe.COURRIERS,), acteur, le)
    return lignes


def _en_ligne(acteur: Acteur) -> list[Attend]:
    """What was sent online, the oldest first, each to be verified by its day; nothing when nothing was."""
    return [
        Attend(
            reverse("demandes-en-ligne"),
            "Demandes en ligne à vérifier",
            milliers(compter_a_verifier(acteur)),
            premiere.nom or premiere.reference,
            reverse("demande-en-ligne", args=[premiere.id]),
            premiere.avant_le,
        )
        for premiere in list_a_verifier(acteur, instant=maintenant()).lignes[:1]
    ]


def _droits(acteur: Acteur, le: date) -> list[Attend]:
    """Rights of others: roles to confirm, places that lack somebody; nothing when nothing waits."""
    comptes = {
        "Habilitations à revoir": compter_a_repondre(acteur, le=le),
        "Lieux dont plus personne ne répond": compter_carences(acteur, le=le),
    }
    adresse = reverse("habilitations")
    return [Attend(adresse, libelle, milliers(nombre)) for libelle, nombre in comptes.items() if nombre]


DU_GUICHET = (
    CodeListe.ECHEANCE,
    CodeListe.REPONSES,
    CodeListe.PIECES,
    CodeListe.COURRIERS,
    CodeListe.QUALIFIER,
    CodeListe.INCOMPLETES,
)


def _listes(acteur: Acteur, le: date) -> list[Attend]:
    """Counted to a dated bound, as on the page of the lists; nothing of an empty list. Who acts for no counter is
    told of the answers awaited alone.
    """
    codes = DU_GUICHET if acteur.guichet else (CodeListe.REPONSES,)
    return [ligne for ligne in _comptees(codes, acteur, le) if ligne.nombre != RIEN]


def _comptees(codes: Sequence[CodeListe], acteur: Acteur, le: date) -> list[Attend]:
    """These lists, with the first file of each that is not empty."""
    au_plus = get_parametres(le)[ParametresListes].liste_compte_max
    demandees = [Demandee(code, Filtre(guichet=acteur.guichet), acteur, le) for code in codes]
    nombres = compter_listes(demandees, au_plus=au_plus)
    return [_liste(d, nombre, au_plus=au_plus) for d, nombre in zip(demandees, nombres, strict=True)]


def _liste(demandee: Demandee, nombre: int, *, au_plus: int) -> Attend:
    code, acteur, le = demandee.code, demandee.acteur, demandee.le
    fiche = LISTES[code]
    if not nombre or not (premieres := list_dossiers(demandee, par_page=1).lignes):
        return Attend(adresse_de(fiche), fiche.titre, RIEN)  # or emptied since it was counted
    en_chiffres = f"plus de {milliers(au_plus)}" if nombre > au_plus else milliers(nombre)
    ligne, lecteur = premieres[0], Lecteur(acteur, get_lecture(le))
    avant: date | str = ""
    if code is CodeListe.ECHEANCE:
        avant = radiation_de(ligne, lecteur) if ligne.date_expiration < le else ligne.date_expiration
    elif Colonne.AVANT in fiche.en_vue:
        avant = attendu_avant(ligne, lecteur)
    nom = f"{ligne.nom} {ligne.prenoms}".strip() or ligne.nud
    return Attend(
        adresse_de(fiche),
        fiche.titre,
        en_chiffres,
        nom,
        reverse("demande", args=[ligne.nud]),
        avant if isinstance(avant, date) else None,
    )
