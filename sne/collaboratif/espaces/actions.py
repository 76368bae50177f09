"""Opening a space, saying which team does what in it, closing it, erasing its texts when the time has come."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.collaboratif.espaces.models import AccesEspace, Drapeau, Espace, MembreListe
from sne.collaboratif.espaces.possible import exiger_droit, exiger_ouvrir, exiger_tenir
from sne.collaboratif.espaces.rules import (
    INTROUVABLE,
    NOM_MAX,
    PHRASE_MAX,
    Droit,
    EspaceLivre,
    Nature,
    lire_ligne,
)
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.lignes import sans_double, trouver
from sne.socle.verrous import tenir

DEJA = "Un espace porte déjà ce code. Choisissez-en un autre."
SANS_EQUIPE = "Choisissez une équipe."
PROPRIETAIRE = "L’équipe à qui est l’espace l’anime toujours."


@dataclass(frozen=True, slots=True, kw_only=True)
class NouvelEspace:
    """What is opened, and the team that owns it: it runs the space."""

    code: str
    nom: str
    phrase: str
    equipe: str
    nature: Nature = Nature.PROJET
    territoire: str = ""


@transaction.atomic
def ouvrir_espace(nouvel: NouvelEspace, *, acte: Acte) -> Espace:
    """Open a space. Raises ``NonHabilite``, ``Interdit`` (a field)."""
    exiger_ouvrir(acte.acteur, nouvel.territoire)
    if not nouvel.equipe or nouvel.equipe.startswith("compte:"):
        raise Interdit(SANS_EQUIPE, champ="equipe")
    espace = Espace(
        code=nouvel.code,
        nom=lire_ligne(nouvel.nom, champ="nom", maximum=NOM_MAX, sinon="Donnez un nom à l’espace."),
        phrase=lire_ligne(
            nouvel.phrase, champ="phrase", maximum=PHRASE_MAX, sinon="Dites en une phrase à quoi il sert."
        ),
        nature=nouvel.nature,
        territoire=nouvel.territoire,
        equipe=nouvel.equipe,
        ouvert_le=acte.survenu_le,
    )
    with sans_double(DEJA, champ="code"):
        espace.save(force_insert=True)
    _donner(espace, nouvel.equipe, Droit.ANIMER, acte)
    _inscrire(VerbeCollaboratif.OUVRIR_ESPACE, espace, acte, equipe=nouvel.equipe)
    return espace


@transaction.atomic
def changer_acces(espace_id: uuid.UUID, equipe: str, droit: Droit | None, *, acte: Acte) -> None:
    """From now on, this team has this right, or none. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    espace = _verrouiller(espace_id, acte)
    if not equipe or equipe.startswith("compte:"):
        raise Interdit(SANS_EQUIPE, champ="equipe")
    if equipe == espace.equipe:
        raise Interdit(PROPRIETAIRE, champ="equipe")
    AccesEspace.objects.filter(espace=espace, equipe=equipe, fin=None).update(fin=acte.survenu_le)
    if droit is not None:
        _donner(espace, equipe, droit, acte)
    _inscrire(VerbeCollaboratif.CHANGER_ACCES_ESPACE, espace, acte, equipe=equipe, droit=str(droit or ""))


@transaction.atomic
def fermer_espace(espace_id: uuid.UUID, *, acte: Acte) -> None:
    """Read only from now on, for the teams that it opened to. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    espace = _verrouiller(espace_id, acte)
    espace.ferme_le = acte.survenu_le
    espace.save(update_fields=["ferme_le"])
    _inscrire(VerbeCollaboratif.FERMER_ESPACE, espace, acte)


@transaction.atomic
def changer_liste(liste: str, compte: uuid.UUID, *, dedans: bool, acte: Acte) -> None:
    """Write somebody into a list, or out of it; nothing changes when it is so already. Raises ``NonHabilite``.

    One leaves a list by oneself.
    """
    if dedans or compte != acte.acteur.id:
        exiger_tenir(acte.acteur, "")
    tenir(f"liste|{liste}|{compte}")
    membre = MembreListe.objects.filter(liste=liste, compte=compte, fin=None).first()
    if dedans is (membre is not None):
        return
    if membre is None:
        membre = MembreListe.objects.create(liste=liste, compte=compte, debut=acte.survenu_le)
    else:
        membre.fin = acte.survenu_le
        membre.save(update_fields=["fin"])
    faits = {"membre": str(membre.id), "liste": liste, "dedans": dedans}
    inscrire(Entree(VerbeCollaboratif.CHANGER_LISTE, acte, faits=faits))


@transaction.atomic
def livrer_les_espaces(livres: Iterable[EspaceLivre], *, acte: Acte) -> int:
    """Open those that are not there; how many were. For the installation: asked of the service itself."""
    exiger_ouvrir(acte.acteur, "")
    deja, ouverts = set(Espace.objects.values_list("code", flat=True)), 0
    for livre in livres:
        if livre.code in deja:
            continue
        (equipe, _), *autres = livre.acces
        nouvel = NouvelEspace(
            code=livre.code,
            nom=livre.nom,
            phrase=livre.phrase,
            equipe=equipe,
            nature=livre.nature,
            territoire=livre.territoire,
        )
        espace = ouvrir_espace(nouvel, acte=acte)
        for autre, droit in autres:
            _donner(espace, autre, droit, acte)
        ouverts += 1
    return ouverts


def _donner(espace: Espace, equipe: str, droit: Droit, acte: Acte) -> None:
    AccesEspace.objects.create(
        espace=espace, equipe=equipe, droit=droit, debut=acte.survenu_le, par=acte.acteur.id
    )


def _verrouiller(espace_id: uuid.UUID, acte: Acte) -> Espace:
    espace = trouver(Espace.objects.select_for_update().filter(id=espace_id), INTROUVABLE)
    exiger_droit(lecteur_de(acte.acteur, le=acte.survenu_le), espace, Droit.ANIMER)
    return espace


def _inscrire(verbe: VerbeCollaboratif, espace: Espace, acte: Acte, **faits: object) -> None:
    inscrire(Entree(verbe, acte, territoire=espace.territoire, faits={"espace": str(espace.id)} | faits))


@transaction.atomic
def regler_drapeau(
    code: str, equipes: Collection[str], *, du: datetime, au: datetime | None = None, acte: Acte
) -> None:
    """Who a part of the service is open to, and when; what they were writing is kept.

    Raises ``NonHabilite``, ``Interdit`` (nobody, an end before its beginning).
    """
    exiger_tenir(acte.acteur, "")
    if not equipes:
        raise Interdit("Choisissez au moins une équipe.", champ="equipes")
    if au is not None and au < du:
        raise Interdit("La fin vient après le début\u00a0: changez l’une des deux dates.", champ="au")
    valeurs = {"equipes": sorted(set(equipes)), "du": du, "au": au}
    Drapeau.objects.update_or_create(code=code, defaults=valeurs)
    inscrire(
        Entree(VerbeCollaboratif.REGLER_DRAPEAU, acte, faits={"drapeau": code, "equipes": valeurs["equipes"]})
    )


@transaction.atomic
def eteindre_pour(equipe: str, *, acte: Acte) -> None:
    """What is open to this team alone is off from now on. Raises ``NonHabilite``."""
    for drapeau in Drapeau.objects.filter(equipes=[equipe]).order_by("code"):
        eteindre(drapeau.code, acte=acte)


@transaction.atomic
def eteindre(code: str, *, acte: Acte) -> None:
    """Off for everybody from now on; nothing happens when it is so. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_tenir(acte.acteur, "")
    drapeau = trouver(Drapeau.objects.select_for_update().filter(code=code), INTROUVABLE)
    if drapeau.au is None or drapeau.au > acte.survenu_le:
        debut = min(drapeau.du, acte.survenu_le)
        regler_drapeau(code, drapeau.equipes, du=debut, au=acte.survenu_le, acte=acte)
