"""What shows of a changed field, whoever reads: a matrix of fields and readers, and data made to get through."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre import champs
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.lecture.rules.historique_demandeur.changements import (
    CACHE,
    ChangementMontre,
    Famille,
    famille_de,
    montrer,
    montrer_tout,
)
from sne.registre.lecture.rules.historique_demandeur.lecteur import Etape, Lecteur, meme_personne, situer
from sne.registre.lecture.rules.historique_demandeur.mots import Mots, nettoyer

ELODIE = Identite(nom_naissance="Dubreuil", prenoms="Élodie", date_naissance=date(1987, 3, 14), civilite="2")
KARL = Identite(nom_naissance="Zimmer", prenoms="Karl", date_naissance=date(1979, 1, 30), civilite="1")
PAUL = Identite(nom_naissance="Morel", prenoms="Paul", date_naissance=date(1985, 6, 2), civilite="1")
VOLEE = [
    Etape(1, [("e", ELODIE), ("p", PAUL)]),
    Etape(2, [("e", KARL), ("p", PAUL)]),
    Etape(3, [("e", KARL), ("p", PAUL)]),
    Etape(4, [("e", ELODIE), ("p", PAUL)]),
]
"""Élodie's, with Paul; Karl took her place at 2 and 3; put back at 4."""
RENDUE = frozenset({2, 3})


class Listes:
    """Labels and places that say where they come from."""

    def libelle(self, liste: str, code: str) -> str:
        return f"{liste}:{code}"

    def nom_commune(self, code: str) -> str:
        return f"commune {code}"


MOTS = Mots(Listes(), Listes())


def lecteur(personne: str = "e", etapes: list[Etape] | None = None, **base: object) -> Lecteur:
    return situer(personne, etapes or VOLEE, base=Lecteur(titulaire=personne == "e", **base))  # type: ignore[arg-type]


TITULAIRE = lecteur(defaites=RENDUE)
COTITULAIRE = lecteur("p", defaites=RENDUE)
VOLEUR = lecteur(etapes=VOLEE[:3])
"""Karl, who reads while he holds the demande."""
PAR_ADRESSE = replace(
    TITULAIRE, identite=None, siennes=frozenset(), contacts=frozenset({"elodie@exemple.fr"})
)
INCONNU = Lecteur(contacts=frozenset({"x@exemple.fr"}))


def vu(
    champ: str, avant: str | None, apres: str | None, *, par: Lecteur, revision: int, personne: str = ""
) -> tuple[str, str] | None:
    montre = montrer(champ, avant, apres, revision=revision, personne=personne, lecteur=par, mots=MOTS)
    return None if montre is None else (montre.avant.dit, montre.apres.dit)


@pytest.mark.parametrize(
    ("qui", "revision", "attendu"),
    [
        (TITULAIRE, 2, ("Dubreuil", CACHE)),  # what Karl had written is gone, even its first letter
        (TITULAIRE, 4, (CACHE, "Dubreuil")),
        (VOLEUR, 2, ("D••••", "Zimmer")),
        (COTITULAIRE, 2, ("D••••", CACHE)),
        (PAR_ADRESSE, 2, ("D••••", CACHE)),
        (INCONNU, 2, ("D••••", "Z••••")),
    ],
)
def test_a_name_shows_to_who_bears_it(qui: Lecteur, revision: int, attendu: tuple[str, str]) -> None:
    noms = ("Dubreuil", "Zimmer") if revision == 2 else ("Zimmer", "Dubreuil")
    assert vu("demandeur.identite.nom_naissance", *noms, par=qui, revision=revision) == attendu


def test_a_used_name_that_the_reader_does_not_bear_is_a_letter() -> None:
    sienne = lecteur(etapes=[VOLEE[0], replace(VOLEE[0], revision=2)])
    assert vu("demandeur.identite.nom_usage", "Leca", None, par=sienne, revision=2) == ("L••••", "")
    assert vu("demandeur.identite.nom_usage", "42", None, par=TITULAIRE, revision=1) == (CACHE, "")


def test_a_name_asked_for_is_only_a_letter() -> None:
    avant = lecteur(etapes=VOLEE[:1])
    assert vu("nom_naissance", "Dubreuil", "Zimmer", par=avant, revision=1, personne="e") == (
        "Dubreuil",
        "Z••••",
    )
    assert vu("nom_naissance", "Dubreuil", "Zimmer", par=lecteur("p"), revision=1, personne="e") == (
        "D••••",
        "Z••••",
    )


@pytest.mark.parametrize("qui", [TITULAIRE, COTITULAIRE, VOLEUR, PAR_ADRESSE, INCONNU])
@pytest.mark.parametrize("revision", [2, 3, 4])
@pytest.mark.parametrize(
    "champ",
    [
        "nir",
        "nir_etat",
        "demandeur.identite.nir",
        "cotitulaires[0].identite.nir",
        "motifs.codes",
        "precisions",
    ],
)
def test_nir_reasons_and_free_texts_never_show(qui: Lecteur, revision: int, champ: str) -> None:
    montre = vu(champ, "287039912345678", "179019912345678", par=qui, revision=revision, personne="e")
    assert montre == (CACHE, CACHE)


@pytest.mark.parametrize("qui", [TITULAIRE, COTITULAIRE, VOLEUR, PAR_ADRESSE])
@pytest.mark.parametrize("champ", ["handicaps", "handicaps[0].etat", "motifs.autre_motif"])
def test_health_is_not_even_named(qui: Lecteur, champ: str) -> None:
    assert vu(champ, "x", "y", par=qui, revision=4) is None


CONTACTS = [
    ("demandeur.contact.courriel", "elodie@exemple.fr", "karl@exemple.fr"),
    ("demandeur.contact.telephone_portable", "06 11 22 33 44", "06 99 88 77 66"),
    ("demandeur.adresse_courrier.voie", "rue des Tanneurs", "quai des Brumes"),
    ("logement_actuel.adresse.voie", "rue des Tanneurs", "quai des Brumes"),
    ("demandeur.situation_professionnelle.lieu_travail.commune", "99001", "99002"),
    ("accompagnant.courriel", "elodie@exemple.fr", "karl@exemple.fr"),
    ("association.contact.courriel", "a@exemple.fr", "b@exemple.fr"),
]


@pytest.mark.parametrize("qui", [TITULAIRE, COTITULAIRE, VOLEUR, INCONNU])
@pytest.mark.parametrize(("champ", "avant", "apres"), CONTACTS)
@pytest.mark.parametrize("revision", [2, 3, 4])
def test_no_contact_shows_to_who_did_not_prove_it(
    qui: Lecteur, champ: str, avant: str, apres: str, revision: int
) -> None:
    assert vu(champ, avant, apres, par=qui, revision=revision) in ((CACHE, CACHE), None)


def test_one_s_own_contact_is_recognised_and_the_new_one_is_not_shown() -> None:
    avant = replace(PAR_ADRESSE, defaites=frozenset())
    assert vu(*CONTACTS[0], par=avant, revision=2) == ("e•••••@exemple.fr", CACHE)
    mobile = replace(avant, contacts=frozenset({"+33611223344"}))
    montre = vu(*CONTACTS[1], par=mobile, revision=2)
    assert montre == ("06\u00a0••\u00a0••\u00a0••\u00a044", CACHE)


def test_contacts_of_another_adult_are_nobody_else_s_business() -> None:
    assert vu("cotitulaires[0].contact.courriel", "a@b.fr", "c@d.fr", par=TITULAIRE, revision=4) is None
    assert vu("demandeur.contact.courriel", "a@b.fr", "c@d.fr", par=COTITULAIRE, revision=4) is None
    assert vu("cotitulaires[0].contact.courriel", "a@b.fr", "c@d.fr", par=COTITULAIRE, revision=4) == (
        CACHE,
        CACHE,
    )


@pytest.mark.parametrize(
    ("qui", "revision", "attendu"),
    [
        (TITULAIRE, 2, ("900\u00a0€", CACHE)),
        (TITULAIRE, 3, (CACHE, CACHE)),
        (TITULAIRE, 4, (CACHE, "800,50\u00a0€")),
        (VOLEUR, 2, (CACHE, "800,50\u00a0€")),
        (VOLEUR, 3, ("900\u00a0€", "800,50\u00a0€")),
        (PAR_ADRESSE, 4, (CACHE, CACHE)),
    ],
)
def test_the_rest_shows_at_one_s_own_revisions(qui: Lecteur, revision: int, attendu: tuple[str, str]) -> None:
    assert vu("souhaits.loyer_maximum", "900.00", "800.50", par=qui, revision=revision) == attendu


def test_what_another_adult_declares_is_named_only() -> None:
    champ = "demandeur.situation_professionnelle.employeur"
    sans = [VOLEE[0], replace(VOLEE[0], revision=2)]
    montre = montrer(
        champ, "Mairie", "Hôpital", revision=2, personne="", lecteur=lecteur("p", sans), mots=MOTS
    )
    assert montre is not None
    assert montre.libelle.startswith("Autre adulte, ")
    assert (montre.avant.dit, montre.apres.dit) == (CACHE, CACHE)
    assert vu(champ, "Mairie", "Hôpital", par=lecteur("e", sans), revision=2) == ("Mairie", "Hôpital")


def test_a_block_that_came_or_went_says_so_without_what_it_holds() -> None:
    enfant = '{"nom": "Leca", "date_naissance": "2015-05-05"}'
    for avant, apres, muet in ((None, enfant, "ajout"), (enfant, None, "retrait")):
        montre = montrer(
            "foyer.personnes_a_charge[0]",
            avant,
            apres,
            revision=2,
            personne="",
            lecteur=lecteur(etapes=[VOLEE[0], replace(VOLEE[0], revision=2)]),
            mots=MOTS,
        )
        assert montre is not None
        assert montre.muet == f"{muet}, {CACHE}"


def test_an_unknown_field_says_nothing_of_itself() -> None:
    montre = montrer("<b>secret</b>", "a", "b", revision=4, personne="", lecteur=TITULAIRE, mots=MOTS)
    assert montre is not None
    assert (montre.libelle, montre.avant.dit, montre.apres.dit) == ("Autre information", CACHE, CACHE)


def test_absence_is_no_secret() -> None:
    assert vu("souhaits.loyer_maximum", None, "800.00", par=TITULAIRE, revision=4) == ("", "800\u00a0€")
    assert vu("nir", None, "x", par=TITULAIRE, revision=4, personne="e") == ("", CACHE)


@pytest.mark.parametrize(
    ("champ", "avant", "apres", "muet"),
    [
        ("nir", "a", "b", "changement, non montré ici"),
        ("nir", None, "b", "ajout, non montré ici"),
        ("nir", "a", None, "retrait, non montré ici"),
        ("souhaits.loyer_maximum", None, "800.00", ""),
    ],
)
def test_where_nothing_shows_it_is_said(champ: str, avant: str | None, apres: str | None, muet: str) -> None:
    montre = montrer(champ, avant, apres, revision=4, personne="e", lecteur=TITULAIRE, mots=MOTS)
    assert montre is not None
    assert montre.muet == muet


def test_each_name_is_told_once_the_one_that_shows_first() -> None:
    valeurs = {
        "nir": (None, "autre numéro"),
        "nir_etat": ("AUCUN", "PERMANENT"),
        "nom_naissance": ("Dubreuil", None),
    }
    montres = montrer_tout(valeurs, revision=1, personne="e", lecteur=TITULAIRE, mots=MOTS)
    assert len({m.libelle for m in montres}) == len(montres) == 2


@pytest.mark.parametrize(
    ("champ", "texte", "dit"),
    [
        ("souhaits.types_logement", '["T3", "T4"]', "ListeTypeLogement:T3, ListeTypeLogement:T4"),
        ("souhaits.localisations", '[{"commune": "99001"}]', "commune 99001"),
        ("souhaits.accepte_autres_communes", "true", "Oui"),
        ("souhaits.accepte_autres_communes", "pas du json", "Non"),
        ("souhaits.types_logement", "pas du json", ""),
        ("souhaits.types_logement", '"T3"', ""),
        ("souhaits.loyer_maximum", "beaucoup", ""),
        ("logement_actuel.surface", "64.50", "64,50\u00a0m²"),
        ("logement_actuel.date_entree", "2020-02-30", ""),
        ("logement_actuel.date_entree", "2020-02-28", "28/02/2020"),
        ("souhaits.localisations", '[{"commune": "99001", "quartier": "Port"}]', "commune 99001 Port"),
        (
            "demandeur.ressources.recues",
            '[{"nature": "SAL", "montant_mensuel": "1640"}]',
            "SAL\u00a0: 1\u00a0640\u00a0€",
        ),
        ("demandeur.ressources.recues", '[{"nature": "SAL"}]', "SAL"),
        ("foyer.personnes_a_charge", '[{"nom": "Leca"}]', ""),
        ("foyer.personnes_a_charge[0]", '{"nom": "Leca"}', ""),
        ("champ.inconnu", "a 06 12 34 56 78", "a …"),
    ],
)
def test_values_in_words(champ: str, texte: str, dit: str) -> None:
    assert MOTS.dire(champ, texte).endswith(dit)
    assert bool(MOTS.dire(champ, texte)) is bool(dit)


@pytest.mark.parametrize(
    ("texte", "net"),
    [
        ("Écrire à Karl@Zimmer.fr, merci", "Écrire à …, merci"),
        ("06.12.34.56.78", "…"),
        ("+33 6 12 34 56 78", "…"),
        ("06/12/34/56/78", "…"),
        ("(06) 12-34 56 78", "(…"),
        ("1 79 01 99 123 456 78", "…"),
        ("NIR:179019912345678.", "NIR:…."),
        ("bail du 01/11/2026, T3 de 64 m²", "bail du 01/11/2026, T3 de 64 m²"),
        (None, ""),
    ],
)
def test_free_texts_lose_what_reaches_somebody(texte: str | None, net: str) -> None:
    assert nettoyer(texte) == net


def test_free_texts_are_short() -> None:
    assert len(nettoyer("a" * 5000)) == 200


ESPACES = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f", "/"])


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 9), ESPACES), min_size=9, max_size=15))
def test_no_long_number_gets_through(avant: str, chiffres: list[tuple[int, str]]) -> None:
    numero = "".join(f"{c}{e}" for c, e in chiffres)
    net = nettoyer(f"{avant} tél {numero}")
    assert "".join(str(c) for c, _ in chiffres) not in "".join(s for s in net if s.isdigit())


@given(st.sampled_from(sorted(champs())), st.text(max_size=30), st.text(max_size=30), st.integers(1, 5))
def test_whatever_the_field_an_episode_that_was_undone_shows_nothing(
    champ: str, avant: str, apres: str, revision: int
) -> None:
    concret = champ.replace("[]", "[0]")
    montre = montrer(concret, avant, apres, revision=revision, personne="e", lecteur=TITULAIRE, mots=MOTS)
    if montre is not None and revision in RENDUE:
        assert montre.apres.texte == ""
    if montre is not None and revision - 1 in RENDUE:
        assert montre.avant.texte == ""


MONTRABLES = {
    Famille.SANTE: set(),
    Famille.SENSIBLE: set(),
    Famille.NIR: set(),
    Famille.CONTACT: set(),
    Famille.NOM: {"initiale", "sienne"},
    Famille.ETAT_CIVIL: {"sienne"},
    Famille.DECLARATION: {"sienne"},
}
"""What may stand for a value that the reader did not prove to be theirs, by kind: its first letter, or itself."""


@pytest.mark.parametrize("champ", sorted(champs()))
def test_matrix_of_every_field_and_every_reader(champ: str) -> None:
    """At each revision: what shows is of a kind that may, and itself only where the reader reads that revision."""
    famille, concret = famille_de(champ), champ.replace("[]", "[0]")
    assert famille is not None
    for qui in (TITULAIRE, COTITULAIRE, VOLEUR, INCONNU, replace(PAR_ADRESSE, contacts=frozenset())):
        for revision in (2, 3, 4):
            montre = montrer(
                concret, "Valeur", "Autre", revision=revision, personne="e", lecteur=qui, mots=MOTS
            )
            if montre is None:
                continue
            for cote, entiere, r in (
                (montre.avant, "Valeur", revision - 1),
                (montre.apres, "Autre", revision),
            ):
                sorte = "initiale" if cote.texte == f"{entiere[0]}••••" else "sienne"
                assert not cote.texte or sorte in MONTRABLES[famille], (qui.personne, revision)
                assert sorte == "initiale" or not cote.texte or qui.lit(r), (qui.personne, revision)


def test_every_field_of_the_tree_has_a_kind() -> None:
    kinds = {champ: famille_de(champ) for champ in champs()}
    assert None not in kinds.values()
    assert set(kinds.values()) == set(Famille)
    contacts = {c for c, f in kinds.items() if f is Famille.CONTACT}
    for bout in ("courriel", "telephone_portable", "voie", "code_postal", "hebergeant"):
        assert {c for c in kinds if c.endswith(bout) and not c.startswith("handicaps")} <= contacts, bout


@pytest.mark.parametrize(
    ("autre", "meme"),
    [
        (ELODIE.model_copy(update={"nom_naissance": "Morel"}), True),
        (ELODIE.model_copy(update={"prenoms": "Elodie"}), True),
        (ELODIE.model_copy(update={"date_naissance": date(1987, 3, 15)}), True),
        (ELODIE.model_copy(update={"prenoms": "Inès", "date_naissance": date(1990, 1, 1)}), False),
        (KARL, False),
    ],
)
def test_two_traits_of_three_are_one_person(autre: Identite, meme: bool) -> None:
    assert meme_personne(ELODIE, autre) is meme


def test_a_letter_at_a_time_is_still_compared_with_who_reads() -> None:
    """Nobody becomes somebody else step by step: each revision is compared with the reader, not with the one before."""
    pas = [
        ELODIE,
        ELODIE.model_copy(update={"nom_naissance": "Zimmer"}),
        ELODIE.model_copy(update={"nom_naissance": "Zimmer", "prenoms": "Karl"}),
        KARL,
    ]
    etapes = [Etape(rang, [("e", identite)]) for rang, identite in enumerate(pas, start=1)]
    assert lecteur(etapes=etapes).siennes == {3, 4}


def test_the_most_personal_acts_are_for_who_applies_and_proved_who_they_are() -> None:
    assert [q.reserves for q in (TITULAIRE, VOLEUR, COTITULAIRE, PAR_ADRESSE, INCONNU)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_who_came_later_reads_from_then_on() -> None:
    etapes = [Etape(1, [("e", ELODIE)]), Etape(2, [("e", ELODIE), ("p", PAUL)])]
    assert (lecteur("p", etapes).de, lecteur("e", etapes).de) == (2, 1)


def test_who_takes_the_place_of_another_does_not_read_what_they_declared() -> None:
    """Élodie left; Paul applies now, where she did."""
    etapes = [Etape(1, [("e", ELODIE), ("p", PAUL)]), Etape(2, [("p", PAUL)])]
    paul = situer("p", etapes, base=Lecteur(titulaire=True))
    champ = "demandeur.revenus_fiscaux.n_moins_1.montant"
    assert vu(champ, "20000.00", "9000.00", par=paul, revision=2) == (CACHE, "9\u00a0000\u00a0€")
    assert vu("demandeur.identite.nom_naissance", "Dubreuil", "Morel", par=paul, revision=2) == (
        "D••••",
        "Morel",
    )
    assert vu("demandeur.contact.courriel", "e@b.fr", "p@b.fr", par=paul, revision=2) == (CACHE, CACHE)


def test_who_is_known_by_nothing_reads_no_value() -> None:
    montres = [
        montrer(c.replace("[]", "[0]"), "a", "b", revision=2, personne="", lecteur=INCONNU, mots=MOTS)
        for c in champs()
    ]
    dits = {cote.texte for m in montres if isinstance(m, ChangementMontre) for cote in (m.avant, m.apres)}
    assert dits <= {"", "A••••", "B••••"}


def test_a_truth_is_read_however_it_was_written() -> None:
    assert {MOTS.dire("souhaits.colocation", texte) for texte in ("true", "True")} == {"Oui"}
