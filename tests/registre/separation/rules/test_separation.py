"""Rules of a separation at their edges: what the acts of the register do not reach."""

import pytest

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import avec_personnes
from sne.registre.joindre.rules.secret import verifier_secret
from sne.registre.separation.rules import (
    IssueSeparation,
    Reserve,
    deduire_partant,
    exiger_un_ancien,
    lire_reponse,
    reserves,
)
from sne.socle.erreurs import Interdit
from tests.registre import factories as f

ASSOCIATION = f.contenu(titulaire="ASSOCIATION").model_copy(update={"demandeur": None})


def test_a_household_without_an_applicant_tells_nobody() -> None:
    assert list(verifier_secret(ASSOCIATION, f.contenu())) == []


def test_addresses_are_compared_only_where_there_is_one() -> None:
    sans = f.contenu()
    sans = sans.model_copy(update={"demandeur": sans.demandeur.model_copy(update={"adresse_courrier": None})})
    assert list(verifier_secret(sans, sans)) == []
    assert [a.chemin for a in verifier_secret(f.contenu(), f.contenu())] == ["demandeur.adresse_courrier"]


@pytest.mark.parametrize(
    ("issue", "motif", "reservee", "champ"),
    [
        ("", "", False, "issue"),
        ("VUE", "", True, "issue"),
        ("NON_HERITEE", "non", False, "issue"),
        ("NON_HERITEE", "", True, "motif"),
        ("HERITEE", "x" * 301, True, "motif"),
        ("HERITEE", f"NIR {f.nir_de(f.AUJOURD_HUI)}", True, "motif"),
    ],
)
def test_answers_that_are_refused(issue: str, motif: str, reservee: bool, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_reponse(issue, motif, reservee=reservee)
    assert refus.value.champ == champ


@pytest.mark.parametrize(
    ("issue", "reservee"),
    [(IssueSeparation.VUE, False), (IssueSeparation.HERITEE, True)],
)
def test_answers_that_are_not(issue: str, reservee: bool) -> None:
    lire_reponse(issue, "", reservee=reservee)


def _adulte(contenu: Contenu, personne: str) -> Contenu:
    assert contenu.demandeur is not None
    return contenu.model_copy(
        update={"demandeur": contenu.demandeur.model_copy(update={"personne": personne})}
    )


def _avec(contenu: Contenu, *personnes: str) -> Contenu:
    base = f.contenu(cotitulaires=[f.personne("Morel") | {"lien_demandeur": "M"}])
    (modele,) = base.cotitulaires
    venus = tuple(modele.model_copy(update={"personne": p}) for p in personnes)
    return contenu.model_copy(update={"cotitulaires": venus})


def test_whoever_became_somebody_else_was_not_there() -> None:
    """A row of long ago whose identity has been replaced is a newcomer; written otherwise, it is the same person."""
    alors = _avec(_adulte(f.contenu(), "elodie"), "marc")
    (marc,) = alors.cotitulaires
    for change, refuse in (
        ({"nom_naissance": "Zimmer", "prenoms": "Karl"}, True),
        ({"prenoms": "Marco"}, False),
    ):
        karl = marc.model_copy(update={"identite": marc.identite.model_copy(update=change)})
        maintenant = alors.model_copy(update={"cotitulaires": (karl,)})
        if refuse:
            with pytest.raises(Interdit, match="sous leur identité d’aujourd’hui"):
                exiger_un_ancien("elodie", en_vigueur=maintenant, auparavant=alors, depuis=alors)
        else:
            exiger_un_ancien("elodie", en_vigueur=maintenant, auparavant=alors, depuis=alors)
        dites = reserves("marc", en_vigueur=maintenant, auparavant=alors, depuis=alors)
        assert dites == (Reserve.NOMMEE_DEPUIS_PEU if refuse else Reserve.DEUXIEME_PERSONNE,)


def test_whoever_was_there_does_not_leave_it_to_newcomers() -> None:
    seule = _adulte(f.contenu(), "elodie")
    a_deux, a_trois = _avec(seule, "karl"), _avec(seule, "karl", "paul")
    for auparavant, depuis in ((seule, _avec(seule, "karl")), (None, seule)):
        with pytest.raises(Interdit, match="trop peu de temps"):
            exiger_un_ancien("elodie", en_vigueur=a_deux, auparavant=auparavant, depuis=depuis)
        exiger_un_ancien("karl", en_vigueur=a_deux, auparavant=auparavant, depuis=depuis)
    exiger_un_ancien("elodie", en_vigueur=a_trois, auparavant=_avec(seule, "paul"), depuis=seule)
    exiger_un_ancien("karl", en_vigueur=_avec(_adulte(seule, "lise"), "karl"), auparavant=None, depuis=seule)


@pytest.mark.parametrize(
    ("autres", "trouvee"),
    [
        ({}, "b"),
        ({"nom_naissance": "MOREL"}, "b"),
        ({"nom_naissance": "Morelle"}, "b"),
        ({"prenoms": "Jean", "date_naissance": "1985-06-03"}, ""),
        ({"prenoms": "Paule"}, ""),
        ({"prenoms": "Anne"}, "c"),
        ({"prenoms": "Luc"}, ""),
        ({"nom_naissance": "Dubreuil", "prenoms": "Élodie", "date_naissance": "1987-03-14"}, "a"),
        ({"nom_naissance": None, "prenoms": None, "date_naissance": None}, ""),
    ],
)
def test_who_leaves_is_the_only_one_who_is_alike(autres: dict[str, str | None], trouvee: str) -> None:
    """Anne and Paul Morel are twins: two of three traits are not enough when both have them."""
    paul = {"civilite": "1", "nom_naissance": "Morel", "prenoms": "Paul", "date_naissance": "1985-06-02"}
    avant = f.contenu(
        cotitulaires=[f.personne(identite=paul), f.personne(identite=paul | {"prenoms": "Anne"})]
    )
    saisie = f.contenu(demandeur=f.personne(identite=paul | autres)).demandeur
    assert saisie is not None
    connus = avec_personnes(avant, {"demandeur": "a", "cotitulaire:1": "b", "cotitulaire:2": "c"})
    if trouvee:
        assert deduire_partant(connus, saisie.identite) == trouvee
        return
    with pytest.raises(Interdit, match="reconnu") as refus:
        deduire_partant(connus, saisie.identite)
    assert refus.value.champ == "personne"
