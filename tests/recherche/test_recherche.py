"""The search: who reads what, in every place where something could leak; French with slips; what is kept of a query."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from sne.habilitations.rules import Role, mandat
from sne.recherche.actions import (
    Publication,
    charger_synonymes,
    classer_sans_suite,
    definir_synonyme,
    noter_sans_suite,
    oublier_les_anciennes,
    ouvrir_a,
    publier,
    refaire_les_formes,
    retirer,
)
from sne.recherche.models import EntreeIndex, RechercheSansSuite
from sne.recherche.rules import lire_requete, retenir
from sne.recherche.selectors import chercher, list_sans_suite, list_synonymes, suggerer
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.erreurs import Interdit, NonHabilite

LE = datetime(2026, 11, 29, 9, tzinfo=UTC)
PUBLIC, PRO, SECRET = frozenset({"*"}), frozenset({"*", "pro"}), frozenset({"*", "pro", "equipe:x"})


def acteur_de_role(role: Role) -> Acteur:
    return Acteur(id=uuid.uuid4(), nom="Dominique", canal=Canal.GUICHET, mandats=(mandat(role, Perimetre()),))


def publication(titre: str, *acces: str, **autres) -> Publication:
    valeurs = {
        "genre": "FICHE",
        "cible": uuid.uuid5(uuid.NAMESPACE_URL, titre),
        "url": f"/aide/{titre[:10].lower()}/",
        "acces": acces or ("*",),
        "titre": titre,
        "visible_du": LE - timedelta(days=1),
        "verifie_le": date(2026, 11, 1),
    }
    return Publication(**valeurs | autres)


@pytest.fixture
def index(db) -> None:
    publier(
        publication("Radier une demande", reponse="Les motifs de radiation sont limités.", themes=["vie"])
    )
    publier(
        publication(
            "Remettre l’attestation", corps="Une attestation se remet au guichet.", themes=["attestation"]
        )
    )
    publier(publication("Seuils de la reprise", "pro", corps="Un mot rare : zibeline.", themes=["securite"]))
    publier(
        publication(
            "Échange réservé", "equipe:x", corps="Le mot hermine.", genre="SUJET", themes=["securite"]
        )
    )
    publier(publication("Demain", visible_du=LE + timedelta(days=1), corps="futur"))
    publier(
        publication(
            "Hier", visible_du=LE - timedelta(days=9), visible_au=LE - timedelta(days=1), corps="futur"
        )
    )
    refaire_les_formes(LE)


def titres(texte: str, cles: frozenset[str] = PUBLIC, **filtres) -> list[str]:
    return [r.titre for r in chercher(lire_requete(texte, **filtres), cles=cles, le=LE).page]


@pytest.mark.parametrize(
    "mot", ["radié", "radiée", "RADIER", "radiation", "radiaton", "radiacion", "radiers"]
)
def test_french_with_its_forms_its_accents_and_its_slips(index, mot: str) -> None:
    assert titres(mot) == ["Radier une demande"]


def test_a_correction_is_said_and_can_be_refused(index) -> None:
    trouve = chercher(lire_requete("atestation"), cles=PUBLIC, le=LE)
    assert (trouve.lu, trouve.corrigee, trouve.total) == ("attestation", True, 1)
    assert any(marque and "ttestation" in texte for texte, marque in trouve.page[0].extrait)
    tel = chercher(lire_requete("atestation"), cles=PUBLIC, le=LE, telle_quelle=True)
    assert (tel.lu, tel.corrigee, tel.total) == ("atestation", False, 0)


@pytest.mark.parametrize(("mot", "cles"), [("zibeline", PUBLIC), ("hermine", PRO), ("futur", SECRET)])
def test_what_one_may_not_read_is_nowhere(index, mot: str, cles: frozenset[str]) -> None:
    """Not in results, counts, suggestions, nor as the correction of a word near it."""
    for tape in (mot, mot[:-1] + "a", "securite"):
        trouve = chercher(lire_requete(tape), cles=cles, le=LE)
        dit = repr(trouve) if tape != mot else repr((trouve.total, trouve.page, trouve.genres, trouve.themes))
        assert mot not in dit
        assert trouve.total == sum(trouve.genres.values())
    assert not suggerer(
        "éch" if mot == "hermine" else "seuils" if mot == "zibeline" else "dem", cles=cles, le=LE
    )[1:]
    if mot == "hermine":
        assert chercher(lire_requete("hermines"), cles=SECRET, le=LE).total == 1


def test_who_may_read_changes_in_the_same_breath(index) -> None:
    cible = uuid.uuid5(uuid.NAMESPACE_URL, "Échange réservé")
    assert titres("hermine", SECRET) == ["Échange réservé"]
    ouvrir_a("SUJET", cible, ["equipe:y"])
    assert titres("hermine", SECRET) == []
    ouvrir_a("SUJET", cible, ["pro"])
    assert titres("hermine", PRO) == ["Échange réservé"]
    retirer("SUJET", [cible])
    assert titres("hermine", PRO) == []


def test_facets_say_what_another_choice_would_give(index) -> None:
    trouve = chercher(lire_requete("demande attestation", themes=["vie"]), cles=PUBLIC, le=LE)
    assert [r.titre for r in trouve.page] == ["Radier une demande"]
    assert trouve.themes == {"vie": 1, "attestation": 1}
    assert trouve.total == 1
    for theme, nombre in trouve.themes.items():
        assert (
            chercher(lire_requete("demande attestation", themes=[theme]), cles=PUBLIC, le=LE).total == nombre
        )


def test_a_date_opens_and_closes_without_any_job(index) -> None:
    demain = LE + timedelta(days=2)
    assert [r.titre for r in chercher(lire_requete("futur"), cles=PUBLIC, le=demain).page] == ["Demain"]
    assert [
        r.titre for r in chercher(lire_requete("futur"), cles=PUBLIC, le=LE - timedelta(days=5)).page
    ] == ["Hier"]


def test_a_file_opens_at_the_page_where_the_words_stand(index) -> None:
    publier(publication("Notice", genre="PDF", corps="tout", pages=("sommaire", "le hérisson dort", "fin")))
    (trouve,) = chercher(lire_requete("notice hérisson"), cles=PUBLIC, le=LE).page
    assert trouve.page == 2


def test_what_is_past_its_check_comes_last(index) -> None:
    publier(publication("Radier, comment", perime=True, reponse="radier radier"))
    assert titres("radier") == ["Radier une demande", "Radier, comment"]


def test_suggestions_hold_the_answer(index) -> None:
    (premiere, *_) = suggerer("radi", cles=PUBLIC, le=LE)
    assert (premiere.titre, premiere.reponse) == (
        "Radier une demande",
        "Les motifs de radiation sont limités.",
    )
    assert [s.titre for s in suggerer("atestation", cles=PUBLIC, le=LE)] == ["Remettre l’attestation"]
    assert suggerer("r", cles=PUBLIC, le=LE) == ()
    assert suggerer("':* & | !", cles=PUBLIC, le=LE) == ()


def test_hostile_queries_find_nothing_and_break_nothing(index) -> None:
    for texte in (
        "' OR 1=1 --",
        "%",
        "\\",
        "((",
        "-",
        '"',
        "a & | !",
        "\x00x",
        "é" * 300,
        "mot " * 40,
        "<b>",
    ):
        assert chercher(lire_requete(texte), cles=PUBLIC, le=LE).total == 0
        assert len(suggerer(texte, cles=PUBLIC, le=LE)) <= 6
        assert chercher(lire_requete(""), cles=PUBLIC, le=LE).page == ()


def test_a_synonym_finds_and_is_decided_by_who_may(index) -> None:
    pole = acteur_de_role(Role.POLE_METIER)
    with pytest.raises(NonHabilite):
        definir_synonyme("papier", "attestation", acte=Acte(acteur_de_role(Role.AGENT_GUICHET), LE))
    definir_synonyme("papier", "attestation", acte=Acte(pole, LE))
    assert titres("papier") == ["Remettre l’attestation"]
    assert list_synonymes(pole) == (("papier", "attestation"),)
    charger_synonymes([("papier", "radiation"), ("adr", "attestation")])
    assert titres("papier") == ["Remettre l’attestation"]
    assert titres("adr") == ["Remettre l’attestation"]
    definir_synonyme("papier", "", acte=Acte(pole, LE))
    assert titres("papier") == []
    for dit, pour, champ in (("le", "radier", "dit"), ("papier", "le la", "pour")):
        with pytest.raises(Interdit) as refus:
            definir_synonyme(dit, pour, acte=Acte(pole, LE))
        assert refus.value.champ == champ


def test_queries_that_led_nowhere_are_a_list_that_somebody_clears(index) -> None:
    pole, jours = acteur_de_role(Role.POLE_METIER), [date(2026, 11, 26 + n) for n in range(4)]
    for jour in jours[:3]:
        noter_sans_suite("Colocation Dupont 0612345678", trouvees=False, jour=jour)
        noter_sans_suite("colocation dupont", trouvees=True, jour=jour)
    noter_sans_suite("rare", trouvees=False, jour=jours[0])
    noter_sans_suite("12 34", trouvees=False, jour=jours[0])
    (ligne,) = list_sans_suite(pole, jour=jours[3])
    assert (ligne.texte, ligne.fois, ligne.trouvees, ligne.derniere) == ("colocation dupont", 6, 3, jours[2])
    with pytest.raises(NonHabilite):
        classer_sans_suite("colocation dupont", acte=Acte(acteur_de_role(Role.DPO), LE))
    classer_sans_suite("colocation dupont", acte=Acte(pole, LE))
    assert list_sans_suite(pole, jour=jours[3]) == ()
    assert oublier_les_anciennes(jour=jours[0] + timedelta(days=91)) == 2
    assert RechercheSansSuite.objects.count() == 2


def test_a_number_is_never_looked_for_as_text() -> None:
    assert lire_requete("attestation 0990325001187G0993").nud == "0990325001187G0993"
    assert lire_requete("attestation 0990325001187G0993").texte == "attestation"
    with pytest.raises(Interdit, match="sécurité sociale") as refus:
        lire_requete("1 85 04 59 999 123 03")
    assert refus.value.champ == "q"
    assert retenir("Mme L’Hôte 185045999912303 dossier 0990325001187G0993") == "mme l’hôte dossier"


def test_an_entry_without_a_key_is_refused(db) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="entree_index_a_des_cles"):
        EntreeIndex.objects.create(
            genre="FICHE",
            cible=uuid.uuid4(),
            url="/x/",
            acces=[],
            titre="t",
            verifie_le=date(2026, 1, 1),
            visible_du=LE,
        )
