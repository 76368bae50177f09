"""What waits for a person: lists of decisions, enquiries, rights, answers awaited, with their counts."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sne.guichet.accueil.onglets import onglets
from sne.guichet.listes.adresses import adresse_de
from sne.habilitations.selectors import compter_carences
from sne.habilitations.selectors.revues import compter_a_repondre
from sne.referentiels.selectors import get_parametres
from sne.registre.depot_en_ligne.selectors.a_verifier import compter_a_verifier
from sne.registre.enquete.selectors.enquetes import compter_enquetes
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.rules.listes import LISTES, CodeListe, Filtre, milliers
from sne.registre.listes.selectors.lecture import Demandee, compter_liste
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.navigation import ouvre
from sne.suivi.selectors.alertes import compter_alertes

RIEN = "0"
A_CORRIGER = frozenset({"identites", "decisions", "demandes-proches"})
"""Lists of decisions on what may be wrong of a demande."""


@dataclass(frozen=True, slots=True)
class Attend:
    """One line: where it leads, its name, how many wait in figures."""

    adresse: str
    libelle: str
    nombre: str


def ce_qui_attend(acteur: Acteur, *, le: date) -> list[Attend]:
    """The lists on which this person decides, each with its count, even when it is zero; then the answers awaited, if
    any.
    """
    lignes = [Attend(reverse(une.vue), une.libelle, milliers(une.nombre)) for une in onglets(acteur)]
    en_ligne = compter_a_verifier(acteur) if ouvre(acteur, "demandes-en-ligne") else 0
    if en_ligne:
        adresse = reverse("demandes-en-ligne")
        lignes.append(Attend(adresse, "Demandes en ligne à vérifier", milliers(en_ligne)))
    if ouvre(acteur, "enquetes"):
        lignes.append(Attend(reverse("enquetes"), "Enquêtes ouvertes", milliers(compter_enquetes(acteur))))
    a_suivre = compter_alertes(acteur, le=le) if ouvre(acteur, "alertes") else 0
    if a_suivre:
        lignes.append(Attend(reverse("alertes"), "Alertes aux guichets", milliers(a_suivre)))
    if ouvre(acteur, "habilitations"):
        lignes += _droits(acteur, le)
    with suppress(Introuvable):  # no list of theirs here
        lignes += _reponses(acteur, le)
    return lignes


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
        lignes.append(_liste(CodeListe.COURRIERS, acteur, le)[0])
    return lignes


def _droits(acteur: Acteur, le: date) -> list[Attend]:
    """Rights of others: roles to confirm, places that lack somebody; nothing when nothing waits."""
    comptes = {
        "Habilitations à revoir": compter_a_repondre(acteur, le=le),
        "Lieux dont plus personne ne répond": compter_carences(acteur, le=le),
    }
    adresse = reverse("habilitations")
    return [Attend(adresse, libelle, milliers(nombre)) for libelle, nombre in comptes.items() if nombre]


def _reponses(acteur: Acteur, le: date) -> list[Attend]:
    """Nothing when nothing is awaited."""
    ligne, nombre = _liste(CodeListe.REPONSES, acteur, le)
    return [ligne] if nombre else []


def _liste(code: CodeListe, acteur: Acteur, le: date) -> tuple[Attend, int]:
    """A work list, counted to a dated bound, as on the page of the lists."""
    fiche, au_plus = LISTES[code], get_parametres(le)[ParametresListes].liste_compte_max
    nombre = compter_liste(Demandee(code, Filtre(guichet=acteur.guichet), acteur, le), au_plus=au_plus)
    en_chiffres = f"plus de {milliers(au_plus)}" if nombre > au_plus else milliers(nombre)
    return Attend(adresse_de(fiche), fiche.titre, en_chiffres), nombre
