"""Every kind of act is told to the household, or said not to be; sentences are short and without words of the trade."""

import re
import unicodedata

import pytest

from sne.habilitations.rules import Role
from sne.journal.rules import RESERVES, Dit, Verbe, verbes_qui
from sne.notifications.rules import Genre as GenreDeMessage
from sne.notifications.verbes import VerbeMessage
from sne.registre.avis.messages import MessageAvis
from sne.registre.avis.verbes import VerbeAvis
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.lecture.rules.historique_demandeur.auteurs import ROLES_EN_MOTS, auteur_de
from sne.registre.lecture.rules.historique_demandeur.catalogue import (
    Genre,
    dit_de,
    is_tu,
    phrase_de,
    verbes_dits,
)
from sne.registre.lecture.rules.historique_demandeur.raisons import raison_de
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.modification.verbes import VerbeModification
from sne.registre.vie.verbes import VerbeVie

MOTS_MAX = 15  # in a sentence
METIER = (
    "antériorité", "autorité", "attributaire", "caleol", "circuit", "codemandeur", "conformément", "consigner",
    "consigné", "consultation", "consulté", "cotitulaire", "cotation", "déradié", "dessaisi", "dls", "empreinte",
    "enquête", "figé", "figer", "gel", "gelé", "guichetier", "habilité", "habilitation", "identifiant", "instruction",
    "instruit", "levée", "motif", "notifié", "notification", "nud", "nur", "pj", "pièce", "procédure", "proposé",
    "qualifié", "radié", "radiation", "radier", "recevable", "réactivé", "requête", "révision", "saisine", "saisie",
    "scellé", "scellement", "signalement", "statut", "susmentionné", "territorial", "titre", "traitement", "usager",
)  # fmt: skip
DITS = {verbe: verbe.menage for verbe in Verbe.tous().values() if isinstance(verbe.menage, Dit)}
PHRASES = [(verbe, phrase) for verbe, dit in DITS.items() for phrase in (dit.phrase, *dit.variantes.values())]


def mots(texte: str) -> list[str]:
    return re.findall(r"[\w’-]+", texte.casefold())


@pytest.mark.parametrize(("verbe", "phrase"), PHRASES)
def test_sentences_are_for_who_is_no_lawyer(verbe: Verbe, phrase: str) -> None:
    dite = phrase.replace("{qui}", "Le guichet")
    assert dite.endswith(".")
    assert "{" not in dite
    for bout in re.split(r"[.:]\s", dite):
        assert len(mots(bout)) <= MOTS_MAX, bout
    assert set(mots(dite)).isdisjoint(METIER), dite
    assert unicodedata.normalize("NFC", dite) == dite


@pytest.mark.parametrize("texte", [*(t for paire in ROLES_EN_MOTS.values() for t in paire)])
def test_roles_too(texte: str) -> None:
    assert len(mots(texte)) <= MOTS_MAX
    assert set(mots(texte)).isdisjoint(METIER)


def test_every_role_has_words() -> None:
    assert set(ROLES_EN_MOTS) == set(Role)


def test_health_and_what_is_highly_personal_are_for_who_applies() -> None:
    reserves = verbes_qui(RESERVES)
    assert reserves & DITS.keys()
    assert not reserves & verbes_dits(Genre.TOUT, reserves=False)


def test_kinds_share_what_is_told() -> None:
    parts = [verbes_dits(genre, reserves=True) for genre in Genre if genre is not Genre.TOUT]
    assert all(verbe.lecture for verbe in verbes_dits(Genre.LECTURES, reserves=True))
    assert sum(map(len, parts)) == len(DITS)  # no kind is in two of them
    assert frozenset().union(*parts) == verbes_dits(Genre.TOUT, reserves=True) == set(DITS)


def test_what_is_not_told_has_no_sentence() -> None:
    with pytest.raises(ValueError, match="PURGER is not told"):
        dit_de(VerbeVie.PURGER)


def test_what_waits_may_be_contested() -> None:
    attente = {v for v, dit in DITS.items() if dit.attente}
    assert attente == {VerbeModification.PROPOSER_IDENTITE, VerbeIdentite.PERMETTRE_CONTACT}
    assert all(DITS[v].contestable and "Rien n’est changé" in DITS[v].phrase for v in attente)


def test_a_read_is_never_contested() -> None:
    assert not {v for v, dit in DITS.items() if dit.contestable and v.lecture}


def test_another_sentence_for_a_departure() -> None:
    qui = "Le guichet CCAS"
    assert phrase_de(VerbeModification.PROPOSER_IDENTITE, {"retrait": True}, qui=qui).startswith(
        "Le guichet CCAS a demandé le départ"
    )
    assert "changer une identité" in phrase_de(
        VerbeModification.PROPOSER_IDENTITE, {"retrait": False}, qui=qui
    )
    assert "refusé" in phrase_de(VerbeDepot.DECIDER_ANTERIORITE, {"issue": "REFUSEE"}, qui=qui)


def test_a_name_of_counter_that_looks_like_a_field_stays_as_it_is() -> None:
    assert phrase_de(VerbeLecture.CONSULTER, {}, qui="Le guichet {0} %s {qui}") == (
        "Le guichet {0} %s {qui} a ouvert votre dossier."
    )


@pytest.mark.parametrize("genre", MessageAvis)
def test_messages_for_safety_are_not_told(genre: GenreDeMessage) -> None:
    assert is_tu(VerbeMessage.ENVOYER_MESSAGE, {"genre": str(genre)})
    assert is_tu(VerbeMessage.REJETER_MESSAGE, {"genre": str(genre)})
    assert not is_tu(VerbeAvis.AVERTIR, {"genre": str(genre)})


def test_other_messages_say_which() -> None:
    faits = {"genre": "AVIS_RADIATION"}
    assert not is_tu(VerbeMessage.ENVOYER_MESSAGE, faits)
    assert raison_de(VerbeMessage.ENVOYER_MESSAGE, faits, motif="") == "Avis de radiation"
    assert raison_de(VerbeMessage.ENVOYER_MESSAGE, {"genre": "INCONNU"}, motif="") == ""


@pytest.mark.parametrize(
    ("acteur", "nom", "role"),
    [
        (
            {"role": "AGENT_GUICHET", "guichet": "G0993"},
            "Le guichet CCAS",
            "agent d’accueil de ce guichet",
        ),
        (
            {"role": "EDITEUR", "guichet": "G0993", "canal": "INTERFACE", "agent": "a-1043"},
            "Le guichet CCAS",
            "par le logiciel de ce guichet",
        ),
        (
            {"role": "GESTIONNAIRE_TERRITORIAL", "canal": "GUICHET"},
            "Le gestionnaire du territoire",
            "service qui veille sur les demandes de votre territoire",
        ),
        ({"role": "TITULAIRE_ADRESSE", "canal": "PGP"}, "Une personne, en ligne,", ""),
        ({"role": "COTITULAIRE", "canal": "PGP"}, "Un cotitulaire, avec FranceConnect,", ""),
        ({"role": "COTITULAIRE_CODE_PARTAGE", "canal": "PGP"}, "Une personne, par code,", ""),
        ({"role": "", "canal": "SYSTEME"}, "Le service", ""),
        ({"role": "AGENT_GUICHET", "canal": "SYSTEME"}, "Le service", ""),
        ({}, "Le service", ""),
    ],
)
def test_who_is_a_body_and_a_role(acteur: dict[str, str], nom: str, role: str) -> None:
    auteur = auteur_de(acteur | {"nom": "Camille Rousset", "id": "42"}, guichet="CCAS", tait=False)
    assert (auteur.nommer(auteur.gabarit, jour=""), auteur.role) == (nom, role)


def test_a_counter_is_not_named_where_somebody_is_protected() -> None:
    acteur = {"role": "RESPONSABLE_GUICHET", "guichet": "G0993"}
    assert auteur_de(acteur, guichet="CCAS", tait=True).gabarit == "Un guichet d’enregistrement"
    assert auteur_de(acteur, guichet="", tait=False).gabarit == "Un guichet d’enregistrement"


@pytest.mark.parametrize(
    ("verbe", "faits", "motif", "raison"),
    [
        (VerbeDemande.MODIFIER, {}, "Nouveau téléphone", "Nouveau téléphone"),
        (VerbeDemande.MODIFIER, {}, "Appeler le 06 12 34 56 78", "Appeler le …"),
        (VerbeVie.RADIER, {"motif": "RADABA"}, "x", "Renonciation écrite du demandeur"),
        (VerbeVie.RADIER, {"motif": "INCONNU"}, "", ""),
        (
            VerbeIdentite.REFUSER_IDENTITE,
            {"motif": "IDENTITE_DIFFERENTE"},
            "",
            "la pièce désigne une autre personne",
        ),
        (VerbeIdentite.REFUSER_IDENTITE, {"motif": "AUTRE"}, "", ""),
    ],
)
def test_reasons(verbe: Verbe, faits: dict[str, str], motif: str, raison: str) -> None:
    dite = raison_de(verbe, faits, motif=motif)
    assert dite == raison if raison else dite != faits.get("motif")
