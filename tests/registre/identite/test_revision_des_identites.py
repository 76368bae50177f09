"""Each identity says which revision wrote it, so that no act reads the journal to learn what it has just done."""

import uuid

import pytest

from sne.registre.avis.selectors.changement import ActeDit, is_a_dire
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def revisions(demande: uuid.UUID) -> list[tuple[str, int]]:
    return list(Identite.objects.filter(demande=demande).order_by("id").values_list("voie", "revision"))


def changer(demande: uuid.UUID) -> None:
    modifier_demande(
        demande,
        contenu=f.contenu(demandeur=f.personne("Zimmer")),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )


def test_each_identity_says_its_revision() -> None:
    demande = f.deposer(le=f.ANCIEN).demande_id
    assert revisions(demande) == [("DEPOT", 1)]
    changer(demande)
    assert revisions(demande) == [("DEPOT", 1), ("CONTROLE", 2)]


def test_what_an_act_asked_for_is_read_in_the_rows() -> None:
    demande = f.deposer(le=f.ANCIEN).demande_id
    changer(demande)
    assert is_a_dire(demande, 2, ActeDit(VerbeDemande.MODIFIER, f.MAINTENANT))
