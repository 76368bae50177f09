"""A request that goes back to all, that waits for a document that does not come."""

from datetime import timedelta

import pytest

from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.requete.actions.annoncer import annoncer_requete
from sne.registre.requete.actions.clore import clore_les_requetes, rappeler_les_documents
from sne.registre.requete.actions.traiter import demander_document, prendre_requete, rendre_requete
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.selectors.requetes import get_prendre_avant, list_requetes
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f
from tests.registre.rattachement.test_suivre import relier, visiter
from tests.registre.requete.test_requete import acte, attentes, demander, envoyer, statut

pytestmark = pytest.mark.django_db


def test_given_back_or_completed_it_is_to_be_taken_by_another_day() -> None:
    lien, plus_tard = relier(jours=10), f.MAINTENANT + timedelta(days=9)
    cle = demander(lien)
    d_abord = RequeteDemandeur.objects.get(id=cle).prendre_avant
    prendre_requete(cle, acte=acte())
    rendre_requete(cle, acte=Acte(acte().acteur, plus_tard))
    rendue = RequeteDemandeur.objects.get(id=cle).prendre_avant
    assert rendue == get_prendre_avant(plus_tard.date()) > d_abord
    prendre_requete(cle, acte=acte())
    demander_document(cle, precision="Le livret.", acte=acte())
    rendre_requete(cle, acte=acte())
    assert RequeteDemandeur.objects.get(id=cle).prendre_avant == rendue
    envoyer(lien, cle)
    completee = RequeteDemandeur.objects.get(id=cle)
    assert (completee.prendre_avant, completee.document_avant) == (d_abord, None)


def test_without_the_document_it_is_recalled_once_then_closed() -> None:
    lien = relier(jours=10)
    cle = demander(lien)
    prendre_requete(cle, acte=acte())
    demander_document(cle, precision="Le livret.", acte=acte())
    fin = RequeteDemandeur.objects.get(id=cle).document_avant
    assert fin is not None
    assert (fin - f.AUJOURD_HUI).days == 90
    faits = []
    for jours in (0, 74, 75, 80, 90, 91, 92):
        instant = f.MAINTENANT + timedelta(days=jours)
        rappelees = rappeler_les_documents(horloge_du_registre, survenu_le=instant)
        faits.append((rappelees, clore_les_requetes(horloge_du_registre, survenu_le=instant)))
    assert faits == [(0, 0), (0, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 0)]
    assert (statut(cle), attentes(lien)) == ("CLOSE_SANS_SUITE", 0)
    (lue,) = list_requetes(visiter(lien))
    assert (lue.ouverte, lue.sans_suite) == (False, True)
    for verbe in ("COMPLETER_REQUETE", "RAPPELER_REQUETE", "CLORE_REQUETE"):
        annoncer_requete(Entree.objects.get(verbe=verbe).id, acte=acte())
    dits = [lu.contexte for m in Message.objects.all() if (lu := get_contenu(m.id))]
    assert {dit["etat"] for dit in dits} == {"attend toujours un document", "est close sans suite"} | {
        "attend un document"
    }
    demander(lien)  # asked again


def test_what_a_counter_leaves_without_an_answer_stays_open() -> None:
    lien = relier(jours=10)
    cle = demander(lien)
    plus_tard = f.MAINTENANT + timedelta(days=400)
    assert clore_les_requetes(horloge_du_registre, survenu_le=plus_tard) == 0
    assert statut(cle) == "DEPOSEE"


def test_what_is_sent_an_instant_before_is_not_closed() -> None:
    lien = relier(jours=10)
    cle = demander(lien)
    prendre_requete(cle, acte=acte())
    demander_document(cle, precision="Le livret.", acte=acte())

    def entre_temps(territoire: str) -> Acteur:
        envoyer(lien, cle)
        return horloge_du_registre(territoire)

    assert clore_les_requetes(entre_temps, survenu_le=f.MAINTENANT + timedelta(days=91)) == 0
    assert statut(cle) == "PRISE"


def test_whoever_is_asked_for_a_document_is_told_until_when() -> None:
    lien = relier(jours=10)
    cle = demander(lien)
    prendre_requete(cle, acte=acte())
    demander_document(cle, precision="Le livret.", acte=acte())
    annoncer_requete(Entree.objects.get(verbe="COMPLETER_REQUETE").id, acte=acte())
    (dit,) = [lu.contexte for m in Message.objects.all() if (lu := get_contenu(m.id))]
    assert dit["suite"] == "Le livret.\nSans ce document avant la fin du 22 février 2027, elle est close."
