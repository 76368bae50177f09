"""Fields as data: generic paths, French names of places, walk over the values."""

import pytest

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.telephone import Telephone
from tests.registre.exemples import COTITULAIRE, minimale


@pytest.mark.parametrize(
    ("chemin", "nom"),
    [
        ("demandeur.identite.nom_naissance", "Demandeur, nom de naissance"),
        ("cotitulaires[0].identite.nom_naissance", "Cotitulaire 1, nom de naissance"),
        ("cotitulaires[1]", "Cotitulaire 2"),
        ("foyer.personnes_a_charge[2].date_naissance", "Personne à charge 3, date de naissance"),
        ("association.siren", "Association, SIREN de l’association"),
        ("souhaits.localisations", "Communes souhaitées"),
        ("souhaits.localisations[3].commune", "Communes souhaitées 4, commune souhaitée"),
        ("motifs.codes[0]", "Motifs de la demande"),
        ("preferences.notification_sms", "Notifications par SMS"),
        ("piece_vue", "piece_vue"),
    ],
)
def test_french_name_of_a_place(chemin, nom):
    assert arbre.libelle(chemin) == nom


def test_generic_path():
    assert (
        arbre.generique("cotitulaires[10].ressources.recues[0].nature")
        == "cotitulaires[].ressources.recues[].nature"
    )


def test_field_of_a_list_with_or_without_rank():
    assert arbre.champ_de("motifs.codes") is arbre.champ_de("motifs.codes[2]")
    assert arbre.champ_de("inconnu") is None


def test_values_are_the_filled_leaves():
    contenu = minimale(
        cotitulaires=[COTITULAIRE],
        demandeur__contact={"telephone_portable": "06 12 34 56 78"},
        motifs={"codes": ["01", "05"]},
    )
    trouvees = {chemin: valeur for chemin, _, valeur in arbre.valeurs(contenu)}
    assert trouvees["demandeur.contact.telephone_portable"] == Telephone.model_validate("06 12 34 56 78")
    assert trouvees["motifs.codes[1]"] == "05"
    assert trouvees["souhaits.localisations[0].commune"] == "2A004"
    assert trouvees["souhaits.accepte_autres_communes"] is False
    assert trouvees["cotitulaires[0].lien_demandeur"] == "M"
    assert "demandeur.identite.nir" not in trouvees
    assert all(arbre.champ_de(chemin) for chemin in trouvees)
