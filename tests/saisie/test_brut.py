"""What was typed, exactly: rows added and removed, bounds, buttons."""

from django.utils.datastructures import MultiValueDict

from sne.saisie import brut

TROIS = {"enfants-nombre": ["3"]} | {f"enfants-{rang}-nom": [nom] for rang, nom in enumerate("ABC", start=1)}


def test_brut_de_sans_le_jeton() -> None:
    donnees = MultiValueDict({"csrfmiddlewaretoken": ["secret"], "types": ["T2", "T3"], "nom": [" Leca "]})
    assert brut.brut_de(donnees) == {"types": ["T2", "T3"], "nom": [" Leca "]}


def test_brut_de_borne() -> None:
    donnees = MultiValueDict({f"champ{n}": ["x" * 5000] for n in range(1000)})
    garde = brut.brut_de(donnees)
    assert len(garde) == brut.MAX_CHAMPS
    assert len(garde["champ0"][0]) == brut.MAX_LONGUEUR


def test_retirer_ligne_remonte_les_suivantes() -> None:
    assert brut.retirer_ligne(TROIS, "enfants", 2) == {
        "enfants-nombre": ["2"],
        "enfants-1-nom": ["A"],
        "enfants-2-nom": ["C"],
    }


def test_retirer_ligne_inconnue_ne_change_rien() -> None:
    assert brut.retirer_ligne(TROIS, "enfants", 4) == TROIS


def test_ajouter_ligne_jusqu_au_maximum() -> None:
    assert brut.ajouter_lignes(TROIS, "enfants", 2, maximum=15)["enfants-nombre"] == ["5"]
    assert brut.ajouter_lignes(TROIS, "enfants", 1, maximum=3)["enfants-nombre"] == ["3"]


def test_monter_une_ligne() -> None:
    dits = {"commune_1": ["A"], "quartier_1": [""], "commune_2": ["B"], "quartier_2": ["Nord"]}
    monte = brut.monter(dits, ("commune", "quartier"), 2)
    assert monte == {"commune_1": ["B"], "quartier_1": ["Nord"], "commune_2": ["A"], "quartier_2": [""]}
    for rang in (1, 3):
        assert brut.monter(dits, ("commune", "quartier"), rang) == dits


def test_nombre_de_lignes_mal_forme() -> None:
    for texte in ("", "-1", "1e3", "²", "99999"):
        assert brut.nombre_de_lignes({"enfants-nombre": [texte]}, "enfants") in {0, brut.MAX_LIGNES}


def test_lire_bouton() -> None:
    assert brut.lire_bouton("enfants-2", {"enfants": 15}) == ("enfants", 2)
    assert brut.lire_bouton("autres-2", {"enfants": 15}) is None
    assert brut.lire_bouton("enfants", {"enfants": 15}) is None
