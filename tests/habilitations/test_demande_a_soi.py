"""A household on its own demande: it reads, changes, documents and renews that one, and another is nowhere for it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from sne.attestations.actions import emettre_attestation
from sne.attestations.selectors.fichiers import get_attestation
from sne.attestations.selectors.registre import list_attestations
from sne.habilitations.rules import Permission
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.attestation import get_donnees
from sne.registre.demande.selectors.etat import etat, get_contenu
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.demande.selectors.versions import list_versions
from sne.registre.joindre.selectors.coordonnees import get_coordonnees
from sne.registre.lecture.actions.consulter import (
    consulter_demande,
    consulter_piece,
    consulter_versions,
    suivre_piece,
)
from sne.registre.lecture.actions.historique_demandeur import (
    Format,
    consulter_historique,
    remettre_historique,
)
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.lecture.selectors.historique_demandeur import Demandee
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces.actions.deposer import remplacer_piece
from sne.registre.pieces.selectors.pieces import list_pieces
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Perimetre
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.habilitations.deux_demandes import DU_MENAGE, menage
from tests.registre import factories as f
from tests.registre.contenu.test_sante import FICHE
from tests.registre.pieces.pieces import IDENTITE, IMPOT, fichier, joindre
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db
DEPOT = f.MAINTENANT - timedelta(days=330)  # its renewal is open
SANTE = frozenset({str(Permission.SANTE_LIRE), str(Permission.SANTE_ECRIRE)})


@dataclass(frozen=True, slots=True)
class Dossier:
    """A demande with a document and an attestation, and the content that its household starts from."""

    id: uuid.UUID
    nud: str
    piece: uuid.UUID
    attestation: str
    contenu: Contenu

    def avec(self, **demandeur: Any) -> Contenu:
        """The same content, but for these blocks of the applicant."""
        brut = self.contenu.model_dump(mode="json")
        brut["demandeur"] |= demandeur
        return Contenu.model_validate(brut)

    def demander(self, contenu: Contenu, acteur: Acteur) -> tuple[str, ...]:
        """Ask for this content; the paths that changed."""
        faite = modifier_demande(self.id, contenu=contenu, revision=2, acte=Acte(acteur, f.MAINTENANT))
        connection.check_constraints()
        return faite.champs


def deposer(nom: str) -> Dossier:
    recu = f.deposer(f.contenu(demandeur=f.personne(nom), handicaps=[FICHE]), le=DEPOT)
    piece = joindre(recu.demande_id)
    emise = emettre_attestation(recu.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    contenu = get_contenu(recu.demande_id, 2, acteur=menage(Demande.objects.get(id=recu.demande_id)))
    return Dossier(recu.demande_id, recu.nud, piece, emise.reference, contenu)


@pytest.fixture
def a() -> Dossier:
    return deposer("Zorglubine")


@pytest.fixture
def b() -> Dossier:
    return deposer("Quimper")


def foyer(dossier: Dossier, permissions: frozenset[str] = DU_MENAGE) -> Acteur:
    return menage(Demande.objects.get(id=dossier.id), permissions)


ACTES: dict[str, Callable[[Dossier, Acteur], object]] = {
    "consulter_demande": lambda d, qui: consulter_demande(d.nud, acte=Acte(qui, f.MAINTENANT)),
    "consulter_versions": lambda d, qui: consulter_versions(d.nud, de=1, a=2, acte=Acte(qui, f.MAINTENANT)),
    "consulter_historique": lambda d, qui: consulter_historique(
        d.nud, Demandee(), acte=Acte(qui, f.MAINTENANT)
    ),
    "remettre_historique": lambda d, qui: remettre_historique(
        d.nud, rang=0, format_=Format.CSV, verifiee=True, acte=Acte(qui, f.MAINTENANT)
    ),
    "get_historique": lambda d, qui: get_historique(d.id, acteur=qui),
    "get_donnees": lambda d, qui: get_donnees(d.id, acteur=qui),
    "get_coordonnees": lambda d, qui: get_coordonnees(d.id, acteur=qui),
    "etat": lambda d, qui: etat(d.nud, f.MAINTENANT, acteur=qui),
    "get_contenu": lambda d, qui: get_contenu(d.id, 1, acteur=qui),
    "get_demande_id": lambda d, qui: get_demande_id(d.nud, qui),
    "list_pieces": lambda d, qui: list_pieces(d.id, d.contenu, acteur=qui, le=f.AUJOURD_HUI),
    "consulter_piece": lambda d, qui: consulter_piece(d.piece, acte=Acte(qui, f.MAINTENANT)),
    "suivre_piece": lambda d, qui: suivre_piece(d.piece, acteur=qui),
    "get_attestation": lambda d, qui: get_attestation(d.attestation, acteur=qui),
    "change a wish": lambda d, qui: d.demander(
        d.contenu.model_copy(
            update={"souhaits": d.contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(600)})}
        ),
        qui,
    ),
    "joindre_piece": lambda d, qui: joindre(d.id, IMPOT, acteur=qui),
    "remplacer_piece": lambda d, qui: remplacer_piece(
        d.piece, IDENTITE, fichier(b"autre"), acte=Acte(qui, f.MAINTENANT)
    ),
    "renouveler_demande": lambda d, qui: renouveler_demande(
        d.id, saisie=Saisie(d.contenu, 2, {}), sans_changement=True, acte=Acte(qui, f.MAINTENANT)
    ),
}


@pytest.mark.parametrize("acte", ACTES)
def test_on_its_own_it_does_what_a_household_may(b: Dossier, acte: str) -> None:
    assert ACTES[acte](b, foyer(b))
    connection.check_constraints()
    assert {e.acteur["role"] for e in Entree.objects.filter(acteur__canal="PGP")} <= {"DEMANDEUR"}


@pytest.mark.parametrize("acte", ACTES)
def test_another_one_is_not_to_be_found(a: Dossier, b: Dossier, acte: str) -> None:
    with pytest.raises(Introuvable):
        ACTES[acte](a, foyer(b))


@pytest.mark.parametrize("acte", ACTES)
def test_its_own_is_not_to_be_found_from_another_territory(b: Dossier, acte: str) -> None:
    """A link, or a session, that says another territory than the demande’s."""
    ici = foyer(b)
    ailleurs = replace(ici.mandats[0], perimetre=Perimetre("02A", demande=b.id))
    with pytest.raises(Introuvable):
        ACTES[acte](b, replace(ici, mandats=(ailleurs,)))


def test_lists_of_another_one_are_empty(a: Dossier, b: Dossier) -> None:
    qui = foyer(b)
    assert [len(list_attestations(d.id, acteur=qui)) for d in (a, b)] == [0, 1]
    assert [len(list_versions(d.id, acteur=qui)) for d in (a, b)] == [0, 2]


@pytest.mark.parametrize("acte", ACTES)
def test_nothing_is_done_without_its_permission(b: Dossier, acte: str) -> None:
    with pytest.raises((Introuvable, NonHabilite)):
        ACTES[acte](b, foyer(b, SANTE))


def test_a_contact_is_not_changed_by_who_may_read_its_mail(b: Dossier) -> None:
    with pytest.raises(NonHabilite, match="adresse électronique"):
        b.demander(b.avec(contact={"courriel": "neuve@exemple.fr"}), foyer(b))


def test_its_name_is_changed_at_a_counter(b: Dossier) -> None:
    assert b.contenu.demandeur is not None
    identite = b.contenu.demandeur.identite.model_dump(mode="json")
    with pytest.raises(NonHabilite, match="nom de naissance"):
        b.demander(b.avec(identite=identite | {"nom_naissance": "Kermadec"}), foyer(b))
    assert Demande.objects.get(id=b.id).revision == 2


def test_health_is_read_and_written_by_its_own_right(b: Dossier) -> None:
    """As at a counter: the sheets stay as they are when somebody without that right changes the rest."""
    sans, avec = foyer(b), foyer(b, DU_MENAGE | SANTE)
    assert not consulter_demande(b.nud, acte=Acte(sans, f.MAINTENANT)).sante_lisible
    ACTES["change a wish"](b, sans)
    lue = consulter_demande(b.nud, acte=Acte(avec, f.MAINTENANT))
    assert [x.etat for x in lue.contenu.handicaps] == ["STA"]
    assert Entree.objects.filter(verbe="CONSULTER_SANTE", demande=b.id).exists()
    verbes = [
        {ligne.verbe for ligne in get_historique(b.id, acteur=qui).lignes} & {"CONSULTER_SANTE"}
        for qui in (sans, avec)
    ]
    assert verbes == [set(), {"CONSULTER_SANTE"}]


def test_who_leaves_a_household_and_who_stays_learn_nothing_of_each_other() -> None:
    couple = deposer_couple()
    parti = separer(couple)
    for demande in (couple, parti):
        demande.refresh_from_db()
        lue = consulter_demande(demande.nud, acte=Acte(menage(demande), f.MAINTENANT))
        assert lue.liens == ()
    agent = consulter_demande(couple.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert [lien.nud for lien in agent.liens] == [parti.nud]
