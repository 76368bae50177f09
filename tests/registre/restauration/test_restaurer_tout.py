"""Whatever the steps of a takeover, in whatever order: the demande is as it was, and nobody loses anything."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.socle.erreurs import Interdit
from tests.registre.pieces import pieces
from tests.registre.restauration.detournements import (
    VOL,
    actuel,
    demander,
    deposer_elodie,
    detourner,
    retablir,
    revision_de,
)
from tests.registre.restauration.test_restaurer_effets import (
    COMPLICE,
    CONJOINT,
    ENFANT,
    FICHE,
    en_vigueur,
    nouvelle_de,
    places,
)

pytestmark = pytest.mark.django_db
PAS: dict[str, Any] = {
    "nom": {"demandeur.identite.nom_naissance": "Zimmer"},
    "prenoms": {"demandeur.identite.prenoms": "Karla"},
    "naissance": {"demandeur.identite.date_naissance": "1979-01-30"},
    "courriel": {"demandeur.contact.courriel": "karla@rare.example"},
    "telephone": {"demandeur.contact.telephone_portable": "06 99 88 77 66"},
    "adresse": {"demandeur.adresse_courrier.voie": "quai du Vol"},
    "usage": {"demandeur.identite.nom_usage": "Valmont"},
    "foyer": {
        "foyer.personnes_a_charge": [{**ENFANT, "identifiant": "z", "nom": "Zimmer", "prenoms": "Otto"}]
    },
    "complice": {"cotitulaires": [COMPLICE]},
    "conjoint": {"cotitulaires": [CONJOINT]},
    "revenus": {"demandeur.ressources.recues": [{"nature": "SAL", "montant_mensuel": "1500.00"}]},
    "sante": {"handicaps": [{**FICHE, "besoin_particulier": "Douche plate"}]},
    "logement": {"logement_actuel.nombre_habitants": 7},
    "souhaits": {"souhaits.types_logement": ["T5"]},
    "piece": None,
    "autre_piece": None,
}
"""Steps of a takeover: what each one writes, by path of the tree; a document for the last two."""
LUES = {"nom": "Zimmer", "prenoms": "Karla", "complice": "Ida", "foyer": "Otto", "sante": "Douche plate"}
"""A word of what each step brings, found nowhere else."""


def faire(demande_id: uuid.UUID, pas: str, le: Any) -> None:
    if PAS[pas] is None:
        pieces.joindre(demande_id, pieces.IDENTITE, le=le)
        return
    brut = actuel(demande_id).model_dump(mode="json")
    for chemin, valeur in PAS[pas].items():
        *parents, nom = chemin.split(".")
        noeud = brut
        for parent in parents:
            noeud = noeud[parent]
        noeud[nom] = valeur
    detourner(demande_id, Contenu.model_validate(brut), le=le)


@settings(max_examples=max(12, settings.default.max_examples // 8))
@given(st.lists(st.sampled_from(sorted(PAS)), min_size=1, max_size=7), st.integers(0, 2))
def test_any_takeover_is_undone_and_loses_nothing_of_anybody(suite: list[str], honnetes: int) -> None:
    demande = deposer_elodie(
        cotitulaires=[CONJOINT], foyer={"personnes_a_charge": [ENFANT]}, handicaps=[FICHE], ecartes=True
    )
    for rang in range(honnetes):  # a life before the takeover
        pieces.joindre(demande.id, le=VOL - timedelta(days=20 - rang))
    avant, documents, tenues = actuel(demande.id), en_vigueur(demande), places(demande)
    vers = revision_de(demande.id)
    for rang, pas in enumerate(suite):
        faire(demande.id, pas, VOL + timedelta(days=9 * rang))  # a contact is refused for a week after a name
    vole = actuel(demande.id)
    autre = bool({"nom", "prenoms", "naissance", "complice"} & set(suite))
    if (vole, en_vigueur(demande)) == (avant, documents):
        with pytest.raises(Interdit):
            demander(demande.id, vers, a_part=False)
        return
    faite = retablir(demande.id, vers, a_part=venu(avant, vole))
    assert (actuel(demande.id), en_vigueur(demande), places(demande)) == (avant, documents, tenues)
    assert autre or not faite.nouvelle
    if not faite.nouvelle:
        return
    dit = actuel(nouvelle_de(faite).id).model_dump_json()
    # A sheet about somebody who stays is health of theirs, whoever wrote it: it does not leave.
    remplacee = bool({"nom", "prenoms", "naissance"} & set(suite))
    lues = {p: mot for p, mot in LUES.items() if p != "sante" or remplacee}
    for pas, mot in lues.items():
        assert (mot in dit) >= (mot in vole.model_dump_json()), pas
    for mot in ("Dubreuil", "elodie@exemple.fr", "Tanneurs", "Nina"):
        if mot not in vole.demandeur.model_dump_json():  # type: ignore[union-attr]
            assert mot not in dit


def venu(avant: Contenu, vole: Contenu) -> bool:
    """Whether somebody else is there: told without the rule that is under test."""

    def qui(contenu: Contenu) -> set[tuple[Any, ...]]:
        adultes = [contenu.demandeur, *contenu.cotitulaires]
        return {
            (a.identite.nom_naissance, a.identite.prenoms, a.identite.date_naissance) for a in adultes if a
        }

    return bool(qui(vole) - qui(avant))
