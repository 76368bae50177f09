"""What is written to whom about a subscription: an edition to who reads it, the rest to who has to know."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import ROLES, Role
from sne.infocentre.abonnements.messages import MessageAbonnement
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.rules.mots import filtres_en_mots, periode_en_mots
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import Abonnement
from sne.infocentre.abonnements.selectors.liens import signer_arret
from sne.infocentre.abonnements.selectors.rapports import filtres_dits, nom_de
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.rapports.tableau import Tableau
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import instant_fr, pluriel

PIECE = "edition"
SANS_FRAGILE = "Aucun chiffre ne repose sur trop peu de cas."


@dataclass(frozen=True, slots=True)
class Avis:
    """What is told: ``quoi`` happened, ``suite`` follows or is to be done; once for each ``origine``."""

    genre: MessageAbonnement
    quoi: str
    suite: str
    origine: str


def dire(avis: Avis, abonnement: Abonnement, comptes: Collection[Compte], *, rapport: str, acte: Acte) -> int:
    """Tell it to these accounts, once each for its ``origine``; how many are written to. ``rapport``: its name."""
    place = abonnement.place
    contexte = {
        "territoire": nom_de(place),
        "rapport": rapport,
        "quoi": avis.quoi,
        "suite": avis.suite,
        "lien": _adresse("abonnement", abonnement.id),
    }
    return sum(
        ecrire_a(_pli(compte, avis.genre, contexte, avis.origine, place, acte=acte), acte=acte)
        for compte in comptes
    )


@dataclass(frozen=True, slots=True)
class Colis:
    """An edition to send. ``joindre``: its file is joined, not only a link; ``remarques``: said before the rest."""

    edition: Edition
    tableau: Tableau
    joindre: bool
    remarques: tuple[str, ...]
    origine: str


def envoyer_a(colis: Colis, abonnement: Abonnement, comptes: Collection[Compte], *, acte: Acte) -> int:
    """Write an edition to these accounts, once each for its ``origine``; how many are written to."""
    reglage, place, tableau = abonnement.reglage, abonnement.place, colis.tableau
    format_ = Format(reglage.format)
    ou = (
        "joint à ce message"
        if colis.joindre
        else "trop lourd pour être joint\u00a0: il se prend sur la page de l’édition"
    )
    contexte = {
        "territoire": nom_de(place),
        "rapport": f"{tableau.titre}, version {tableau.version}",
        "perimetre": nom_de(place),
        "periode": periode_en_mots(tableau.du, tableau.au),
        "filtres": filtres_en_mots(filtres_dits(reglage.filtres)),
        "sceau": sceau_en_mots(tableau),
        "lignes": pluriel(len(tableau.lignes), "ligne,lignes"),
        "fragiles": fragiles_en_mots(colis.edition.fragiles),
        "remarques": " ".join(colis.remarques),
        "piece": f"Fichier {format_.name} {ou}.",
        "pourquoi": pourquoi(abonnement),
        "lien": _adresse("edition", colis.edition.id),
        "lien_rapport": f"{_adresse('infocentre-rapport', tableau.code)}?lieu={place.lieu.cle}",
        "lien_abonnement": _adresse("abonnement", abonnement.id),
        "lien_arret": _adresse("ne-plus-recevoir", signer_arret(abonnement.id)) if place.compte else "",
    }
    piece = f"{PIECE}:{colis.edition.id}.{format_.value}" if colis.joindre else ""
    genre = MessageAbonnement.ABONNEMENT_EDITION
    return sum(
        ecrire_a(_pli(compte, genre, contexte, colis.origine, place, acte=acte, piece=piece), acte=acte)
        for compte in comptes
    )


def pourquoi(abonnement: Abonnement) -> str:
    """Why somebody receives it, and who decides of it."""
    if abonnement.place.compte is not None:
        return "Vous vous êtes abonné à ce rapport pour vous seul\u00a0: vous seul en décidez."
    noms = ", ".join(_minuscule(ROLES[Role(role)].nom) for role in abonnement.reglage.roles)
    return (
        f"Ce rapport part à qui tient ce rôle le jour de l’envoi\u00a0: {noms}. L’abonnement est au lieu "
        f"({nom_de(abonnement.place)}), pas à une personne\u00a0: chacun de ceux qui en ont la charge peut le changer "
        "ou l’arrêter."
    )


def sceau_en_mots(tableau: Tableau) -> str:
    """« au scellement 1 204 du 02/05/2024 à 3 h 04 »: as of when the figures are."""
    quand = f" du {instant_fr(tableau.scelle_le)}" if tableau.scelle_le else ""
    return f"au scellement {tableau.scellement}{quand}"


def fragiles_en_mots(nombre: int) -> str:
    """How many figures rest on too few cases to be compared."""
    if not nombre:
        return SANS_FRAGILE
    return f"{pluriel(nombre, 'chiffre repose,chiffres reposent')} sur trop peu de cas pour être comparé."


def a_qui(*groupes: Collection[Compte]) -> tuple[Compte, ...]:
    """These accounts, each person once."""
    trouves: dict[uuid.UUID, Compte] = {}
    for groupe in groupes:
        for compte in groupe:
            trouves.setdefault(compte.titulaire_id or compte.id, compte)
    return tuple(trouves.values())


def _pli(
    compte: Compte,
    genre: MessageAbonnement,
    contexte: dict[str, str],
    origine: str,
    place: Place,
    *,
    acte: Acte,
    piece: str = "",
) -> Pli:
    return Pli(
        destinataire=compte.courriel,
        compte_id=compte.id,
        genre=genre,
        contexte=contexte,
        origine=origine,
        limites=Limites.depuis(get_parametres(_jour(acte))),
        territoire=place.territoire,
        piece=piece,
    )


def _jour(acte: Acte) -> date:
    return jour(acte.survenu_le)


def _adresse(vue: str, cle: uuid.UUID | str) -> str:
    return f"{settings.URL_PUBLIQUE}{reverse(vue, args=[cle])}"


def _minuscule(nom: str) -> str:
    return nom if nom.isupper() else nom[:1].lower() + nom[1:]
