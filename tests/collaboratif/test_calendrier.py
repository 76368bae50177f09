"""Meetings of three layers, the grid of a month, and a feed that two calendars read, by the rights of the day."""

import re
from datetime import date, datetime, timedelta

import pytest
import vobject
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from sne.collaboratif.annonces.actions import annoncer
from sne.collaboratif.calendrier import actions
from sne.collaboratif.calendrier.lecture import get_rencontre, list_rencontres
from sne.collaboratif.calendrier.models import FluxCalendrier, Rencontre
from sne.collaboratif.calendrier.rules import Couche, empreinte_du_secret, grille, lire_url
from sne.collaboratif.detenus import confier_rencontres, list_rencontres_tenues
from sne.collaboratif.echanges import lecture
from sne.collaboratif.echanges.actions import ouvrir_sujet
from sne.collaboratif.echanges.rules import GenreSujet
from sne.collaboratif.espaces.actions import fermer_espace
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.espace_pro.espaces.flux import ecrire_flux
from sne.habilitations.detenus import Passation
from sne.habilitations.models import Habilitation
from sne.programme.actions.livrer import livrer_les_decisions
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import PARIS, aujourd_hui, maintenant
from tests.collaboratif.test_annonces import nouvelle
from tests.habilitations import factories as comptes

T = "territoire-099"
DANS = timedelta(days=3)


def saisie(titre: str = "Réunion", **change) -> actions.Saisie:
    debut = maintenant() + DANS
    return actions.Saisie(**{"titre": titre, "debut": debut, "fin": debut + timedelta(hours=1)} | change)


@pytest.fixture
def rencontre(gens, livres) -> Rencontre:
    return actions.convoquer(saisie(), Couche.TERRITOIRE, territoire="099", acte=gens.acte("gt"))


def test_each_layer_is_read_by_its_own(gens, livres, rencontre) -> None:
    nationale = actions.convoquer(saisie("Webinaire"), Couche.NATIONALE, acte=gens.acte("pole"))
    espace = actions.convoquer(
        saisie("Essai"), Couche.ESPACE, espace=livres["fichiers-partages"].id, acte=gens.acte("pole")
    )
    lues = {
        "agent": {nationale, rencontre},
        "agent2": {nationale},
        "gfp": {nationale, espace, rencontre},
        "pole": {nationale, espace},
        "n1": {nationale},
        "union": {nationale},
    }
    for qui, attendues in lues.items():
        lecteur = lecteur_de(gens.acteur(qui), le=maintenant())
        assert set(list_rencontres(lecteur, mois=rencontre.debut.astimezone(PARIS).date())) == attendues, qui
        for r in {nationale, rencontre, espace} - attendues:
            assert gens.client(qui).get(f"/espaces/rencontre/{r.id}/").status_code == 404
    fermer_espace(livres["fichiers-partages"].id, acte=gens.acte("pole"))
    with pytest.raises(Interdit, match="fermé"):
        actions.changer(espace.id, saisie(), acte=gens.acte("pole"))


def test_a_meeting_from_called_to_its_minutes(gens, livres, lire, poster) -> None:
    gt, agent = gens.client("gt"), gens.client("agent")
    ici = "/espaces/calendrier/"
    assert agent.get(f"{ici}inscrire/").status_code == 403
    jour = maintenant().astimezone(PARIS) + timedelta(days=2)
    saisi = {"couche": "TERRITOIRE:099", "titre": "Webinaire", "jour": f"{jour:%d/%m/%Y}", "debut": "14:00"}
    assert "changez l’heure de fin" in poster(gt, f"{ici}inscrire/", 200, **saisi, fin="13:00")
    assert "tapez l’heure" in poster(gt, f"{ici}inscrire/", 200, **saisi, fin="midi")
    assert "commence par https" in poster(gt, f"{ici}inscrire/", 200, **saisi, fin="15:00", url="http://x")
    adresse = poster(gt, f"{ici}inscrire/", **saisi, fin="15:00", lieu="À distance", url="https://visio.fr/9")
    rencontre = Rencontre.objects.get()
    mois = f"?mois={jour:%Y-%m}"
    for vue in ("", "&vue=grille"):
        assert "Webinaire" in lire(agent, f"{ici}{mois}{vue}")
        assert "Webinaire" not in lire(gens.client("agent2"), f"{ici}{mois}{vue}")
    assert "Aucune rencontre" in lire(agent, f"{ici}?mois=2020-01")
    assert "Webinaire" in lire(agent, ici) or f"{jour:%Y-%m}" != f"{maintenant():%Y-%m}"
    assert lire(agent, f"{ici}?mois=jamais")
    assert "https://visio.fr/9" in lire(agent, adresse)
    assert poster(agent, f"{adresse}venir/", vient="oui") == adresse
    assert "Vous êtes inscrit" in lire(agent, adresse)
    assert "Camille Rousset" in lire(gt, adresse)
    assert poster(agent, f"{adresse}venir/", vient="non") == adresse
    assert "0 personne inscrite" in lire(gt, adresse).replace("\u00a0", " ")
    sujet = ouvrir_sujet(
        livres[T].id, GenreSujet.DISCUSSION, titre="Vos questions", corps="Ici", acte=gens.acte("gt")
    )
    livrer_les_decisions(par=gens.acte("pole"), publie_par=gens.acte("exploitation"))
    suites = {"questions": str(sujet.id), "decisions": "D-2024-01, D-2024-20", "compte_rendu": "", "faq": ""}
    assert "ce code" in poster(gt, f"{adresse}suites/", 200, **suites | {"decisions": "D-2024-01, D-1"})
    assert poster(gt, f"{adresse}suites/", **suites) == adresse
    lue = lire(agent, adresse)
    assert "Vos questions" in lue
    assert [f"/aide/decisions/D-2024-{n}/" in lue for n in ("01", "20", "02")] == [True, True, False]
    assert 'value="14:00"' in lire(gt, f"{adresse}changer/")
    assert poster(gt, f"{adresse}changer/", **saisi | {"titre": "Webinaire reporté"}, fin="16:00") == adresse
    assert agent.get(f"{adresse}changer/").status_code == 200
    assert agent.post(f"{adresse}annuler/", {"motif": "Non"}).status_code == 403
    assert poster(gt, f"{adresse}annuler/", motif="Grève") == adresse
    lue = lire(agent, adresse)
    assert "Annulée" in lue
    assert "visio.fr" not in lue
    poster(agent, f"{adresse}venir/", vient="oui")
    assert "est annulée" in lire(agent, adresse)
    rencontre.refresh_from_db()
    assert rencontre.sequence == 3
    with pytest.raises(Interdit, match="annulée"):
        actions.changer(rencontre.id, saisie(), acte=gens.acte("gt"))


def test_what_belongs_to_it_is_shown_to_who_reads_it(gens, livres, rencontre) -> None:
    annonce = annoncer(nouvelle(), acte=gens.acte("pole"))
    cache = ouvrir_sujet(
        livres["gestionnaires-territoriaux"].id,
        GenreSujet.DISCUSSION,
        titre="Entre nous",
        corps="x",
        acte=gens.acte("gt"),
    )
    suites = actions.Suites(questions=cache.id, annonce=annonce.id, compte_rendu="cr", faq="faq")
    actions.joindre(rencontre.id, suites, acte=gens.acte("gt"))
    page = gens.client("agent").get(f"/espaces/rencontre/{rencontre.id}/").content.decode()
    assert "Entre nous" not in page
    assert "Nouvelle attestation" not in page
    lue = gens.client("gt").get(f"/espaces/rencontre/{rencontre.id}/").content.decode()
    assert "Entre nous" in lue
    assert "Nouvelle attestation" in lue
    with pytest.raises(Introuvable):
        actions.joindre(rencontre.id, actions.Suites(questions=rencontre.id), acte=gens.acte("gt"))
    with pytest.raises(Introuvable):
        actions.joindre(rencontre.id, actions.Suites(annonce=rencontre.id), acte=gens.acte("gt"))


def test_what_was_joined_stays_when_its_minutes_come(gens, livres, rencontre, poster, monkeypatch) -> None:
    """The announcement is over and the questions are old by then: neither is lost."""
    passee = nouvelle(du=maintenant() - timedelta(days=9), au=maintenant() - timedelta(days=1))
    annonce = annoncer(passee, acte=gens.acte("pole"))
    gt = gens.acte("gt")
    sujet = ouvrir_sujet(livres[T].id, GenreSujet.DISCUSSION, titre="Vos questions", corps="x", acte=gt)
    actions.joindre(rencontre.id, actions.Suites(questions=sujet.id, annonce=annonce.id), acte=gt)
    monkeypatch.setattr(lecture, "COMBIEN", 0)
    suites = f"/espaces/rencontre/{rencontre.id}/suites/"
    page = gens.client("gt").get(suites).content.decode()
    for chose in (sujet, annonce):
        assert re.search(rf'value="{chose.id}"\s+selected', page)
    saisi = {"questions": str(sujet.id), "annonce": str(annonce.id), "decisions": "", "compte_rendu": ""}
    poster(gens.client("gt"), suites, **saisi, faq="")
    rencontre.refresh_from_db()
    assert (rencontre.questions_id, rencontre.annonce_id) == (sujet.id, annonce.id)


def test_the_feed_is_read_again_against_the_rights_of_the_day(gens, rencontre, lire, poster) -> None:
    agent, ici = gens.client("agent"), "/espaces/calendrier/abonnement/"
    anonyme = Client()
    assert "Faire mon adresse" in lire(agent, ici)
    assert "choisissez au moins" in poster(agent, ici, 200, creer="oui")

    page = agent.post(ici, {"creer": "oui", "couches": ["TERRITOIRE", "NATIONALE"]}).content.decode()
    adresse = "/" + page.partition("<code>")[2].partition("</code>")[0].partition("//")[2].partition("/")[2]
    secret = adresse.rpartition("/")[2].removesuffix(".ics")
    assert secret not in lire(agent, ici)
    assert bytes(FluxCalendrier.objects.get().empreinte) == empreinte_du_secret(secret)
    lu = anonyme.get(adresse)
    assert lu["Content-Type"] == "text/calendar; charset=utf-8"
    assert lu["Cache-Control"] == "private, max-age=3600"
    assert "Réunion" in lu.content.decode()
    assert "visio" not in lu.content.decode()
    assert anonyme.get(adresse, headers={"If-None-Match": lu["ETag"]}).status_code == 304
    actions.annuler(rencontre.id, motif="Grève", acte=gens.acte("gt"))
    evenement = Calendar.from_ical(anonyme.get(adresse).content).walk("VEVENT")[0]
    assert (evenement["STATUS"], evenement["SEQUENCE"]) == ("CANCELLED", 1)
    page = agent.post(ici, {"creer": "oui", "couches": ["ESPACE"]}).content.decode()
    neuve = "/" + page.partition("<code>")[2].partition("</code>")[0].partition("//")[2].partition("/")[2]
    assert anonyme.get(adresse).status_code == 404
    assert "Réunion" not in anonyme.get(neuve).content.decode()
    Habilitation.objects.filter(compte=gens.compte("agent")).update(fin=aujourd_hui())
    comptes.dire_les_retraits(gens.compte("agent"))
    assert anonyme.get(neuve).status_code == 404
    assert anonyme.get(neuve.replace(neuve[-8], "x")).status_code == 404
    gt = gens.client("gt")
    secret = actions.creer_flux([Couche.TERRITOIRE], acte=gens.acte("gt"))
    assert poster(gt, ici, arreter="oui") == ici
    poster(gt, ici, arreter="oui")
    assert anonyme.get(f"/espaces/calendrier/{secret}.ics").status_code == 404
    with pytest.raises(Interdit):
        actions.creer_flux([], acte=gens.acte("gt"))
    with pytest.raises(NonHabilite):
        actions.creer_flux([Couche.NATIONALE], acte=gens.acte("aidant"))


def test_three_hundred_meetings_for_two_calendars() -> None:
    """Valid for two readers, each date as it is, lines of 75 bytes."""
    debut = datetime(2026, 10, 20, 14, tzinfo=PARIS)
    rencontres = [
        Rencontre(
            titre=f"Réunion {n}, « été » ; à confirmer",
            debut=debut + timedelta(days=n),
            fin=debut + timedelta(days=n, hours=1),
            modifiee_le=debut,
            sequence=n,
            annulee_le=debut if n % 7 == 0 else None,
        )
        for n in range(300)
    ]
    octets = ecrire_flux(rencontres, hote="essai")
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert b"VTIMEZONE" not in octets
    lus = Calendar.from_ical(octets).walk("VEVENT")
    autres = vobject.readOne(octets.decode()).vevent_list
    assert len(lus) == len(autres) == 300
    for rencontre, un, autre in zip(rencontres, lus, autres, strict=True):
        assert un.decoded("dtstart") == autre.dtstart.value == rencontre.debut
        assert un["SUMMARY"] == autre.summary.value == rencontre.titre
        assert un["STATUS"] == autre.status.value == ("CANCELLED" if rencontre.annulee_le else "CONFIRMED")
        assert "URL" not in un


def test_who_leaves_hands_meetings_over(gens, rencontre) -> None:
    gt, autre = gens.compte("gt").id, gens.compte("gt2").id
    assert list_rencontres_tenues(gt, [])[0].libelle == "1 rencontre du calendrier"
    assert list_rencontres_tenues(autre, []) == ()
    acte = gens.acte("exploitation")
    assert confier_rencontres(Passation(gt, None, frozenset(), acte)) == 0
    assert confier_rencontres(Passation(gt, autre, frozenset(), acte)) == 1
    assert confier_rencontres(Passation(gt, autre, frozenset(), acte)) == 0
    rencontre.refresh_from_db()
    assert rencontre.tenue_par == autre


def test_the_grid() -> None:
    semaines = list(grille(date(2026, 2, 1), [[date(2026, 2, 3)], [date(2026, 2, 3), date(2026, 2, 28)]]))
    cases = {c.jour: c.rangs for s in semaines for c in s if c.dans}
    assert len(cases) == 28
    assert cases[date(2026, 2, 3)] == (0, 1)
    assert cases[date(2026, 2, 28)] == (1,)
    assert semaines[0][0].jour.weekday() == 0
    assert not semaines[0][0].dans
    assert lire_url("") == ""
    with pytest.raises(Interdit):
        lire_url("https://a b")


def test_what_may_not_be(gens, livres, rencontre) -> None:
    inconnu, lecteur = gens.compte("gt").id, lecteur_de(gens.acteur("gt"), le=maintenant())
    for faire in (
        lambda: actions.convoquer(saisie(), Couche.ESPACE, espace=inconnu, acte=gens.acte("gt")),
        lambda: actions.changer(inconnu, saisie(), acte=gens.acte("gt")),
        lambda: actions.s_inscrire(inconnu, vient=True, acte=gens.acte("gt")),
        lambda: actions.changer(rencontre.id, saisie(), acte=gens.acte("gt2")),
        lambda: get_rencontre(inconnu, lecteur),
    ):
        with pytest.raises(Introuvable):
            faire()
    for territoire in ("", "02A"):
        couche = Couche.TERRITOIRE if territoire else Couche.NATIONALE
        with pytest.raises(NonHabilite):
            actions.convoquer(saisie(), couche, territoire=territoire, acte=gens.acte("gt"))
    with pytest.raises(NonHabilite):
        actions.annuler(rencontre.id, motif="x", acte=gens.acte("agent"))
    assert not list_rencontres(lecteur, mois=date(2020, 1, 1))
    for change in ({"annulee_le": maintenant()}, {"fin": rencontre.debut}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rencontre.objects.filter(id=rencontre.id).update(**change)
