"""A personal perimeter covers one demande when it is named, and nothing else, whichever door is asked."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import scope
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from tests.habilitations.balayage import Arguments, Rangees, est_vide, fonctions, rangees_de, repondre
from tests.habilitations.deux_demandes import GUICHET, TERRITOIRE, DeuxDemandes, enregistrer, menage

A, B = uuid.UUID(int=10), uuid.UUID(int=11)
TOUTES = frozenset(str(p) for p in Permission)
LIRE = Permission.DEMANDE_LIRE
SIEN = Mandat("DEMANDEUR", frozenset({str(LIRE)}), Perimetre(TERRITOIRE, demande=B))
AU_GUICHET = Mandat("AGENT_GUICHET", frozenset({str(Permission.PIECE_LIRE)}), Perimetre(TERRITOIRE, GUICHET))

_LU = "is given a row that its caller read, or locked, in the perimeter"
_PHRASE = "is a condition of the list, which its only caller reads once the right is asked"
_A_TOUS = "says the same to everybody, of no demande"
_REFUS = "says why not, of each act"
_RIEN_EN_LIGNE = "nobody has sent anything online"
_NATION = "is for who holds the nation alone, and not a territory"
_AIDE = "asks for the body of a helper, and a personal perimeter names none"
_CACHE = "says what is hidden or refused: all of it"
PLEINES: Mapping[str, str] = {
    "sne.collaboratif.espaces.selectors.est_allume": _A_TOUS,
    "sne.collaboratif.espaces.selectors.siens": "says the accounts of who reads",
    "sne.collaboratif.espaces.selectors.lecteur_de": "says who reads, and the keys of everybody",
    "sne.habilitations.possible.exiger_autrui": "says that an account is of somebody else",
    "sne.habilitations.selectors.histoire.list_droits": _LU,
    "sne.registre.attente.policies.natures_cachees": _CACHE,
    "sne.registre.demande.policies.verbes_caches": _CACHE,
    "sne.registre.demande.policies.verbes_caches_dans": _CACHE,
    "sne.registre.enquete.selectors.enquetes.list_pieces": _LU,
    "sne.registre.faits.selectors.en_vigueur.get_indicateurs": "says when it was worked out",
    "sne.registre.faits.selectors.dossier_de_pieces.lire_dossier_de_pieces": _LU,
    "sne.registre.faits.selectors.faits.list_faits_de": _LU,
    "sne.registre.faits.selectors.faits.publics_a_dire": _A_TOUS,
    "sne.registre.identite.selectors.echanges.list_echanges": _LU,
    "sne.registre.identite.selectors.pieces_du_changement.list_pieces_du_changement": _LU,
    "sne.registre.lecture.possible.actes_possibles": _REFUS,
    "sne.registre.lecture.selectors.fiche.get_fiche": _LU,
    "sne.registre.lecture.selectors.historique.lire_une_page": _LU,
    "sne.registre.listes.selectors.sources.a_qualifier": _PHRASE,
    "sne.registre.listes.selectors.sources.courriers": _PHRASE,
    "sne.registre.listes.selectors.sources.echeance": _PHRASE,
    "sne.registre.listes.selectors.sources.incompletes": _PHRASE,
    "sne.registre.listes.selectors.sources.miennes": _PHRASE,
    "sne.registre.listes.selectors.sources.pieces": _PHRASE,
    "sne.registre.listes.selectors.sources.reponses": _PHRASE,
    "sne.registre.mandat.policies.aidant_sous": _LU,
    "sne.registre.modification.policies.champs_refuses": _CACHE,
    "sne.registre.modification.policies.champs_remplis_refuses": _CACHE,
    "sne.registre.pieces.possible.exiger_place_en_ligne": "counts what came online: who asks has been asked already",
    "sne.registre.pieces.selectors.pieces.list_lignes": _LU,
    "sne.registre.recherche.selectors.cellules.list_cellules": "says which servers are asked",
    "sne.sensibilisation.selectors.list_etapes": _A_TOUS,
}
"""Functions that answer something to whoever holds nothing at all, and why; a household is told the very same."""
_SANS_TICKET = "nobody asked for help"
SANS_TEMOIN: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "sne.assistance.policies.scope",
            "sne.assistance.policies.can_montrer_un_dossier",
            "sne.assistance.possible.exiger_fusion",
            "sne.assistance.possible.exiger_promouvoir",
            "sne.assistance.selectors.avant.equipes_retenues",
            "sne.assistance.selectors.avant.proposer",
            *(
                f"sne.assistance.selectors.listes.{nom}"
                for nom in (
                    "compter_qui_attend",
                    "list_masques",
                    "list_tickets",
                    "list_vues_enregistrees",
                    "tickets_de",
                )
            ),
            *(
                f"sne.assistance.selectors.tickets.{nom}"
                for nom in (
                    "get_piece",
                    "get_reunie",
                    "get_ticket",
                    "list_suites",
                    "list_tickets_du_dossier",
                    "lock_ticket",
                )
            ),
        ),
        _SANS_TICKET,
    ),
    "sne.assistance.policies.can_annoncer": "the second level, which is national",
    "sne.assistance.possible.exiger_annoncer": "the second level, which is national",
    "sne.assistance.possible.exiger_auteur": "somebody else asked",
    "sne.assistance.possible.exiger_avis": "somebody else asked",
    **{
        f"sne.collaboratif.{nom}": "no space is open there"
        for nom in (
            "echanges.possible.exiger_accepter",
            "echanges.possible.exiger_lire_sujet",
            "echanges.possible.exiger_modifier",
            "echanges.possible.exiger_repondre",
            "echanges.possible.exiger_retirer",
            "echanges.possible.exiger_visible",
            "espaces.possible.exiger_droit",
            "espaces.possible.exiger_lire",
            "espaces.selectors.get_espace",
            "espaces.selectors.list_espaces",
            "fichiers.possible.exiger_deposer",
            "fichiers.possible.exiger_lire_fichier",
        )
    },
    **{
        f"sne.reglages.{nom}": _NATION
        for nom in (
            "policies.can_gerer",
            "possible.exiger_acceptable",
            "possible.exiger_decidable",
            "possible.exiger_gerer",
            "possible.exiger_proposable",
            "possible.exiger_retirable",
            "selectors.compter_a_decider",
        )
    },
    "sne.suivi.policies.can_veiller": _NATION,
    "sne.suivi.selectors.national.get_veille_nationale": _NATION,
    "sne.collaboratif.cohortes.selectors.get_candidature": _NATION,
    "sne.collaboratif.cohortes.selectors.list_candidatures": _NATION,
    "sne.collaboratif.questionnaires.possible.a_repondu": "they have answered nothing",
    "sne.collaboratif.questionnaires.possible.exiger_resultats": "it is not closed",
    "sne.attestations.possible.exiger_attestable": "it is not valid on that day",
    "sne.habilitations.policies.mandat_pour_relier": _NATION,
    "sne.habilitations.possible.exiger_relier": _NATION,
    "sne.habilitations.selectors.histoire.list_usages": "no use of a right was added up",
    "sne.habilitations.selectors.revues.list_avancees_nationales": _NATION,
    "sne.habilitations.selectors.revues.list_campagnes_closes": "no review is closed",
    "sne.habilitations.selectors.revues.list_modeles_nationaux": _NATION,
    "sne.registre.demande.policies.avec_les_siennes": "adds what is personal, and nothing is with that fault",
    "sne.registre.demande.selectors.effacement.get_effacement": "nothing was erased",
    "sne.registre.depot_en_ligne.policies.can_envoyer": "asks what is personal, and nothing is with that fault",
    "sne.registre.depot_en_ligne.policies.can_effacer": "knows the service by its channel, whatever it holds",
    "sne.registre.depot_en_ligne.possible.exiger_completable": "asks what is personal, as above",
    "sne.registre.depot_en_ligne.possible.exiger_envoyable": "asks what is personal, as above",
    "sne.registre.depot_en_ligne.selectors.a_verifier.compter_a_verifier": _RIEN_EN_LIGNE,
    "sne.registre.depot_en_ligne.selectors.a_verifier.get_a_verifier": _RIEN_EN_LIGNE,
    "sne.registre.depot_en_ligne.selectors.a_verifier.get_demande_du_depot": _RIEN_EN_LIGNE,
    "sne.registre.depot_en_ligne.selectors.a_verifier.list_a_verifier": _RIEN_EN_LIGNE,
    "sne.registre.doublons.selectors.anciens_ailleurs.list_enquetes_ailleurs": "nobody comes from elsewhere",
    "sne.registre.lecture.selectors.fiche.is_ouverte_au_guichet": "no colleague has just opened it",
    "sne.registre.mandat.policies.can_tenir": _AIDE,
    "sne.registre.mandat.possible.exiger_tenu": _AIDE,
    "sne.registre.mandat.selectors.mandats.compter_a_accepter": _AIDE,
    "sne.registre.mandat.selectors.mandats.en_cours": _AIDE,
    "sne.registre.mandat.selectors.mandats.list_aides": _AIDE,
    "sne.registre.mandat.selectors.mandats.list_mandats_de": "nobody is helped",
    "sne.registre.modification.policies.can_ouvrir_brouillon": "asks what is personal, and nothing is with that fault",
    "sne.registre.ressources.possible.exiger_interrogeable": "nobody has a permanent number",
    "sne.registre.restauration.possible.exiger_restauration_retirable": "somebody else asked for it",
    "sne.registre.separation.possible.exiger_protection_levable": "nothing protects that demande",
    "sne.registre.rattachement.selectors.liens.list_acces": "nobody follows it online",
    "sne.registre.requete.possible.exiger_traitable": "the agent who took it",
    "sne.registre.requete.possible.exiger_faite": "the agent who took it",
    "sne.registre.vie.possible.exiger_annulable": "it has served: it is no double",
    "sne.registre.vie.possible.exiger_annulation_demandable": "it has served: it is no double",
    "sne.registre.vie.selectors.radiation.ouvrir_requete_annulation": "nobody asked for it",
    "sne.registre.vie.possible.exiger_dans_les_temps": "it is not to be renewed on that day",
    "sne.registre.vie.possible.exiger_renouvelable_par": "it is not to be renewed on that day",
    "sne.registre.vie.possible.exiger_retablissable": "it was not taken back",
    "sne.registre.vie.selectors.radiation.est_bailleur": "says what the counter is, and it is no landlord’s",
    "sne.suivi.possible.exiger_dossier_classable": "its case is closed",
    "sne.suivi.selectors.dossiers.list_auteurs": "who did these acts has no account",
    "sne.infocentre.abonnements.policies.can_servir": "knows the service by its channel, whatever it holds",
    "sne.infocentre.abonnements.possible.exiger_service": "knows the service by its channel, whatever it holds",
    "sne.infocentre.abonnements.selectors.abonnements.list_a_reprendre": "nobody’s own has ended",
    "sne.infocentre.abonnements.selectors.editions.get_edition": "nothing was sent yet",
    "sne.infocentre.abonnements.selectors.editions.list_editions": "nothing was sent yet",
    "sne.infocentre.abonnements.selectors.envois.get_envoi": "nothing was due yet",
    "sne.infocentre.lac.policies.can_verser": "knows the service by its channel, whatever it holds",
    "sne.site_pro.selectors.redaction.get_page_a_ecrire": "nothing was written yet",
    "sne.site_pro.selectors.redaction.get_revision": "nothing was written yet",
    "sne.suivi.policies.can_calculer": "knows the service by its channel, whatever it holds",
}
"""Functions to which the scene has nothing to show, even when everything is covered, and why."""


class TestPerimetre:
    """One perimeter, one actor: no database."""

    def test_it_covers_its_demande_when_it_is_named_and_nothing_else(self) -> None:
        sien = Perimetre(TERRITOIRE, demande=B)
        assert sien.couvre(TERRITOIRE, demande=B)
        assert sien.couvre(TERRITOIRE, GUICHET, B)  # wherever somebody stands, it is theirs
        for refus in (
            (TERRITOIRE,),
            (TERRITOIRE, GUICHET),
            (TERRITOIRE, "", A),
            ("02A", "", B),
            ("", "", B),
            ("",),
        ):
            assert not sien.couvre(*refus)
        assert (sien.personnel, sien.national) == (True, False)

    @pytest.mark.parametrize("lieu", [Perimetre(), Perimetre(TERRITOIRE), Perimetre(TERRITOIRE, GUICHET)])
    def test_a_place_covers_the_demandes_that_are_in_it(self, lieu: Perimetre) -> None:
        assert not lieu.personnel
        assert lieu.couvre(TERRITOIRE, demande=B)
        assert lieu.couvre("02A", demande=B) == lieu.national

    @pytest.mark.parametrize("ou", [{}, {"guichet": GUICHET}, {"territoire": TERRITOIRE, "guichet": GUICHET}])
    def test_it_is_of_a_territory_and_of_no_counter(self, ou: dict[str, str]) -> None:
        with pytest.raises(ValueError, match="personal perimeter"):
            Perimetre(**ou, demande=B)


class TestActeur:
    """Somebody who holds a personal mandate, alone or beside the one of their work."""

    def acteur(self, *mandats: Mandat) -> Acteur:
        return Acteur(uuid.uuid4(), "Jeanne", Canal.PGP, mandats, GUICHET, TERRITOIRE)

    def test_they_may_on_that_demande_alone(self) -> None:
        seul = self.acteur(SIEN)
        assert seul.mandat_pour(LIRE, TERRITOIRE, demande=B) == SIEN
        assert seul.siennes(LIRE) == (SIEN.perimetre,)
        assert not seul.peut(Permission.PIECE_LIRE, TERRITOIRE, demande=B)
        for ou in ((), (TERRITOIRE,), (TERRITOIRE, GUICHET), (TERRITOIRE, "", A), ("", "", B)):
            assert seul.mandat_pour(LIRE, *ou) is None
            assert not seul.peut(LIRE, *ou)
        assert seul.territoires(LIRE) == frozenset()

    @pytest.mark.parametrize("mandats", [(SIEN, AU_GUICHET), (AU_GUICHET, SIEN)])
    def test_neither_mandate_lends_its_rights_to_the_other(self, mandats: tuple[Mandat, ...]) -> None:
        les_deux = self.acteur(*mandats)
        assert les_deux.mandat_pour(LIRE, TERRITOIRE, demande=B) == SIEN
        assert not les_deux.peut(LIRE, TERRITOIRE, GUICHET, A)
        assert les_deux.mandat_pour(Permission.PIECE_LIRE, TERRITOIRE, GUICHET, A) == AU_GUICHET
        assert les_deux.territoires(LIRE) == frozenset()
        assert les_deux.territoires(Permission.PIECE_LIRE) == {TERRITOIRE}
        assert les_deux.siennes(Permission.PIECE_LIRE) == ()

    def test_a_national_role_reads_everything_beside_their_own(self) -> None:
        partout = Mandat("DPO", frozenset({str(LIRE)}), Perimetre())
        assert scope(self.acteur(SIEN, partout)) == scope(self.acteur(partout))


@pytest.fixture
def deux(settings: Any, tmp_path: Path) -> DeuxDemandes:
    settings.DOSSIER_VAR, settings.SMTP_URL = tmp_path, ""
    return enregistrer()


@pytest.fixture
def arguments(deux: DeuxDemandes) -> Arguments:
    tout = Mandat("GESTIONNAIRE_TERRITORIAL", TOUTES, Perimetre(TERRITOIRE))
    return Arguments(deux, Acteur(uuid.uuid4(), "Camille", Canal.GUICHET, (tout,), GUICHET, TERRITOIRE))


def tout_puissant(demande: Demande) -> Acteur:
    """Who holds every right, under the role that may the most, on this demande as their own."""
    foyer = menage(demande, TOUTES)
    return replace(foyer, mandats=tuple(replace(m, role="GESTIONNAIRE_TERRITORIAL") for m in foyer.mandats))


def reponses(
    arguments: Arguments, acteur: Acteur, personne: Acteur, siennes: Rangees = frozenset()
) -> Iterator[tuple[str, object, object]]:
    """Each function: what it answers to this actor, ``siennes`` left out, and to somebody without any mandate."""
    for nom, fonction in fonctions().items():
        sans = arguments.pour(nom, fonction, personne)
        reponse = repondre(fonction, arguments.pour(nom, fonction, acteur))
        yield nom, reponse - siennes if isinstance(reponse, frozenset) else reponse, repondre(fonction, sans)


@pytest.mark.django_db
def test_no_door_opens_anything_but_one_s_own(deux: DeuxDemandes, arguments: Arguments) -> None:
    """All the permissions, on B, in the very place of A: told what nobody at all is told, and that is nothing."""
    foyer = tout_puissant(deux.b)
    dits = list(reponses(arguments, foyer, replace(foyer, mandats=()), rangees_de(deux.b)))
    assert [nom for nom, reponse, personne in dits if reponse != personne] == []
    assert {nom for nom, reponse, _ in dits if not est_vide(reponse)} == set(PLEINES)


@pytest.mark.longue
@pytest.mark.django_db
def test_the_same_calls_open_everything_once_the_perimeter_forgets_that_it_is_personal(
    deux: DeuxDemandes, arguments: Arguments, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault that the test above is for: each function that it finds empty is one that shows something then."""
    monkeypatch.setattr(Perimetre, "personnel", property(lambda _: False))
    fautif = tout_puissant(deux.b)
    fautifs = [replace(fautif, canal=canal) for canal in Canal] + [replace(fautif, id=deux.compte.id)]
    autrui = replace(fautif, id=uuid.uuid4(), mandats=())
    ouvertes = {
        nom
        for acteur in fautifs
        for nom, reponse, personne in reponses(arguments, acteur, replace(autrui, canal=acteur.canal))
        if reponse != personne
    }
    assert set(fonctions()) - ouvertes - set(PLEINES) == set(SANS_TEMOIN)
