"""A household is told that its demande was struck off: once, why, by the channel it reads, and never of a double."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection

from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message
from sne.notifications.rendu import rediger
from sne.notifications.rules import Issue, Resultat
from sne.notifications.selectors import get_contenu
from sne.notifications.tasks import service_des_messages
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie import tasks
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.messages import MessageVie
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import passer_l_horloge
from sne.registre.vie.verbes import VerbeVie
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.enquete.enquetes import gt
from tests.registre.factories import midi
from tests.registre.faits.faits import consigner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
M = MotifRadiation
BAILLEUR = "G0991"
JOUR = f.AUJOURD_HUI
COURRIEL = {"courriel": "elodie@exemple.fr"}
SANS_ADRESSE = {"etranger": False, "voie": "x" * 39, "code_postal": "99240", "commune": "99002"}
ENVOYE = date(2026, 10, 1)
FAITS = {
    M.RADATT: FaitsRadiation(M.RADATT),
    M.RADABA: FaitsRadiation(M.RADABA, date_courrier=ENVOYE, document="Classeur B"),
    M.RADCON: FaitsRadiation(M.RADCON, date_courrier=ENVOYE, document="AR 12"),
    M.RADIRR: FaitsRadiation(M.RADIRR, SousMotif.IRRSEJ, ENVOYE, "CALEOL du 28/09/2026"),
    M.RADREN: FaitsRadiation(M.RADREN),
}
MOTS = {
    M.RADATT: ("le bail est signé", "23 novembre 2027"),
    M.RADABA: ("un courrier du 1er octobre 2026", "23 novembre 2027"),
    M.RADCON: ("envoyé le 1er octobre 2026", "24 avril 2027"),
    M.RADIRR: ("les conditions de séjour", "23 novembre 2027"),
    M.RADREN: ("a pris fin le 23 octobre 2026", "24 avril 2027"),
}


def radiee(motif: MotifRadiation = M.RADABA, *, verifie: bool = False, **autres: Any) -> Demande:
    """A demande struck off today for this reason: by its clock, by a landlord, by a counter."""
    depot = autres.pop("depot", date(2025, 10, 24) if motif is M.RADREN else JOUR)
    racine = {cle: autres.pop(cle) for cle in ("preferences", "motifs") if cle in autres}
    contenu = f.contenu(demandeur=f.personne(**autres), **racine)
    demande_id = f.deposer(contenu, le=midi(depot), date_reception=depot).demande_id
    if verifie:
        Personne.objects.update(courriel_etat="VERIFIEE")
    if motif is M.RADREN:
        passer_l_horloge(midi(JOUR), territoires=["099"])
    else:
        agent = f.creer_acteur(guichet=BAILLEUR) if motif in {M.RADATT, M.RADIRR} else f.creer_acteur()
        if motif is M.RADATT:
            consigner(NatureFait.ATTRIBUTION, demande_id, agent)
        radier_demande(demande_id, FAITS[motif], acte=Acte(agent, f.MAINTENANT))
    return Demande.objects.get(id=demande_id)


def reagir(jour: date = JOUR) -> None:
    """What the journal's delivery does with each striking-off."""
    with time_machine.travel(midi(jour), tick=False):
        for entree in Entree.objects.filter(verbe="RADIER"):
            tasks.annoncer_radiation(
                entree_id=str(entree.id),
                demande_id=str(entree.demande),
                revision=entree.revision,
                verbe="RADIER",
                territoire="099",
            )
    connection.check_constraints()


def canaux() -> list[str]:
    return sorted(avis().values_list("canal", flat=True))


def avis() -> Any:
    return Message.objects.filter(genre="AVIS_RADIATION")


@pytest.mark.parametrize("motif", FAITS)
@pytest.mark.parametrize("verifie", [True, False])
def test_each_reason_by_each_channel(motif: MotifRadiation, verifie: bool) -> None:
    demande = radiee(motif, verifie=verifie, contact=COURRIEL)
    reagir()
    assert canaux() == (["COURRIEL"] if verifie else ["LETTRE"])
    message = avis().get()
    assert (message.demande, message.revision) == (demande.id, demande.revision)
    lu = get_contenu(message.id)
    assert lu is not None
    assert lu.contexte["date_radiation"] == "24 novembre 2026"
    redige = rediger(MessageVie.AVIS_RADIATION, lu.canal, lu.contexte)
    for corps in (redige.texte, redige.html):
        for mots in (*MOTS[motif], "24 novembre 2026", "24 novembre 2027", "2\u00a0mois"):
            assert mots in corps
    assert ("courrier." in redige.texte) is not verifie


def test_delivered_again_it_tells_once() -> None:
    radiee()
    for jour in (JOUR, date(2026, 11, 26)):
        reagir(jour)
    assert canaux() == ["LETTRE"]


def test_refused_it_becomes_a_letter() -> None:
    radiee(verifie=True, contact=COURRIEL)
    reagir()
    refus = Resultat(Issue.PERMANENT, "5.1.1")
    noter_tentative(avis().get().id, refus, acte=Acte(service_des_messages(), midi(JOUR)))
    assert canaux() == ["COURRIEL", "LETTRE"]
    with time_machine.travel(midi(date(2026, 11, 25)), tick=False):
        assert envois.deposer_lettres(timestamp=0) == 1


def test_asked_for_post_it_has_both() -> None:
    radiee(verifie=True, contact=COURRIEL, preferences={"avis_renouvellement_electronique": False})
    reagir()
    assert canaux() == ["COURRIEL", "LETTRE"]
    courriel = avis().get(canal="COURRIEL")
    assert courriel.secours is None


def test_secret_is_written_to_no_address_that_nobody_verified() -> None:
    radiee(contact=COURRIEL, adresse_courrier=SANS_ADRESSE, motifs={"codes": ["06"]})
    reagir()
    assert canaux() == []


def test_taking_the_reason_out_before_makes_it_no_less_secret() -> None:
    avec, sans = (
        f.contenu(demandeur=f.personne(contact=COURRIEL, adresse_courrier=SANS_ADRESSE), **racine)
        for racine in ({"motifs": {"codes": ["06"]}}, {})
    )
    demande_id = f.deposer(avec).demande_id
    agent = f.creer_acteur()
    modifier_demande(demande_id, contenu=sans, revision=1, acte=Acte(agent, f.MAINTENANT))
    radier_demande(demande_id, FAITS[M.RADABA], acte=Acte(agent, f.MAINTENANT))
    reagir()
    assert canaux() == []


def test_without_post_nor_secret_any_address_is_better_than_none() -> None:
    radiee(contact=COURRIEL, adresse_courrier=SANS_ADRESSE)
    reagir()
    assert canaux() == ["COURRIEL"]


def test_come_back_meanwhile_is_told_nothing() -> None:
    demande = radiee(M.RADREN)
    agent = f.creer_acteur()
    renouveler_demande(
        demande.id,
        saisie=Saisie(contenu=get_fiche(demande, agent).contenu, revision=demande.revision),
        acte=Acte(agent, midi(JOUR)),
        sans_changement=True,
    )
    reagir()
    assert canaux() == []


def test_struck_off_again_is_told_again() -> None:
    demande = radiee()
    reagir()
    renouveler_demande(
        demande.id,
        saisie=Saisie(contenu=get_fiche(demande, gt()).contenu, revision=demande.revision),
        acte=Acte(gt(), midi(JOUR)),
        sans_changement=True,
    )
    radier_demande(demande.id, FAITS[M.RADABA], acte=Acte(f.creer_acteur(), midi(JOUR)))
    reagir()
    assert avis().values("origine").distinct().count() == avis().count() == 2


def test_a_return_that_is_over_is_not_promised() -> None:
    """Found long after its last day, by a clock that had been stopped."""
    radiee(M.RADREN, depot=date(2024, 1, 10))
    reagir()
    lu = get_contenu(avis().get().id)
    assert lu is not None
    assert "ne peut plus revenir" in lu.contexte["retour"]


def test_erased_since_nobody_is_left_to_write_to() -> None:
    demande = radiee()
    passer_l_horloge(midi(date(2027, 11, 25)), territoires=["099"])
    demande.refresh_from_db()
    assert demande.statut == "PURGEE"
    reagir(date(2027, 11, 26))
    assert canaux() == []


def test_only_strikings_off_are_listened_to() -> None:
    """A double taken back is none: its household keeps its demande, and hears of nothing."""
    (abonne,) = [a for a in abonnes() if a.tache == tasks.ANNONCER_RADIATION]
    assert set(abonne.verbes) == {VerbeVie.RADIER}
