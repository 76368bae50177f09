"""Close demandes of everybody in a message: each once, in detail, nothing that the reader may not know, one trace."""

from datetime import date
from typing import Any

import pytest

from sne.habilitations.rules import Permission
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.doublons.actions.detailler import ProcheDetaillee, chercher_doublons_de
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Mandat
from sne.socle.erreurs import Interdit, NonHabilite
from tests.registre import factories as f
from tests.registre.exemples import ASSOCIATION
from tests.registre.separation.separations import couple

pytestmark = pytest.mark.django_db


def chercher(contenu: Contenu, acteur: Acteur | None = None, **nirs: str) -> tuple[ProcheDetaillee, ...]:
    numeros = {reference.replace("_", ":"): nir for reference, nir in nirs.items()}
    acte = Acte(acteur or f.creer_acteur(), f.MAINTENANT)
    return chercher_doublons_de(contenu, numeros, acte=acte, territoire="099")


def test_one_demande_of_two_adults_is_told_once_in_detail() -> None:
    recepisse = f.deposer(
        couple(logement_actuel={"adresse": {"voie": "quai Bleu", "code_postal": "99240", "commune": "99001"}})
    )
    (lue,) = chercher(couple())
    assert (lue.proche.nud, lue.proche.score >= 5) == (recepisse.nud, True)
    assert lue.identite is not None
    assert (lue.identite.nom_naissance, lue.identite.civilite) == ("Dubreuil", "2")
    assert [c.nom_naissance for c in lue.cotitulaires] == ["Morel"]
    assert lue.adresse_courrier is not None
    assert lue.adresse_logement is not None
    assert (lue.adresse_courrier.voie, lue.adresse_logement.voie) == ("rue des Tanneurs", "quai Bleu")
    assert [x.commune for x in lue.localisations] == ["99001"]
    (entree,) = Entree.objects.filter(verbe="RECHERCHER")
    assert (entree.faits["recherche"], entree.faits["demandes"]) == (
        "DOUBLONS",
        [str(recepisse.demande_id)],
    )


def test_a_number_makes_close_and_a_wrong_one_is_named() -> None:
    nir = f.nir_de(date(1987, 3, 14))
    recepisse = f.deposer(nirs={"demandeur": nir})
    autre = f.contenu(demandeur=f.personne("Inconnue", "Zoé", identite={"date_naissance": "1987-03-01"}))
    assert chercher(autre) == ()
    (lue,) = chercher(autre, demandeur=nir)
    assert (lue.proche.nud, lue.proche.bloque) == (recepisse.nud, True)
    with pytest.raises(DepotIncomplet) as refus:
        chercher(autre, demandeur=f"{nir[:-1]}{(int(nir[-1]) + 1) % 10}")
    assert [a.chemin for a in refus.value.anomalies] == ["demandeur.identite.nir"]


def test_a_protected_demande_says_who_and_never_where() -> None:
    f.deposer(couple(motifs={"codes": ["06"]}))
    (lue,) = chercher(couple())
    assert lue.identite is not None
    assert len(lue.cotitulaires) == 1
    assert (lue.adresse_courrier, lue.adresse_logement, lue.localisations) == (None, None, ())


def test_who_registers_without_reading_learns_no_more_than_the_resemblance() -> None:
    f.deposer(couple())
    agent = f.creer_acteur()
    (mandat,) = agent.mandats
    aveugle = Mandat(mandat.role, mandat.permissions - {Permission.DEMANDE_LIRE}, mandat.perimetre)
    (lue,) = chercher(couple(), _avec(agent, aveugle))
    assert lue == ProcheDetaillee(lue.proche)


def _avec(agent: Acteur, mandat: Mandat) -> Acteur:
    champs: dict[str, Any] = {nom: getattr(agent, nom) for nom in agent.__dataclass_fields__}
    return Acteur(**champs | {"mandats": (mandat,)})


def test_an_association_has_none_and_another_counter_asks_nothing() -> None:
    association = Contenu.model_validate(
        ASSOCIATION | {"souhaits": f.contenu().souhaits.model_dump(mode="json")}
    )
    with pytest.raises(Interdit) as refus:
        chercher(association)
    assert refus.value.champ == "titulaire"
    with pytest.raises(NonHabilite):
        chercher(couple(), f.creer_acteur(territoire="02B", guichet="GD2B1"))
