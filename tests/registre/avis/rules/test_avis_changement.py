"""The table of who is told what: nothing said, nobody disturbed for an accent, no notice where it is a danger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sne.notifications.rules import AdressePostale, Canal
from sne.registre.avis.rules.changement import (
    MOTS,
    RAISONS,
    Avis,
    Fait,
    Joignables,
    Moyens,
    Quoi,
    avertir,
    faits_de,
    faits_declares,
    faits_demandes,
    moyens_de,
    phrase,
)
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.titulaires import ASSOCIATION, titulaire
from sne.registre.joindre.rules.protection import Raison, protection
from tests.registre import factories as f

E, P = "00000000-0000-7000-8000-00000000000e", "00000000-0000-7000-8000-00000000000f"
"""Élodie, who applies, and Paul."""
VIEUX, NEUF, PORTABLE, AUTRE = "vieux@x.fr", "neuf@x.fr", "+33611223344", "+33655667788"
MAISON = AdressePostale(("Élodie Dubreuil", "12 rue des Tanneurs", "99240 Les Ormeaux"))
QUITTEE = AdressePostale(("Paul Morel", "12 rue des Tanneurs", "99240 Les Ormeaux"))
COURRIEL, SMS, LETTRE = Canal.COURRIEL, Canal.SMS, Canal.LETTRE


@dataclass(frozen=True)
class Cas:
    """One line of the table. ``envois``: channel, address, whether it holds the key, codes, where a letter would go."""

    nom: str
    faits: Sequence[Fait]
    avant: Mapping[str, Sequence[Moyens]]
    maintenant: Mapping[str, Moyens]
    envois: Sequence[tuple[Any, ...]] = ()
    confies: Mapping[Raison, tuple[str, ...]] = field(default_factory=dict)
    titulaires: tuple[str, ...] = (E,)
    partages: tuple[Any, ...] = ()
    protegee: Raison | None = None


def fait(quoi: Quoi, qui: str = E, *, demande: bool = False) -> Fait:
    return Fait(quoi, qui, demande)


C_VOUS, T_VOUS, N_VOUS = "COURRIEL:FAIT:VOUS", "TELEPHONE:FAIT:VOUS", "NOM_NAISSANCE:DEMANDE:VOUS"
TOUT = Moyens(VIEUX, PORTABLE, MAISON)
TABLE = [
    Cas("nothing changed, nobody is told", (), {E: [TOUT]}, {E: TOUT}),
    Cas(
        "e-mail replaced: the old one and the telephone hold the key, the new one is told without it",
        [fait(Quoi.COURRIEL)],
        {E: [TOUT]},
        {E: Moyens(NEUF, PORTABLE, MAISON)},
        [
            (COURRIEL, VIEUX, True, (C_VOUS,), MAISON),
            (SMS, PORTABLE, True, (C_VOUS,), None),
            (COURRIEL, NEUF, False, (C_VOUS,), None),
        ],
    ),
    Cas(
        "identity asked for, ways unchanged: one notice to each",
        [fait(Quoi.NOM_NAISSANCE, demande=True)],
        {E: [TOUT]},
        {E: TOUT},
        [(COURRIEL, VIEUX, True, (N_VOUS,), MAISON), (SMS, PORTABLE, True, (N_VOUS,), None)],
    ),
    Cas(
        "a second change soon after sheds nobody: the one replaced before is told too",
        [fait(Quoi.COURRIEL)],
        {E: [Moyens("milieu@x.fr"), Moyens(VIEUX)]},
        {E: Moyens(NEUF)},
        [
            (COURRIEL, "milieu@x.fr", True, (C_VOUS,), None),
            (COURRIEL, VIEUX, True, (C_VOUS,), None),
            (COURRIEL, NEUF, False, (C_VOUS,), None),
        ],
    ),
    Cas(
        "neither e-mail nor telephone before: a letter to the address before, which holds the key",
        [fait(Quoi.COURRIEL)],
        {E: [Moyens(adresse=MAISON)]},
        {E: Moyens(NEUF)},
        [(LETTRE, MAISON, True, (C_VOUS,), None), (COURRIEL, NEUF, False, (C_VOUS,), None)],
    ),
    Cas(
        "nothing before at all: the territorial manager's",
        [fait(Quoi.COURRIEL)],
        {E: [Moyens()]},
        {E: Moyens(NEUF)},
        [(COURRIEL, NEUF, False, (C_VOUS,), None)],
        {Raison.INJOIGNABLE: (C_VOUS,)},
    ),
    Cas(
        "violence: nothing leaves, whatever changed",
        [fait(Quoi.COURRIEL), fait(Quoi.NOM_NAISSANCE, P)],
        {E: [TOUT], P: [Moyens("paul@x.fr")]},
        {E: Moyens(NEUF, AUTRE), P: Moyens("paul@x.fr")},
        confies={Raison.PROTEGEE: ("NOM_NAISSANCE:FAIT:AUTRE", C_VOUS)},
        protegee=Raison.PROTEGEE,
    ),
    Cas(
        "violence said in the very act: nothing leaves, and the manager is told so",
        [fait(Quoi.COURRIEL)],
        {E: [TOUT]},
        {E: Moyens(NEUF)},
        confies={Raison.PROTECTION_NEUVE: (C_VOUS,)},
        protegee=Raison.PROTECTION_NEUVE,
    ),
    Cas(
        "violence, and nobody applies: still nothing",
        [fait(Quoi.COURRIEL)],
        {},
        {},
        confies={Raison.PROTEGEE: ("COURRIEL:FAIT:AUTRE",)},
        titulaires=(),
        protegee=Raison.PROTEGEE,
    ),
    Cas(
        "an e-mail shared with who left: the manager's; the telephone is told",
        [fait(Quoi.COURRIEL)],
        {E: [TOUT]},
        {E: Moyens(NEUF, PORTABLE)},
        [(SMS, PORTABLE, True, (C_VOUS,), None), (COURRIEL, NEUF, False, (C_VOUS,), None)],
        {Raison.CONTACT_PARTAGE: (C_VOUS,)},
        partages=(VIEUX,),
    ),
    Cas(
        "a new address that is also of who left is not told",
        [fait(Quoi.COURRIEL)],
        {E: [Moyens(VIEUX)]},
        {E: Moyens(NEUF)},
        [(COURRIEL, VIEUX, True, (C_VOUS,), None)],
        partages=(NEUF,),
    ),
    Cas(
        "no letter makes up for an e-mail at the address of the household left, nor goes there",
        [fait(Quoi.COURRIEL)],
        {E: [Moyens(VIEUX, adresse=MAISON)]},
        {E: Moyens(NEUF)},
        [(COURRIEL, VIEUX, True, (C_VOUS,), None), (COURRIEL, NEUF, False, (C_VOUS,), None)],
        partages=(MAISON,),
    ),
    Cas(
        "the letter that would go to the household left is the manager's",
        [fait(Quoi.COURRIEL)],
        {E: [Moyens(adresse=MAISON)]},
        {E: Moyens(NEUF)},
        [(COURRIEL, NEUF, False, (C_VOUS,), None)],
        {Raison.CONTACT_PARTAGE: (C_VOUS,)},
        partages=(MAISON,),
    ),
    Cas(
        "identity of a co-holder: told to them and to who applies",
        [fait(Quoi.PRENOMS, P)],
        {E: [Moyens(VIEUX)], P: [Moyens("paul@x.fr")]},
        {E: Moyens(VIEUX), P: Moyens("paul@x.fr")},
        [
            (COURRIEL, VIEUX, True, ("PRENOMS:FAIT:AUTRE",), None),
            (COURRIEL, "paul@x.fr", True, ("PRENOMS:FAIT:VOUS",), None),
        ],
    ),
    Cas(
        "contacts of a co-holder who had some: told to them alone",
        [fait(Quoi.COURRIEL, P)],
        {E: [Moyens(VIEUX)], P: [Moyens("paul@x.fr")]},
        {E: Moyens(VIEUX), P: Moyens("paul2@x.fr")},
        [(COURRIEL, "paul@x.fr", True, (C_VOUS,), None), (COURRIEL, "paul2@x.fr", False, (C_VOUS,), None)],
    ),
    Cas(
        "contacts of a co-holder who had none: told to who applies, and nobody is looked for",
        [fait(Quoi.TELEPHONE, P)],
        {E: [Moyens(VIEUX)], P: [Moyens()]},
        {E: Moyens(VIEUX), P: Moyens(mobile=AUTRE)},
        [
            (COURRIEL, VIEUX, True, ("TELEPHONE:FAIT:AUTRE",), None),
            (SMS, AUTRE, False, (T_VOUS,), None),
        ],
    ),
    Cas(
        "one mailbox for a couple: one message, both lists",
        [fait(Quoi.PRENOMS, P)],
        {E: [Moyens(VIEUX)], P: [Moyens(VIEUX.upper())]},
        {E: Moyens(VIEUX), P: Moyens(VIEUX.upper())},
        [(COURRIEL, VIEUX.upper(), True, ("PRENOMS:FAIT:AUTRE", "PRENOMS:FAIT:VOUS"), None)],
    ),
    Cas(
        "a co-holder who comes: who applies is told with the key, the newcomer without",
        [fait(Quoi.COTITULAIRE, P)],
        {E: [Moyens(VIEUX)]},
        {E: Moyens(VIEUX), P: Moyens("paul@x.fr")},
        [
            (COURRIEL, VIEUX, True, ("COTITULAIRE:FAIT:AUTRE",), None),
            (COURRIEL, "paul@x.fr", False, ("COTITULAIRE:FAIT:VOUS",), None),
        ],
    ),
    Cas(
        "another person applies: who did, and who does, are told",
        [fait(Quoi.TITULAIRE, E), fait(Quoi.COTITULAIRE, E)],
        {E: [Moyens(VIEUX)], P: [Moyens("paul@x.fr")]},
        {P: Moyens("paul@x.fr")},
        [
            (COURRIEL, VIEUX, True, ("TITULAIRE:FAIT:VOUS", "COTITULAIRE:FAIT:VOUS"), None),
            (COURRIEL, "paul@x.fr", True, ("TITULAIRE:FAIT:AUTRE", "COTITULAIRE:FAIT:AUTRE"), None),
        ],
        titulaires=(E, P),
    ),
    Cas(
        "a document of nobody in particular: who applies",
        [fait(Quoi.PIECE_IDENTITE, "")],
        {E: [Moyens(VIEUX)], P: [Moyens("paul@x.fr")]},
        {E: Moyens(VIEUX), P: Moyens("paul@x.fr")},
        [(COURRIEL, VIEUX, True, ("PIECE_IDENTITE:FAIT:VOUS",), None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize("cas", TABLE, ids=lambda cas: cas.nom)
def test_who_is_told_what(cas: Cas) -> None:
    joignables = Joignables(cas.avant, cas.maintenant, cas.titulaires, lambda a: a in cas.partages)
    avis = avertir(cas.faits, joignables, protegee=cas.protegee)
    obtenus = {(e.canal, e.destinataire, e.cle, e.codes, e.secours) for e in avis.envois}
    assert obtenus == set(cas.envois)
    assert avis.confies == cas.confies


@pytest.mark.parametrize(
    ("dite", "raison"),
    [
        (None, Raison.PROTEGEE),  # since the deposit
        (timedelta(days=-31), Raison.PROTEGEE),
        (timedelta(days=-30), Raison.PROTECTION_NEUVE),
        (timedelta(), Raison.PROTECTION_NEUVE),
        (timedelta(minutes=5), Raison.PROTECTION_NEUVE),  # before the notices were prepared
    ],
)
def test_violence_is_new_around_the_act(dite: timedelta | None, raison: Raison) -> None:
    acte = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    assert protection(dite_le=None if dite is None else acte + dite, acte_le=acte, jours=30) is raison


def test_a_demande_put_back_gives_no_key() -> None:
    joignables = Joignables(
        {E: [Moyens("voleur@x.fr"), Moyens(adresse=MAISON)]}, {E: Moyens(VIEUX)}, (E,), lambda _: False
    )
    avis = avertir([fait(Quoi.COURRIEL)], joignables, protegee=None, rendue=True)
    assert {(e.destinataire, e.cle) for e in avis.envois} == {("voleur@x.fr", False)}


def test_nothing_to_say_is_an_empty_notice() -> None:
    assert avertir((), Joignables({}, {}, (), lambda _: True), protegee=Raison.PROTEGEE) == Avis()


def contenu(**autres: Any) -> Contenu:
    contact = {"courriel": VIEUX, "telephone_portable": "06 11 22 33 44"}
    elodie = f.personne(contact=contact) | {"personne": E}
    paul = f.personne("Morel", "Paul", lien_demandeur="M") | {"personne": P}
    return f.contenu(**({"demandeur": elodie, "cotitulaires": [paul]} | autres))


def elodie(**autres: Any) -> dict[str, Any]:
    contact = {"courriel": VIEUX, "telephone_portable": "06 11 22 33 44"} | autres.pop("contact", {})
    return f.personne(contact=contact, identite=autres.pop("identite", {}), **autres) | {"personne": E}


@pytest.mark.parametrize(
    ("apres", "attendus"),
    [
        ({}, set()),
        ({"demandeur": elodie(identite={"nom_naissance": "DUBREUIL"})}, set()),
        ({"demandeur": elodie(identite={"prenoms": "Elodie"})}, set()),
        ({"demandeur": elodie(contact={"courriel": "Vieux@X.fr"})}, set()),
        ({"demandeur": elodie(contact={"telephone_portable": "+33611223344"})}, set()),
        ({"demandeur": elodie(identite={"nom_naissance": "Morel"})}, {Quoi.NOM_NAISSANCE}),
        ({"demandeur": elodie(identite={"nom_usage": "Morel"})}, {Quoi.NOM_USAGE}),
        ({"demandeur": elodie(identite={"prenoms": "Anne"})}, {Quoi.PRENOMS}),
        ({"demandeur": elodie(identite={"date_naissance": "1988-03-14"})}, {Quoi.NAISSANCE}),
        ({"demandeur": elodie(identite={"lieu_naissance": {"pays": "99100"}})}, {Quoi.NAISSANCE}),
        ({"demandeur": elodie(identite={"civilite": "1"})}, {Quoi.CIVILITE}),
        ({"demandeur": elodie(identite={"nationalite": "3"})}, {Quoi.NATIONALITE}),
        ({"demandeur": elodie(identite={"nir": {"etat": "AUCUN"}})}, set()),
        ({"demandeur": elodie(identite={"nir": {"etat": "PERMANENT", "empreinte": "ab" * 32}})}, {Quoi.NIR}),
        ({"demandeur": elodie(contact={"courriel": NEUF})}, {Quoi.COURRIEL}),
        ({"demandeur": elodie(contact={"courriel": None})}, {Quoi.COURRIEL}),
        ({"demandeur": elodie(contact={"telephone_travail": "01 99 00 11 22"})}, {Quoi.TELEPHONE}),
        ({"demandeur": elodie(adresse_courrier={"numero": "3", "voie": "quai des Brumes"})}, {Quoi.ADRESSE}),
        ({"cotitulaires": []}, {Quoi.COTITULAIRE}),
        ({"precisions": "Un mot"}, set()),
    ],
)  # fmt: skip
def test_what_changed_between_two_contents(apres: dict[str, Any], attendus: set[Quoi]) -> None:
    assert {fait.quoi for fait in faits_de(contenu(), contenu(**apres))} == attendus


@pytest.mark.parametrize(
    ("apres", "attendus"),
    [
        ({}, ()),
        ({"situation_professionnelle": {"profession": "Serveur"}}, (Fait(Quoi.TRAVAIL, P),)),
        ({"revenus_fiscaux": {"n_moins_2": {"annee": 2024, "montant": 9}}}, (Fait(Quoi.REVENUS, P),)),
        ({"ressources": {"recues": [{"nature": "SAL", "montant_mensuel": 9}]}}, (Fait(Quoi.REVENUS, P),)),
    ],
)
def test_what_a_co_holder_changed_of_themselves(apres: dict[str, Any], attendus: tuple[Fait, ...]) -> None:
    def a_deux(**autres: Any) -> Contenu:
        return contenu(cotitulaires=[f.personne("Morel", "Paul", **autres) | {"personne": P}])

    assert faits_declares(a_deux(), a_deux(**apres)) == attendus
    assert faits_declares(contenu(cotitulaires=[]), a_deux(**apres)) == ()


def test_who_comes_and_who_applies_instead() -> None:
    seule = contenu(cotitulaires=[])
    assert faits_de(seule, contenu()) == (Fait(Quoi.COTITULAIRE, P),)
    paul = f.personne("Morel", "Paul") | {"personne": P}
    parti = contenu(demandeur=paul, cotitulaires=[])
    assert faits_de(contenu(), parti) == (
        Fait(Quoi.TITULAIRE, E),
        Fait(Quoi.ADRESSE, P),
        Fait(Quoi.COTITULAIRE, E),
    )
    assert (titulaire(seule), titulaire(parti)) == (E, P)


def test_an_association_is_told_too() -> None:
    def association(courriel: str, nom: str = "Toit pour tous") -> Contenu:
        bloc = {"nom": nom, "contact": {"courriel": courriel}}
        return Contenu.model_validate({"titulaire": "ASSOCIATION", "association": bloc})

    faits = faits_de(association(VIEUX), association(NEUF, "Un autre nom"))
    assert faits == (Fait(Quoi.NOM_NAISSANCE, ASSOCIATION), Fait(Quoi.COURRIEL, ASSOCIATION))
    assert titulaire(association(VIEUX)) == ASSOCIATION
    assert moyens_de(association(VIEUX), enveloppe=lambda *_: None) == {ASSOCIATION: Moyens(VIEUX)}
    sans_nom = Contenu.model_validate({"titulaire": "ASSOCIATION", "association": {}})
    assert moyens_de(sans_nom, enveloppe=lambda nom, _: nom or None) == {ASSOCIATION: Moyens()}


def test_what_is_asked_for_is_said_to_wait() -> None:
    courante = Identite(nom_naissance="Dubreuil", prenoms="Élodie", civilite="2")
    demandee = Identite(nom_naissance="Morel", prenoms="Élodie", civilite="1")
    assert faits_demandes(E, courante, demandee, retrait=False) == (
        Fait(Quoi.NOM_NAISSANCE, E, demande=True),
        Fait(Quoi.CIVILITE, E, demande=True),
    )
    assert faits_demandes(P, courante, courante, retrait=True) == (Fait(Quoi.COTITULAIRE, P, demande=True),)


@pytest.mark.parametrize(
    ("preference", "saisi", "attendu"),
    [
        (None, "06 11 22 33 44", PORTABLE),  # silence is no refusal
        (True, "06 11 22 33 44", PORTABLE),
        (False, "06 11 22 33 44", None),
        (True, "01 99 00 11 22", None),  # not a mobile
        (True, "06 11", None),
        (True, None, None),
    ],
)
def test_where_a_text_message_may_go(preference: bool | None, saisi: str | None, attendu: str | None) -> None:
    lu = contenu(
        demandeur=elodie(contact={"telephone_portable": saisi}),
        preferences={"notification_sms": preference},
    )
    moyens = moyens_de(lu, enveloppe=lambda nom, adresse: AdressePostale((nom,)) if adresse else None)
    assert moyens[E] == Moyens(VIEUX, attendu, AdressePostale(("Élodie Dubreuil",)))
    assert moyens[P] == Moyens()


def test_words_say_what_and_never_the_value() -> None:
    assert phrase("TELEPHONE:FAIT:VOUS") == "Téléphone\u00a0: changé"
    assert phrase("NOM_NAISSANCE:DEMANDE:VOUS").endswith(
        "changement demandé, rien n’est changé pour l’instant"
    )
    assert phrase("PRENOMS:FAIT:AUTRE") == "Autre adulte de la demande, prénoms\u00a0: changés"
    assert phrase("COTITULAIRE:FAIT:AUTRE") == "Cotitulaires de la demande\u00a0: liste changée"
    assert set(MOTS) == set(Quoi)
    assert set(RAISONS) == set(Raison)
