"""Demandes that look alike, the sweep of the night, and what a manager decides of them."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection

from sne.referentiels.rules import Parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.doublons.actions import balayer as actions
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.ensembles import decider_ensemble
from sne.registre.doublons.models import EnsembleDoublon, EnsembleMembre, EnsemblePaire, EnsembleSort
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f


def passer(jours: int = 0) -> None:
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT + timedelta(days=jours)))
    connection.check_constraints()


def deposer(nom: str = "Dubreuil", prenoms: str = "Élodie", **autres: object) -> str:
    contenu = f.contenu(demandeur=f.personne(nom, prenoms, **autres))
    return f.deposer(contenu, doublons_ecartes="Une autre personne.").nud


def ensembles() -> list[set[str]]:
    """Numbers of each open set, the closest first."""
    ouverts = EnsembleDoublon.objects.filter(clos_le=None).order_by("-score", "id")
    return [set(e.membres.values_list("demande__nud", flat=True)) for e in ouverts]


def ouvert() -> EnsembleDoublon:
    return EnsembleDoublon.objects.get(clos_le=None)


def id_de(nud: str) -> uuid.UUID:
    return Demande.objects.get(nud=nud).id


def decider(gt: Acteur, issue: str = "FOYERS_DIFFERENTS", jours: int = 1, **autres: object) -> uuid.UUID:
    """Decide the only open set; returns its id."""
    ensemble = ouvert()
    motif = "DEJA_ENREGISTREE" if issue == "MEME_FOYER" else "HOMONYME"
    dits = {"issue": issue, "motif": motif, "precision": ""} | autres
    decider_ensemble(
        ensemble.id,
        **dits,  # type: ignore[arg-type]
        acte=Acte(gt, f.MAINTENANT + timedelta(days=jours)),
    )
    connection.check_constraints()
    return ensemble.id


def paires() -> set[tuple[str, str]]:
    """Pairs to decide in open sets, by number."""
    ouvertes = EnsemblePaire.objects.filter(ensemble__clos_le=None)
    return set(ouvertes.values_list("demande_a__nud", "demande_b__nud"))


def changer_de_nom(nud: str, nom: str, prenoms: str = "Élodie") -> None:
    """Another current identity, by the automatic way."""
    modifier_demande(
        id_de(nud),
        contenu=f.contenu(demandeur=f.personne(nom, prenoms)),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )


def radier(nud: str) -> int:
    """Struck off at its holder's request; in how many days it comes back for the last time."""
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(id_de(nud), faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    return (Radiation.objects.get(demande__nud=nud).reactivable_jusqu_au - f.AUJOURD_HUI).days


def communs(monkeypatch: pytest.MonkeyPatch, nombre: int) -> None:
    """That many adults make a key common."""
    lire = actions.get_parametres

    def autres(jour: date) -> Parametres:
        return lire(jour).avec(doublon_cle_commune=nombre)

    monkeypatch.setattr(actions, "get_parametres", autres)


def lignes() -> list[list[object]]:
    """Everything that sweeps write but their own progress."""
    modeles = (EnsembleDoublon, EnsembleMembre, EnsemblePaire, EnsembleSort)
    return [list(modele.objects.order_by("id").values()) for modele in modeles]
