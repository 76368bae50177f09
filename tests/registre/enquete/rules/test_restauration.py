"""What comes back, what is kept of today, what leaves: on trees alone."""

import uuid
from typing import Any

import pytest

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.restauration.rules import retour as r
from sne.registre.restauration.rules.retour import Bloc
from sne.socle.erreurs import Interdit
from tests.registre import factories as f

ELODIE, PAUL, IDA = (str(uuid.UUID(int=n)) for n in (1, 2, 3))


def foyer(*cotitulaires: dict[str, Any], nom: str = "Dubreuil", **autres: Any) -> Contenu:
    return f.contenu(demandeur=f.personne(nom, personne=ELODIE), cotitulaires=list(cotitulaires), **autres)


def paul(**autres: Any) -> dict[str, Any]:
    return f.personne("Morel", "Paul", personne=PAUL, lien_demandeur="M", **autres)


@pytest.mark.parametrize(
    ("traits", "autre"),
    [
        ({}, False),
        ({"nom_naissance": "DU BREUIL"}, False),
        ({"nom_usage": "Morel", "lieu_naissance": {"commune": "75056"}}, False),
        ({"nir": {"etat": "PERMANENT", "empreinte": "a" * 64}}, False),
        ({"nom_naissance": "Zimmer"}, True),
        ({"prenoms": "Karla"}, True),
        ({"date_naissance": "1987-03-15"}, True),
    ],
)
def test_who_is_somebody_else(traits: dict[str, Any], autre: bool) -> None:
    base = f.personne()["identite"]
    alors, apres = (f.contenu(demandeur={"identite": base | t}).demandeur for t in ({}, traits))
    assert alors is not None
    assert apres is not None
    assert r.is_autre_personne(alors.identite, apres.identite) is autre


def test_two_numbers_are_two_persons() -> None:
    un, autre = (
        f.personne(identite={"nir": {"etat": "PERMANENT", "empreinte": signe * 64}})["identite"]
        for signe in "ab"
    )
    alors, apres = (f.contenu(demandeur={"identite": x}).demandeur for x in (un, autre))
    assert alors is not None
    assert apres is not None
    assert r.is_autre_personne(alors.identite, apres.identite)


def test_nobody_came_in() -> None:
    assert r.partir(foyer(), foyer(precisions="Plus tard")) is None
    association = Contenu.model_validate({"titulaire": "ASSOCIATION", "association": {"nom": "Toit"}})
    assert r.partir(association, association) is None
    assert r.retablir(association, association) == association


def test_who_left_since_stays_away_even_from_a_version_before_they_came() -> None:
    alors = foyer(paul())
    sans = r.retablir(alors, foyer(), partis=[PAUL, IDA])
    assert sans.cotitulaires == ()
    assert sans.demandeur == alors.demandeur


def test_a_co_holder_is_no_longer_linked_to_who_stays() -> None:
    ida = f.personne("Leca", "Ida", personne=IDA, lien_demandeur="M")
    parti = r.partir(
        foyer(paul()), foyer(f.personne("Zimmer", "Karl", personne=PAUL, lien_demandeur="M"), ida)
    )
    assert parti is not None
    assert parti.demandeur is not None
    assert parti.demandeur.identite.nom_naissance == "Zimmer"
    assert [(c.identite.prenoms, c.lien_demandeur) for c in parti.cotitulaires] == [("Ida", None)]


def test_situation_is_kept_of_those_who_are_the_same_only() -> None:
    alors = foyer(paul(), f.personne("Roux", "Lou", personne=IDA))
    apres = foyer(paul(situation_familiale="M"), nom="Zimmer")
    cible = r.retablir(alors, apres, garder=[Bloc.SITUATION])
    assert [c.situation_familiale for c in cible.cotitulaires] == ["M", "C"]
    assert cible.demandeur == alors.demandeur


def test_a_sheet_of_a_child_who_is_not_kept_is_not_kept_either() -> None:
    enfant = {"identifiant": "a", "prenoms": "Nina"}
    fiches = [{"personne": p, "reconnu": True} for p in ("charge:a", "demandeur")]
    alors = foyer(foyer={"personnes_a_charge": [enfant]}, handicaps=fiches)
    cible = r.retablir(alors, foyer(), garder=[Bloc.FOYER])
    assert [h.personne for h in cible.handicaps] == ["demandeur"]


@pytest.mark.parametrize("statut", Statut)
@pytest.mark.parametrize("a_part", [True, False])
def test_which_demandes_are_put_back(statut: Statut, a_part: bool) -> None:
    permis = {Statut.ACTIVE, Statut.EXPIREE} | (set() if a_part else {Statut.RADIEE})
    if statut in permis:
        r.exiger_retablissable(statut, a_part=a_part)
        return
    with pytest.raises(Interdit):
        r.exiger_retablissable(statut, a_part=a_part)


def test_answers_are_of_the_list_and_a_refusal_says_why() -> None:
    assert r.lire_reponse("ACCEPTEE", "") == (IssueRestauration.ACCEPTEE, "")
    for issue, motif, champ in (("", "x", "issue"), ("RETIREE", "x", "issue"), ("REFUSEE", " ", "motif")):
        with pytest.raises(Interdit) as refus:
            r.lire_reponse(issue, motif)
        assert refus.value.champ == champ
    assert r.lire_blocs(["SITUATION", "FOYER"]) == (Bloc.FOYER, Bloc.SITUATION)
    assert set(r.BLOCS) == set(Bloc) == set(r.CHAMPS_DES_BLOCS)
    assert {*r.ISSUES, IssueRestauration.RETIREE} == set(IssueRestauration)


def test_an_address_written_over_leaves_and_so_do_sheets_of_who_leaves_only() -> None:
    alors = foyer(paul(), handicaps=[{"personne": "cotitulaire:1", "reconnu": True}])
    autre = {"etranger": False, "voie": "quai du Vol", "code_postal": "99240", "commune": "99002"}
    demandeur = f.personne("Zimmer", personne=ELODIE, adresse_courrier=autre)
    fiches = [{"personne": p, "accompagne": True} for p in ("cotitulaire:1", "demandeur")]
    parti = r.partir(alors, f.contenu(demandeur=demandeur, cotitulaires=[paul()], handicaps=fiches))
    assert parti is not None
    assert parti.demandeur is not None
    assert parti.demandeur.adresse_courrier is not None
    assert parti.demandeur.adresse_courrier.voie == "quai du Vol"
    assert [h.personne for h in parti.handicaps] == ["demandeur"]
    assert parti.cotitulaires == ()


def test_what_the_first_household_keeps_does_not_leave() -> None:
    autre = {"etranger": False, "voie": "quai Neuf", "code_postal": "99240", "commune": "99002"}
    enfant = {"identifiant": "a", "prenoms": "Nina"}
    depuis: dict[str, Any] = {
        "foyer": {"personnes_a_charge": [enfant]},
        "logement_actuel": {"nombre_habitants": 4},
        "precisions": "Étage bas",
        "handicaps": [{"reconnu": True}],  # taken over from a former system: of nobody in particular
    }
    ida = f.personne("Leca", "Ida", personne=IDA)
    reste = f.contenu(
        demandeur=f.personne(personne=ELODIE, adresse_courrier=autre), cotitulaires=[ida], **depuis
    )
    parti = r.partir(foyer(), reste)  # the applicant is still there: her address and dwelling are hers
    assert parti is not None
    assert parti.demandeur is not None
    assert (parti.demandeur.identite.prenoms, parti.demandeur.adresse_courrier) == ("Ida", None)
    assert (parti.logement_actuel.nombre_habitants, parti.precisions) == (None, None)
    assert (len(parti.foyer.personnes_a_charge), parti.handicaps) == (1, ())
    remplace = foyer(nom="Zimmer", **depuis)
    tout = r.partir(foyer(), remplace)
    assert tout is not None
    assert (tout.logement_actuel.nombre_habitants, tout.precisions) == (4, "Étage bas")
    assert len(tout.handicaps) == 1
    garde = r.partir(foyer(), remplace, garder=[Bloc.FOYER, Bloc.LOGEMENT, Bloc.SOUHAITS])
    assert garde is not None
    assert (garde.logement_actuel.nombre_habitants, garde.precisions) == (None, None)
    assert garde.foyer.personnes_a_charge == ()
