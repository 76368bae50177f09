"""The answer to a change of identity: documents seen, reasons said, titles without any number, who is left out."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Identite, Nir
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import Clause
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.registre.identite.rules.decision import (
    PieceDuChangement,
    appliquer,
    ce_qui_reste,
    est_reservee,
    exiger_decidable,
    exiger_pieces_vues,
    lire_refus,
    phrase_du_refus,
    restent_a_ouvrir,
    titre_du_changement,
    traits_du_changement,
)
from sne.socle.erreurs import Interdit

JOUR = date(2026, 11, 24)
VUE = datetime(2026, 11, 24, 10, tzinfo=UTC)
PIECE = PieceDuChangement(
    uuid.UUID(int=1), "Passeport", JOUR, ouvrable=True, retenue=False, remplacee=False, ouverte_le=VUE
)
ELODIE = Identite(civilite="2", nom_naissance="Dubreuil", prenoms="Élodie", date_naissance=date(1987, 3, 14))
SEUILS = parametres_par_defaut(JOUR)[Seuils]


def test_every_document_is_seen_and_one_at_least_counts() -> None:
    exiger_pieces_vues([PIECE, replace(PIECE, remplacee=True)])
    exiger_pieces_vues([PIECE, replace(PIECE, ouvrable=False, ouverte_le=None)])
    for pieces, phrase in (
        ([], "Aucune pièce récente"),
        ([replace(PIECE, remplacee=True)], "Aucune pièce récente"),
        ([replace(PIECE, ouverte_le=None)], "Ouvrez d’abord"),
        ([PIECE, replace(PIECE, ouverte_le=None, remplacee=True)], "Ouvrez d’abord"),
        ([PIECE, replace(PIECE, ouvrable=False, retenue=True)], "contrôle antivirus"),
    ):
        with pytest.raises(Interdit, match=phrase):
            exiger_pieces_vues(pieces)
    assert restent_a_ouvrir([PIECE, replace(PIECE, ouverte_le=None)]) == 1


@pytest.mark.parametrize("statut", Statut)
def test_only_an_open_demande_is_decided(statut: Statut) -> None:
    if statut in {Statut.ACTIVE, Statut.EXPIREE}:
        exiger_decidable(statut)
        return
    with pytest.raises(Interdit, match="ne peut pas être validé"):
        exiger_decidable(statut)


@pytest.mark.parametrize("motif", MotifRefusIdentite)
def test_a_refusal_says_its_reason(motif: MotifRefusIdentite) -> None:
    lu, precision = lire_refus(motif.value, " La photo est illisible. ")
    reste = ce_qui_reste(ELODIE, ELODIE.model_copy(update={"nom_naissance": "Morel"}), retrait=False)
    phrase = phrase_du_refus(lu, precision, le=JOUR, reste=reste)
    assert phrase.startswith("Changement refusé le 24/11/2026\u00a0: ")
    assert (
        "L’ancien nom reste valable. Vous pouvez saisir une nouvelle demande avec une autre pièce." in phrase
    )
    assert ("La photo est illisible." in phrase) is (motif is MotifRefusIdentite.AUTRE)


def test_what_stays_is_what_would_have_changed() -> None:
    prenoms = ELODIE.model_copy(update={"prenoms": "Zoé"})
    assert ce_qui_reste(ELODIE, prenoms, retrait=False) == "L’identité en vigueur reste valable."
    assert ce_qui_reste(ELODIE, ELODIE, retrait=True) == "La personne reste cotitulaire."


def test_a_title_names_what_changes_and_no_number() -> None:
    autre = ELODIE.model_copy(update={"nom_naissance": "Morel"})
    numero = ELODIE.model_copy(update={"nir": Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)})
    deux = autre.model_copy(update={"prenoms": "Zoé"})
    assert titre_du_changement(ELODIE, autre, retrait=False) == "Nom de naissance\u00a0: Dubreuil → Morel"
    jour = ELODIE.model_copy(update={"date_naissance": date(1987, 3, 15)})
    assert (
        titre_du_changement(ELODIE, jour, retrait=False) == "Date de naissance\u00a0: 14/03/1987 → 15/03/1987"
    )
    sans = titre_du_changement(ELODIE.model_copy(update={"date_naissance": None}), ELODIE, retrait=False)
    assert sans == "Date de naissance\u00a0: aucune → 14/03/1987"
    assert titre_du_changement(ELODIE, deux, retrait=False) == "Nom de naissance, prénoms"
    assert titre_du_changement(ELODIE, numero, retrait=False) == "Numéro de sécurité sociale"
    assert titre_du_changement(ELODIE, ELODIE, retrait=False) == "Identité"
    assert (
        titre_du_changement(ELODIE, ELODIE, retrait=True) == "Départ d’un cotitulaire\u00a0: Élodie Dubreuil"
    )


def test_what_changed_meanwhile_is_kept() -> None:
    demandee = ELODIE.model_copy(update={"nom_naissance": "Morel"})
    depuis = ELODIE.model_copy(update={"nom_usage": "Haddad", "prenoms": "Elodie"})
    assert appliquer(depuis, base=ELODIE, demandee=demandee) == depuis.model_copy(
        update={"nom_naissance": "Morel"}
    )
    naissance = ELODIE.model_copy(
        update={"date_naissance": date(1988, 1, 1), "date_naissance_presumee": True}
    )
    assert appliquer(depuis, base=ELODIE, demandee=naissance).date_naissance_presumee is True


@pytest.mark.parametrize(
    ("clauses", "score", "reservee"),
    [
        ((), 0.0, False),
        ((Clause.NOM, Clause.DEJA_AUTOMATIQUE), 0.3, False),
        ((), 0.31, True),
        *(
            ((c,), 0.0, True)
            for c in (Clause.ALTERNANCE, Clause.CONTACT_RECENT, Clause.CONTACT_MEME_ACTE, Clause.GEL)
        ),
    ],
)
def test_what_is_left_to_the_territorial_manager(
    clauses: tuple[Clause, ...], score: float, reservee: bool
) -> None:
    assert est_reservee([c.value for c in clauses], score, SEUILS) is reservee


def test_what_would_change_is_named_never_what_it_would_become() -> None:
    autre = ELODIE.model_copy(update={"nom_naissance": "Martin", "date_naissance": date(1988, 3, 14)})
    dit = traits_du_changement(ELODIE, autre, retrait=False)
    assert dit.startswith("Nom de naissance")
    assert "Martin" not in dit + traits_du_changement(ELODIE, autre, retrait=True)
    assert traits_du_changement(ELODIE, autre, retrait=True) == "Départ d’un cotitulaire"
    assert traits_du_changement(ELODIE, ELODIE, retrait=False) == "Identité"
