"""The search in the journal: who finds what, in which period, by which criterion; each search is told."""

import re
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.models import Entree
from sne.journal.rules import Cote, Valeur, Verbe
from sne.journal.rules import Entree as Ecrite
from sne.preuve.actions import rechercher
from sne.preuve.actions.rechercher import PAR_PAGE, PageActes, rechercher_actes
from sne.preuve.policies import guichets_lisibles
from sne.preuve.rules import CHAMPS, GENRES, Champ, Criteres, Genre, champs_de, cles
from sne.preuve.selectors import chercher_agents, get_agent
from sne.registre.contenu.rules.arbre.champs import champs
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.faits.verbes import VerbeFait
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.pieces.verbes import VerbePiece
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.pages import DEBUT, Position
from tests.habilitations.factories import SYSTEME, creer_agent, creer_gestionnaire
from tests.habilitations.factories import acteur as acteur_de
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
GT, RESPONSABLE = Role.GESTIONNAIRE_TERRITORIAL, Role.RESPONSABLE_GUICHET
JOUR = f.AUJOURD_HUI


def criteres(**autres: Any) -> Criteres:
    return Criteres(**{"territoire": "099", "du": JOUR - timedelta(days=30), "au": JOUR} | autres)


def ecrire(
    verbe: Verbe = VerbeHabilitation.CONNEXION,
    *,
    par: Acteur | None = None,
    survenu_le: datetime = f.MAINTENANT,
    territoire: str = "099",
    **autres: Any,
) -> uuid.UUID:
    entree = Ecrite(
        verbe=verbe, acte=Acte(par or f.creer_acteur(), survenu_le), territoire=territoire, **autres
    )
    return inscrire(entree)


def chercher(par: Acteur | None = None, *, position: Position = DEBUT, **autres: Any) -> PageActes:
    return rechercher_actes(
        criteres(**autres), acte=Acte(par or f.creer_acteur(GT), f.MAINTENANT), position=position
    )


def trouves(par: Acteur | None = None, **autres: Any) -> list[uuid.UUID]:
    """Acts found, but for earlier searches."""
    return [acte.id for acte in chercher(par, **autres).lignes if acte.verbe != "RECHERCHER_ACTES"]


def test_by_counter_by_kind_and_by_period_the_newest_first() -> None:
    ancien = ecrire(survenu_le=f.MAINTENANT - timedelta(days=20))
    lu = ecrire(
        VerbeLecture.CONSULTER,
        par=f.creer_acteur(guichet="G0991"),
        survenu_le=f.MAINTENANT - timedelta(hours=1),
    )
    ailleurs = ecrire(territoire="02B")
    recent = ecrire()
    assert trouves() == [recent, lu, ancien]
    assert trouves(guichet="G0991") == [lu]
    assert trouves(genre=Genre.CONSULTATIONS, au=JOUR) == [lu]
    assert trouves(genre=Genre.MODIFICATIONS) == [recent, ancien]
    assert trouves(du=JOUR, au=JOUR) == [recent, lu]
    assert trouves(f.creer_acteur(GT, territoire="02B"), territoire="02B") == [ailleurs]


def test_by_field_without_its_value() -> None:
    valeurs = (Valeur("demandeur.identite.nom_naissance", Cote.AVANT, "Dubreuil"),)
    nom = ecrire(VerbeDemande.MODIFIER, valeurs=valeurs)
    trait = ecrire(VerbeDemande.MODIFIER, valeurs=(Valeur("nom_naissance", Cote.APRES, "Morel"),))
    nir = ecrire(VerbeDemande.MODIFIER, valeurs=(Valeur("nir", Cote.APRES, "autre numéro"),))
    adresse = ecrire(
        VerbeDemande.MODIFIER, valeurs=(Valeur("demandeur.adresse_courrier.commune", Cote.APRES, "x"),)
    )
    usage = ecrire(VerbeDemande.MODIFIER, valeurs=(Valeur("demandeur.identite.nom_usage", Cote.APRES, "x"),))
    civilite = ecrire(
        VerbeDemande.MODIFIER, valeurs=(Valeur("demandeur.identite.civilite", Cote.APRES, "1"),)
    )
    assert set(trouves(champ=Champ.NOM_NAISSANCE)) == {nom, trait}
    assert [trouves(champ=c) for c in (Champ.NIR, Champ.ADRESSE, Champ.NOM_USAGE, Champ.CIVILITE)] == [
        [nir],
        [adresse],
        [usage],
        [civilite],
    ]
    [acte] = chercher(champ=Champ.NIR).lignes
    assert acte.champs == ("nir.apres",)
    assert "autre" not in str(acte)


MUETS = {"titulaire", "demandeur", "demandeur.personne", "demandeur.identite", "demandeur.contact"}
"""What never changes after the deposit, and what is told by its parts."""
CHEMINS = {
    Champ.FOYER: "foyer.personnes_a_charge[2].nom",
    Champ.COTITULAIRE: "cotitulaires[0]",
    Champ.SITUATION: "demandeur.situation_professionnelle.statut",
    Champ.REVENUS: "demandeur.revenus_fiscaux.n_moins_1.montant",
    Champ.LOGEMENT: "logement_actuel.adresse.commune",
    Champ.MOTIFS: "motifs.codes[0]",
    Champ.SOUHAITS: "souhaits.localisations[3].commune",
    Champ.ASSOCIATION: "association.siren",
    Champ.ACCOMPAGNANT: "accompagnant.nom",
    Champ.PREFERENCES: "preferences.notification_sms",
    Champ.PRECISIONS: "precisions",
}


def test_by_part_of_the_demande_and_by_its_documents() -> None:
    touches = {
        champ: ecrire(VerbeDemande.MODIFIER, valeurs=(Valeur(chemin, Cote.APRES, "x"),))
        for champ, chemin in CHEMINS.items()
    }
    piece, ouverte = ecrire(VerbePiece.JOINDRE_PIECE), ecrire(VerbePiece.CONSULTER_PIECE)
    assert {champ: trouves(champ=champ) for champ in CHEMINS} == {c: [cle] for c, cle in touches.items()}
    assert set(trouves(champ=Champ.PIECES)) == {piece, ouverte}
    assert trouves(champ=Champ.PIECES, genre=Genre.MODIFICATIONS) == [piece]


def test_every_field_of_the_tree_is_found_by_one_but_for_health() -> None:
    """Whatever a revision may name in its entry; a field added to the tree is to be searched by too."""
    motifs = [re.compile(cles(champ)) for champ in Champ if cles(champ)]
    muets = {
        chemin
        for chemin in champs()
        if not any(motif.search(f"{chemin.replace('[]', '[0]')}.apres") for motif in motifs)
    }
    assert {chemin for chemin in muets if not chemin.startswith("handicaps")} == MUETS


def test_by_person_whatever_the_account() -> None:
    compte, second = creer_agent(), creer_agent()
    lier_comptes(compte.id, second.id, acte=Acte(SYSTEME, f.MAINTENANT))
    siens = [
        ecrire(par=acteur_de(c), survenu_le=f.MAINTENANT - timedelta(minutes=m))
        for m, c in enumerate((compte, second))
    ]
    ecrire()
    assert trouves(agent=compte.id) == trouves(agent=second.id) == siens
    gt = f.creer_acteur(GT)
    [trouve] = chercher_agents(compte.nom, gt, territoire="099", le=JOUR)
    meme = get_agent(second.id, gt, territoire="099")
    assert meme is not None
    assert (trouve.id, trouve.nom) == (meme.id, meme.nom)
    assert trouve.postes == ("Agent de guichet, CCAS d’Aurette-la-Ville (G0993)",)
    with pytest.raises(Introuvable, match="périmètre") as refus:
        trouves(agent=creer_gestionnaire(territoire="02B").id)
    assert refus.value.champ == "agent"


def test_by_demande_with_its_number() -> None:
    recepisse = f.deposer()
    page = chercher(nud=recepisse.nud, genre=Genre.MODIFICATIONS)
    assert {a.demande_id for a in page.lignes} == {recepisse.demande_id}
    assert page.nuds == {recepisse.demande_id: recepisse.nud}
    for nud in ("0990101999999G0993", "n’importe quoi"):
        with pytest.raises(Introuvable) as refus:
            chercher(nud=nud)
        assert refus.value.champ == "demande"


def test_a_manager_reads_the_acts_of_their_own_counter() -> None:
    sien, autre = ecrire(), ecrire(par=f.creer_acteur(guichet="G0991"))
    du_territoire = ecrire(par=f.creer_acteur(GT))
    responsable = f.creer_acteur(RESPONSABLE)
    assert trouves(responsable) == [sien]
    assert set(trouves()) >= {sien, autre, du_territoire}
    with pytest.raises(Introuvable, match="périmètre"):
        trouves(responsable, guichet="G0991")
    assert guichets_lisibles(responsable, territoire="099") == {"G0993"}
    assert guichets_lisibles(responsable, territoire="02B") == frozenset()
    assert guichets_lisibles(f.creer_acteur(Role.DPO), territoire="099") is None


@pytest.mark.parametrize("role", [Role.AGENT_GUICHET, Role.SUPPORT_N1])
def test_who_has_no_right_searches_nothing(role: Role) -> None:
    with pytest.raises(NonHabilite, match="lire le journal"):
        trouves(f.creer_acteur(role))
    with pytest.raises(NonHabilite):
        trouves(f.creer_acteur(GT, territoire="02B"))
    assert not Entree.objects.exists()


def test_acts_whose_name_says_too_much_are_left_out() -> None:
    sante, dalo = ecrire(VerbeLecture.CONSULTER_SANTE), ecrire(VerbeFait.CONSIGNER_DALO)
    assert not {sante, dalo} & set(trouves(f.creer_acteur(Role.DPO)))
    assert {sante, dalo} <= set(trouves())


def test_a_period_stands_and_is_short_when_nothing_narrows_the_search() -> None:
    for du, au, champ in ((JOUR, JOUR - timedelta(days=1), "au"), (JOUR - timedelta(days=31), JOUR, "du")):
        with pytest.raises(Interdit) as refus:
            chercher(du=du, au=au)
        assert refus.value.champ == champ
    assert trouves(du=date(2020, 1, 1), guichet="G0993") == []


def test_each_search_is_told_by_codes_and_fails_with_its_entry() -> None:
    ecrire()
    chercher(guichet="G0993", champ=Champ.NIR)
    dite = Entree.objects.get(verbe="RECHERCHER_ACTES")
    assert dite.faits == {
        "resultats": 0,
        "criteres": {
            "du": "2026-10-25",
            "au": "2026-11-24",
            "guichet": "G0993",
            "champ": "nir",
            "genre": "tout",
        },
    }
    assert dite.territoire == "099"
    with (
        mock.patch.object(rechercher.journal, "inscrire", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        chercher()
    assert Entree.objects.filter(verbe="RECHERCHER_ACTES").count() == 1


def test_pages_follow_each_other_both_ways() -> None:
    ids = [ecrire(survenu_le=f.MAINTENANT - timedelta(minutes=m)) for m in range(PAR_PAGE * 2 + 5)]
    premiere = chercher(genre=Genre.MODIFICATIONS)
    seconde = chercher(genre=Genre.MODIFICATIONS, position=premiere.suivante)
    derniere = chercher(genre=Genre.MODIFICATIONS, position=seconde.suivante)
    retour = chercher(genre=Genre.MODIFICATIONS, position=seconde.precedente)
    assert [a.id for page in (premiere, seconde, derniere) for a in page.lignes] == ids
    assert (premiere.precedente, derniere.suivante, retour.precedente) == (None, None, None)
    assert (retour.lignes, retour.suivante) == (premiere.lignes, premiere.suivante)


def test_the_number_of_queries_is_that_of_one_act() -> None:
    ecrire()
    chercher(genre=Genre.MODIFICATIONS)  # what is kept in memory is read once
    with CaptureQueriesContext(connection) as une:
        chercher(genre=Genre.MODIFICATIONS)
    for _ in range(3):
        ecrire()
    with CaptureQueriesContext(connection) as trois:
        chercher(genre=Genre.MODIFICATIONS)
    assert len(une) == len(trois)


def test_every_kind_and_field_has_words() -> None:
    assert set(GENRES) == set(Genre)
    assert set(CHAMPS) == set(Champ)
    assert cles(None) == ""
    assert champs_de(("a.b.apres", "a.b.avant", "c.apres")) == ("a.b", "c")
