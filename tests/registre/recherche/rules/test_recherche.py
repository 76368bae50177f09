"""What is typed in a search box: each kind of search, what cannot be read, and why a person found is close."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from sne.registre.recherche.rules.texte import (
    Curseur,
    Genre,
    Partielle,
    Requete,
    Traits,
    comprendre,
    est_exact,
    expliquer,
    interpretations,
    lire_curseur,
    masquer,
    seuil_du_nom,
    sont_a_la_lettre,
    voisins,
)
from tests.registre.factories import nir_de

NAISSANCE = date(1987, 3, 14)
ELODIE = Traits("dubreuil", "", "elodie marie", NAISSANCE)


@pytest.mark.parametrize("saisie", ["0990619004127G0993", " 099 0619 004127 g0993 ", "0990619\t004127G0993"])
def test_numero_avec_ou_sans_espaces(saisie: str) -> None:
    assert comprendre(saisie) == Requete(Genre.NUMERO, nud="0990619004127G0993")


def test_numero_mal_tape_se_dit() -> None:
    requete = comprendre("099 1319 004127 G0993")
    assert requete.genre is Genre.RIEN
    assert "doivent être un mois" in requete.remarque


def test_dix_huit_lettres_sont_un_nom() -> None:
    assert comprendre("vandenbroucke elodie").genre is Genre.PERSONNE
    assert comprendre("papadopoulosmariana").genre is Genre.PERSONNE
    assert comprendre("papadopoulosmarian").mots == "papadopoulosmarian"


def test_nir_de_treize_ou_quinze_signes() -> None:
    nir = nir_de(NAISSANCE)
    for saisie in (nir, nir[:13], f"{nir[0]} {nir[1:3]} {nir[3:5]} {nir[5:]}"):
        assert comprendre(saisie) == Requete(Genre.NIR, nir=nir)
    assert nir not in repr(comprendre(nir))


def test_nir_faux_se_dit_sans_le_repeter() -> None:
    nir = nir_de(NAISSANCE)
    faux = nir[:-1] + str((int(nir[-1]) + 1) % 10)
    requete = comprendre(faux)
    assert requete.genre is Genre.RIEN
    assert "La clé du numéro" in requete.remarque
    assert faux not in requete.remarque


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("06 12 34 56 41", Requete(Genre.TELEPHONE, telephone="+33612345641")),
        ("+33 (0)6.12.34.56.41", Requete(Genre.TELEPHONE, telephone="+33612345641")),
        ("Elodie.D@Exemple.FR", Requete(Genre.COURRIEL, courriel="elodie.d@exemple.fr")),
        ("dubreuil", Requete(Genre.PERSONNE, mots="dubreuil")),
        (
            "dubreuil 14/03/1987 elodie",
            Requete(Genre.PERSONNE, mots="dubreuil elodie", date_naissance=NAISSANCE),
        ),
        ("14031987", Requete(Genre.PERSONNE, date_naissance=NAISSANCE)),
        ("  ", Requete(Genre.RIEN)),
        ("\0", Requete(Genre.RIEN)),
    ],
)
def test_contact_nom_et_date(saisie: str, attendu: Requete) -> None:
    assert comprendre(saisie) == attendu


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("0990322002273", Requete(Genre.FRAGMENT, debut="0990322002273")),
        ("990322002273", Requete(Genre.FRAGMENT, debut="0990322002273")),
        ("111 0322 002273", Requete(Genre.FRAGMENT, debut="1110322002273")),
        ("002273", Requete(Genre.FRAGMENT, sequence="002273")),
        ("2273", Requete(Genre.FRAGMENT, sequence="002273")),
        ("002273 g0993", Requete(Genre.FRAGMENT, sequence="002273", guichet="G0993")),
        ("612345641", Requete(Genre.TELEPHONE, telephone="+33612345641")),
        ("mensah 12/03", Requete(Genre.PERSONNE, mots="mensah", partielle=Partielle(12, 3))),
        ("mensah 12/03/87", Requete(Genre.PERSONNE, mots="mensah", partielle=Partielle(12, 3, 87))),
        ("mensah 03/1987", Requete(Genre.PERSONNE, mots="mensah", partielle=Partielle(mois=3, annee=1987))),
        ("guyot 1980 michel", Requete(Genre.PERSONNE, mots="guyot michel", partielle=Partielle(annee=1980))),
        ("dubreuil 1987-03-14", Requete(Genre.PERSONNE, mots="dubreuil", date_naissance=NAISSANCE)),
        ("dubreuil 14 mars 1987", Requete(Genre.PERSONNE, mots="dubreuil", date_naissance=NAISSANCE)),
    ],
)
def test_morceaux_de_numero_et_de_date(saisie: str, attendu: Requete) -> None:
    assert comprendre(saisie) == attendu


def test_le_zero_perdu_se_dit() -> None:
    requete = comprendre("990322002273G0993")
    assert (requete.genre, requete.nud) == (Genre.NUMERO, "0990322002273G0993")
    assert (
        "Le zéro du début manquait\u00a0: le numéro cherché est le 099 0322 002273 G0993." in requete.remarque
    )


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ("1987", "«\u00a01987\u00a0» ne suffit pas\u00a0: ajoutez le nom"),
        ("099032200227G0993", "vous en avez saisi 17"),
        ("mensah 45/03", "La date 45/03 n’existe pas"),
        ("mensah 12/19", "La date 12/19 n’existe pas"),
    ],
)
def test_ce_qui_ne_suffit_pas_se_dit(saisie: str, phrase: str) -> None:
    assert phrase in comprendre(saisie).remarque


def test_date_qui_n_existe_pas() -> None:
    requete = comprendre("dubreuil 31/02/1987")
    assert (requete.genre, requete.mots, requete.date_naissance) == (Genre.PERSONNE, "dubreuil", None)
    assert requete.remarque == "La date 31/02/1987 n’existe pas\u00a0: vérifiez le jour et le mois."
    assert comprendre("31/02/1987").genre is Genre.RIEN


@given(st.text())
def test_tout_se_lit(texte: str) -> None:
    requete = comprendre(texte)
    assert len(requete.mots) <= 200
    assert "\0" not in requete.mots + requete.courriel


def test_nir_masque_a_l_ecran() -> None:
    nir = nir_de(NAISSANCE)
    assert masquer(nir) == "2 87 03 •• ••• ••• ••"
    assert masquer(f"dubreuil {nir}") == "numéro de sécurité sociale"
    assert masquer("dubreuil") == "dubreuil"


def test_interpretations() -> None:
    assert interpretations(["dubreuil"]) == (("dubreuil", ""),)
    assert interpretations(["da", "silva", "nuno"]) == (
        ("da silva nuno", ""),
        ("da", "silva nuno"),
        ("da silva", "nuno"),
        ("silva nuno", "da"),
        ("nuno", "da silva"),
    )


def test_un_mot_court_seul_doit_ressembler_davantage() -> None:
    assert seuil_du_nom(["leca"], 0.4) == 0.5
    assert seuil_du_nom(["leca"], 0.6) == 0.6
    assert seuil_du_nom(["dubreuil"], 0.4) == seuil_du_nom(["leca", "lea"], 0.4) == 0.4


@pytest.mark.parametrize(
    ("mots", "naissance", "trouve", "phrase"),
    [
        ("dubreuil", None, ELODIE, "Même nom"),
        ("elodie dubreuil", NAISSANCE, ELODIE, "Même nom, même date"),
        ("", NAISSANCE, ELODIE, "Même date de naissance"),
        ("dubreiul elodie", NAISSANCE, ELODIE, "Une lettre diffère, même date"),
        ("dubril", None, ELODIE, "Deux lettres diffèrent"),
        ("dubois", None, ELODIE, "Nom proche"),
        ("elodie", None, ELODIE, "Nom proche"),
        ("morel elodie", None, Traits("dubreuil", "morel", "elodie", NAISSANCE), "Même nom d’usage"),
        ("dubreuil", date(1978, 3, 14), ELODIE, "Même nom, année\u00a0: 87 au lieu de 78"),
        ("dubreuil", date(1987, 4, 14), ELODIE, "Même nom, mois\u00a0: 03 au lieu de 04"),
        ("dubreuil", date(1987, 3, 15), ELODIE, "Même nom, jour\u00a0: 14 au lieu de 15"),
        (
            "leca",
            date(1987, 2, 3),
            Traits("leca", "", "lea", date(1987, 3, 2)),
            "Même nom, jour et mois inversés",
        ),
        ("dubreuil", date(1950, 1, 1), ELODIE, "Même nom, autre date de naissance"),
    ],
)
def test_pourquoi_cette_personne(mots: str, naissance: date | None, trouve: Traits, phrase: str) -> None:
    assert expliquer(mots.split(), naissance, trouve) == phrase


def test_pourquoi_avec_une_partie_de_la_date() -> None:
    dit = expliquer(["dubreuil"], None, ELODIE, Partielle(14, 3, 87))
    assert dit == "Même nom, même jour, même mois, même année"
    assert expliquer(["dubreuil"], None, ELODIE, Partielle(annee=1987)) == "Même nom, même année"


def test_ecrit_exactement() -> None:
    assert est_exact(["elodie", "dubreuil"], ELODIE)
    assert est_exact(["morel"], Traits("dubreuil", "morel", "elodie", NAISSANCE))
    assert not est_exact(["dubreiul", "elodie"], ELODIE)
    assert not est_exact(["dubreuil"], Traits("", "", "", NAISSANCE))


@pytest.mark.parametrize(
    ("tape", "attendu"),
    [
        ("dubreiul elodie", True),
        ("elodie dubril", True),
        ("marei dubreuil", True),
        ("dubois elodie", False),
        ("dubreuil karim", False),
        ("dubreuil elsie", False),
    ],
)
def test_a_la_lettre_pres(tape: str, *, attendu: bool) -> None:
    assert sont_a_la_lettre(tape.split(), ELODIE) is attendu


def test_voisins_d_un_mot() -> None:
    assert {"srio", "sir", "siroe", "sora", "asiro", "siro"} & voisins("siro") == {
        "srio",
        "sir",
        "siroe",
        "asiro",
    }
    assert voisins("a") >= {"b", "ab", "ba"}
    assert "" not in voisins("a")


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", min_size=1, max_size=6))
def test_voisins_a_une_lettre_exactement(un: str, autre: str) -> None:
    assert (autre in voisins(un)) == (OSA.distance(un, autre) == 1)


def test_curseur_aller_et_retour() -> None:
    curseur = Curseur("da silva", uuid.UUID(int=7), en_arriere=True, prenoms="nuno")
    assert lire_curseur(curseur.ecrire()) == curseur


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "rien",
        "{}",
        "[1]",
        '["a","b","c",true]',
        '["a","b",3,true]',
        f'["\\u0000","b","{uuid.UUID(int=1)}",1]',
    ],
)
def test_curseur_illisible_est_la_premiere_page(texte: str) -> None:
    assert lire_curseur(texte) is None
