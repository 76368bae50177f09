"""Who signs in at the demonstration's FranceConnect: a case each, with the traits of a household that is there."""

import json

from sne.demo.generation.usagers import CAS, fichier_des_usagers
from sne.simulation.fournisseur.personnes import lire_particuliers
from tests.demo.decors import generateur

TAILLE = 600


def test_every_case_is_somebody_of_a_household_of_their_own() -> None:
    tireur = generateur()
    lus = json.loads(fichier_des_usagers(tireur, TAILLE))
    par_cas = {code.rpartition("-")[0]: lu for lu in lus for code in [lu["code"]]}
    assert par_cas.keys() == {cas.code for cas in CAS}
    rangs = {cas: int(lu["code"].rpartition("-")[2]) for cas, lu in par_cas.items()}
    assert len(set(rangs.values())) == len(CAS)
    contenus = {cas: tireur.menage(rang).contenu for cas, rang in rangs.items()}
    noms = {cas: contenu.demandeur.identite for cas, contenu in contenus.items() if contenu.demandeur}
    assert par_cas["titulaire"]["traits"][1] == noms["titulaire"].nom_naissance
    assert par_cas["usage"]["traits"][1] == noms["usage"].nom_usage != noms["usage"].nom_naissance
    assert (
        par_cas["cotitulaire"]["traits"][1] == contenus["cotitulaire"].cotitulaires[0].identite.nom_naissance
    )


def test_the_provider_reads_the_file_and_few_households_show_fewer_cases() -> None:
    texte = fichier_des_usagers(generateur(), 3)
    assert len(lire_particuliers(texte)) == len(json.loads(texte)) < len(CAS)
