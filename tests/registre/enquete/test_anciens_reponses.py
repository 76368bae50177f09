"""When a replacement is dated: an answer given after it holds, whatever was asked for or refused since."""

from datetime import timedelta

import pytest

from sne.registre.demande.models.personne import Identite
from sne.registre.enquete.actions.enquetes import lier_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.doublons.anciens import clore, nuit, ouvertes, remplacer
from tests.registre.enquete import enquetes as e

pytestmark = pytest.mark.django_db
KARIM = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})


def test_a_departure_answered_is_not_asked_again() -> None:
    couple = f.contenu(cotitulaires=[KARIM | {"lien_demandeur": "C"}])
    ancienne = f.deposer(couple, le=f.ANCIEN).demande_id
    recente = f.deposer(f.contenu(demandeur=KARIM), doublons_ecartes="Un homonyme.").demande_id
    modifier_demande(ancienne, contenu=f.contenu(), revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    f.decider(Identite.objects.get(demande=ancienne, retrait=True))
    nuit()
    clore()
    nuit(4)
    assert ouvertes() == [[ancienne, recente]]


def test_what_was_refused_before_replaced_nobody() -> None:
    """Refused, told apart, then taken: the replacement is of after the answer."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente = f.deposer(doublons_ecartes="Une homonyme.").demande_id
    remplacer(ancienne, "Ngalle", issue="REFUSEE")
    enquete = e.enqueter(ancienne)
    lier_demande(enquete, recente, acte=Acte(e.gt(), f.MAINTENANT))
    clore("AUTRE_PERSONNE", "HOMONYME", le=f.MAINTENANT + timedelta(days=1))
    remplacer(ancienne, jours=40)
    nuit(41)
    assert ouvertes() == [[ancienne, recente]]
