"""A file read to answer a question that points to it: by who reads files already, or this one alone, or not at all."""

import pytest

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.lecture.actions.consulter import consulter_demande, consulter_pour_repondre
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def acte(role: Role) -> Acte:
    return Acte(f.creer_acteur(role), f.MAINTENANT)


def test_under_the_number_of_the_question_by_who_may() -> None:
    recu = f.deposer()
    for role in (Role.AGENT_GUICHET, Role.SUPPORT_N2):
        fiche = consulter_pour_repondre(recu.nud, question="A-2026-000001", acte=acte(role))
        assert fiche.demande.nud == recu.nud
    faits = list(
        Entree.objects.filter(demande=recu.demande_id, verbe="CONSULTER").values_list("faits", flat=True)
    )
    assert [(x["motif"], x["pour"]) for x in faits] == [("A-2026-000001", "ASSISTANCE")] * 2
    with pytest.raises(NonHabilite):
        consulter_pour_repondre(recu.nud, question="A-2026-000001", acte=acte(Role.POLE_METIER))
    with pytest.raises(Introuvable):
        consulter_pour_repondre("099112600004200000", question="A-2026-000001", acte=acte(Role.SUPPORT_N2))
    with pytest.raises((Introuvable, NonHabilite)):
        consulter_demande(recu.nud, acte=acte(Role.SUPPORT_N2))
