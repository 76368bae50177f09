"""The past of a file: its acts by pages, its versions, what it was at an instant; each reading leaves a trace."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sne.habilitations.rules import Role
from sne.journal.actions import inscrire
from sne.journal.models import Entree
from sne.journal.rules import Entree as EntreeAInscrire
from sne.notifications.verbes import VerbeMessage
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors import versions
from sne.registre.demande.selectors.versions import list_versions
from sne.registre.lecture.actions.consulter import (
    AppelAttendu,
    consulter_demande,
    consulter_etat,
    consulter_versions,
)
from sne.registre.lecture.selectors import historique as selecteur
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.lecture.selectors.historique import Genre, PageHistorique, get_historique
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.pages import DEBUT, Position
from tests.registre import factories as f
from tests.registre.modification.test_modifier import avec_identite

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)
NAISSANCE = date(1987, 3, 14)
CORSE = {"territoire": "02B", "guichet": "GD2B1"}


@pytest.fixture
def fiche(agent: Acteur) -> Fiche:
    """Deposited at 10:30, the rent changed at 11:30 with its reason, then at 12:30."""
    nir = f.nir_de(NAISSANCE)
    nud = f.deposer(acteur=agent, nirs={"demandeur": nir}, le=f.ANCIEN).nud
    fiche = consulter_demande(nud, acte=Acte(agent, f.MAINTENANT))
    changer(fiche, avec_loyer(fiche.contenu, 900), agent, heures=1, motif="Loyer revu", document="Bail")
    changer(fiche, avec_loyer(fiche.contenu, 800), agent, revision=2, heures=2)
    return fiche


def avec_loyer(contenu: Contenu, loyer: int) -> Contenu:
    souhaits = contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(f"{loyer}.00")})
    return contenu.model_copy(update={"souhaits": souhaits})


def changer(
    fiche: Fiche, contenu: Contenu, agent: Acteur, *, revision: int = 1, heures: int, **autres: str
) -> None:
    modifier_demande(
        fiche.demande.id,
        contenu=contenu,
        revision=revision,
        acte=Acte(agent, f.MAINTENANT + heures * HEURE),
        **autres,
    )


def derniere_lecture(fiche: Fiche) -> Entree:
    return Entree.objects.filter(demande=fiche.demande.id, verbe="CONSULTER").latest("inscrit_le")


def test_a_change_is_told_with_its_reason_and_its_paper(fiche: Fiche, agent: Acteur) -> None:
    page = get_historique(fiche.demande.id, acteur=agent, genre=Genre.MODIFICATIONS)
    assert [(x.libelle, x.motif, x.document) for x in page.lignes] == [
        ("Demande modifiée", "", ""),
        ("Demande modifiée", "Loyer revu", "Bail"),
        ("Demande enregistrée", "", ""),
    ]
    assert [x.version for x in page.lignes] == [True, True, True]
    (changement,) = page.lignes[0].changements
    assert (changement.champ, changement.avant, changement.apres) == (
        "souhaits.loyer_maximum",
        "900.00",
        "800.00",
    )


@pytest.mark.parametrize(
    ("genre", "total"), [(Genre.MODIFICATIONS, 3), (Genre.CONSULTATIONS, 1), (Genre.TOUT, 4)]
)
def test_kinds_of_acts(fiche: Fiche, agent: Acteur, genre: Genre, total: int) -> None:
    page = get_historique(fiche.demande.id, acteur=agent, genre=genre)
    assert (page.total, len(page.lignes)) == (total, total)
    assert (page.suivante, page.precedente) == (None, None)


@pytest.fixture
def deux_par_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecteur, "PAR_PAGE", 2)


def test_pages_go_forth_and_back(fiche: Fiche, agent: Acteur, deux_par_page: None) -> None:
    def ouvrir(position: Position | None) -> PageHistorique:
        return get_historique(fiche.demande.id, acteur=agent, position=position or DEBUT)

    premiere = ouvrir(None)
    assert [x.verbe for x in premiere.lignes] == ["MODIFIER", "MODIFIER"]
    assert premiere.precedente is None
    seconde = ouvrir(premiere.suivante)
    assert [x.verbe for x in seconde.lignes] == ["CONSULTER", "DEPOSER"]
    assert seconde.suivante is None
    retour = ouvrir(seconde.precedente)
    assert retour.lignes == premiere.lignes
    assert retour.precedente is None
    assert ouvrir(retour.suivante).lignes == seconde.lignes
    assert ouvrir(premiere.suivante).total == 4


def test_history_of_another_territory_is_not_found(fiche: Fiche) -> None:
    with pytest.raises(Introuvable):
        get_historique(fiche.demande.id, acteur=f.creer_acteur(**CORSE))
    assert list_versions(fiche.demande.id, acteur=f.creer_acteur(**CORSE)) == ()


def test_a_version_outlives_the_months_of_the_journal(
    fiche: Fiche, agent: Acteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "list_entrees", lambda *_, **__: ())
    lues = list_versions(fiche.demande.id, acteur=agent)
    assert [v.numero for v in lues] == [3, 2, 1]
    assert {(v.acte, v.guichet, v.auteur) for v in lues} == {(versions.OUBLIE, "", "")}


def test_acts_on_health_are_for_who_may_read_it(agent: Acteur) -> None:
    nud = f.deposer(f.contenu(handicaps=[{"personne": "demandeur", "reconnu": True}]), acteur=agent).nud
    fiche = consulter_demande(nud, acte=Acte(agent, f.MAINTENANT))
    verbes = {
        role: [x.verbe for x in get_historique(fiche.demande.id, acteur=f.creer_acteur(role)).lignes]
        for role in (Role.AGENT_GUICHET, Role.SUPPORT_N1)
    }
    assert "CONSULTER_SANTE" in verbes[Role.AGENT_GUICHET]
    assert verbes[Role.SUPPORT_N1] == ["CONSULTER", "DEPOSER"]
    support = f.creer_acteur(Role.SUPPORT_N1)
    assert get_historique(fiche.demande.id, acteur=support).total == 2


def test_versions_say_who_when_and_why(fiche: Fiche, agent: Acteur) -> None:
    lues = list_versions(fiche.demande.id, acteur=agent)
    assert [(v.numero, v.acte, v.guichet, v.auteur, v.motif, v.document) for v in lues] == [
        (3, "Demande modifiée", "G0993", "Camille Rousset", "", ""),
        (2, "Demande modifiée", "G0993", "Camille Rousset", "Loyer revu", "Bail"),
        (1, "Demande enregistrée", "G0993", "Camille Rousset", "", ""),
    ]
    assert {v.statut for v in lues} == {"ACTIVE"}


def test_two_versions_compared_are_a_journalled_read(fiche: Fiche, agent: Acteur) -> None:
    lues = consulter_versions(fiche.demande.nud, de=1, a=2, acte=Acte(agent, f.MAINTENANT))
    assert lues.avant == fiche.contenu
    assert lues.apres == avec_loyer(fiche.contenu, 900)
    assert [v.numero for v in lues.versions] == [3, 2, 1]
    assert lues.fiche.demande.revision == 3
    entree = derniere_lecture(fiche)
    assert (entree.faits["versions"], entree.revision) == ([1, 2], 3)


@pytest.mark.parametrize(("de", "a"), [(0, 1), (1, 9)])
def test_a_version_that_never_was(fiche: Fiche, agent: Acteur, de: int, a: int) -> None:
    with pytest.raises(Introuvable):
        consulter_versions(fiche.demande.nud, de=de, a=a, acte=Acte(agent, f.MAINTENANT))


def test_health_in_an_old_version_is_read_as_health(agent: Acteur) -> None:
    """The sheet is gone from the file; opening the version that had it is a reading of health."""
    nud = f.deposer(f.contenu(handicaps=[{"personne": "demandeur", "reconnu": True}]), acteur=agent).nud
    fiche = consulter_demande(nud, acte=Acte(agent, f.MAINTENANT))
    changer(fiche, fiche.contenu.model_copy(update={"handicaps": ()}), agent, heures=1)

    def lectures() -> int:
        return Entree.objects.filter(demande=fiche.demande.id, verbe="CONSULTER_SANTE").count()

    avant = lectures()
    consulter_demande(nud, acte=Acte(agent, f.MAINTENANT))
    assert lectures() == avant
    consulter_versions(nud, de=1, a=2, acte=Acte(agent, f.MAINTENANT))
    consulter_etat(nud, f.MAINTENANT, acte=Acte(agent, f.MAINTENANT + 2 * HEURE))
    assert lectures() == avant + 2
    support = f.creer_acteur(Role.SUPPORT_N1)
    with pytest.raises(AppelAttendu):
        consulter_versions(nud, de=1, a=2, acte=Acte(support, f.MAINTENANT))
    consulter_demande(nud, acte=Acte(support, f.MAINTENANT), motif="A-118")
    lues = consulter_versions(nud, de=1, a=2, acte=Acte(support, f.MAINTENANT))
    assert lues.avant == lues.apres


@pytest.mark.parametrize(
    ("heures", "revision", "loyer"), [(0, 1, None), (1, 2, 900), (1.5, 2, 900), (5, 3, 800)]
)
def test_the_file_as_it_was(
    fiche: Fiche, agent: Acteur, heures: float, revision: int, loyer: int | None
) -> None:
    instant = f.MAINTENANT + heures * HEURE
    passe = consulter_etat(fiche.demande.nud, instant, acte=Acte(agent, f.MAINTENANT + 6 * HEURE))
    assert (passe.etat.revision, passe.etat.contenu.souhaits.loyer_maximum) == (revision, loyer)
    assert passe.nirs == {"demandeur": "2 87 03 •• ••• ••• ••"}
    entree = derniere_lecture(fiche)
    assert (entree.revision, entree.faits["instant"]) == (revision, instant.isoformat())


def test_before_its_deposit_there_is_no_file(fiche: Fiche, agent: Acteur) -> None:
    with pytest.raises(Introuvable):
        consulter_etat(fiche.demande.nud, f.ANCIEN - HEURE, acte=Acte(agent, f.MAINTENANT))


def test_what_waited_then(fiche: Fiche, agent: Acteur) -> None:
    """Asked at 13:30, decided at 15:30: it waits in between only."""
    changer(fiche, avec_identite(fiche.contenu, nom_naissance="Morel"), agent, revision=3, heures=3)
    proposee = Identite.objects.get(demande=fiche.demande.id, voie="CONTROLE")
    f.decider(proposee, issue="REFUSEE", le=f.MAINTENANT + 5 * HEURE)
    for heures, attend in ((2, False), (3, True), (4, True), (5, False)):
        instant = f.MAINTENANT + heures * HEURE
        passe = consulter_etat(fiche.demande.nud, instant, acte=Acte(agent, f.MAINTENANT))
        assert bool(passe.en_attente) is attend, heures


@pytest.mark.parametrize("nud", ["abc", "0990000000009G0993"])
def test_unreadable_or_unknown_number(agent: Acteur, nud: str) -> None:
    with pytest.raises(Introuvable):
        consulter_etat(nud, f.MAINTENANT, acte=Acte(agent, f.MAINTENANT))


def test_past_of_another_territory_is_not_found(fiche: Fiche) -> None:
    corse = f.creer_acteur(**CORSE)
    with pytest.raises(Introuvable):
        consulter_etat(fiche.demande.nud, f.MAINTENANT, acte=Acte(corse, f.MAINTENANT))
    with pytest.raises(Introuvable):
        consulter_versions(fiche.demande.nud, de=1, a=2, acte=Acte(corse, f.MAINTENANT))


@pytest.mark.parametrize(
    ("faits", "phrase"),
    [
        ({"issue": "ACCEPTE"}, "Message envoyé"),
        ({"issue": "TRAITE"}, "Courrier traité par le prestataire"),
        ({"issue": "ACCEPTE", "genre": "AVIS_RADIATION"}, "Message envoyé\u00a0: avis de radiation"),
    ],
)
def test_a_letter_is_sent_once_then_dealt_with(agent: Acteur, faits: dict[str, str], phrase: str) -> None:
    demande_id = f.deposer(acteur=agent).demande_id
    inscrire(
        EntreeAInscrire(
            verbe=VerbeMessage.ENVOYER_MESSAGE,
            acte=Acte(agent, f.MAINTENANT + HEURE),
            territoire="099",
            demande_id=demande_id,
            revision=1,
            faits=faits,
        )
    )
    assert get_historique(demande_id, acteur=agent).lignes[0].libelle == phrase
