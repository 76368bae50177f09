"""« Ne plus recevoir »: one’s own stops by the link of its messages, without signing in; a place’s has no such link."""

import email
import uuid
from email.message import Message
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.infocentre.abonnements.actions.decider import PAR_UN_LIEN, arreter_par_lien
from sne.infocentre.abonnements.models import DecisionAbonnement
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import lire_abonnement, list_decisions
from sne.infocentre.abonnements.selectors.liens import signer_arret
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.infocentre.abonnements.monde import ICI, abonner_ici, acteur, compter, courrier, le, passer

pytestmark = pytest.mark.django_db
DEBUT, FEVRIER = le(2024, 1, 10), le(2024, 2, 2)


def cle_de(compte: Compte) -> uuid.UUID:
    """Their own subscription."""
    [abonnement] = (
        DecisionAbonnement.objects.filter(compte=compte.id).values_list("abonnement", flat=True).distinct()
    )
    return abonnement


def recus(var: Path) -> list[Message]:
    return [email.message_from_bytes(f.read_bytes()) for f in (var / "courriels").glob("*.eml")]


def recevoir(compte: Compte, place: Place, var: Path) -> Message:
    """The edition of January, as that person finds it in their mailbox."""
    abonner_ici(compte, DEBUT, place=place, roles=() if place.compte else ("GESTIONNAIRE_TERRITORIAL",))
    compter(DEBUT.date().replace(day=1), DEPOTS=12)
    passer(FEVRIER)
    courrier(FEVRIER)
    [recu] = recus(var)
    return recu


def test_one_s_own_stops_by_a_post_without_signing_in(gt: Compte, var: Path, operateur: Compte) -> None:
    recu = recevoir(gt, Place(ICI.lieu, compte=gt.id), var)
    assert recu["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    chemin = recu["List-Unsubscribe"].removeprefix("<http://localhost:8000").removesuffix(">")
    machine = Client(enforce_csrf_checks=True)
    assert "Ne plus recevoir</button>" in machine.get(chemin).content.decode()
    assert [d.nature for d in list_decisions(cle_de(gt))] == ["OUVERT"]
    for _ in range(2):  # a mail program may call twice
        reponse = machine.post(chemin, {"List-Unsubscribe": "One-Click"})
        assert (reponse.status_code, "C’est fait" in reponse.content.decode()) == (200, True)
    derniere = list_decisions(cle_de(gt))[0]
    assert (derniere.nature, derniere.motif) == ("ARRETE", PAR_UN_LIEN)
    assert machine.get(chemin[:-3] + "x/").status_code == 404


def test_a_place_s_has_no_such_link(gt: Compte, var: Path, operateur: Compte) -> None:
    recu = recevoir(gt, ICI, var)
    assert recu["List-Unsubscribe"] is None
    assert "ne-plus-recevoir" not in recu.as_string()


def test_the_link_is_followed_by_the_service(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT, place=Place(ICI.lieu, compte=gt.id), roles=())
    with pytest.raises(NonHabilite):
        arreter_par_lien(signer_arret(cle), acte=Acte(acteur(gt, DEBUT), DEBUT))
    assert lire_abonnement(cle).vivant
    assert reverse("ne-plus-recevoir", args=[signer_arret(cle)])
