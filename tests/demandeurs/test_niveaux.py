"""What each level may do: every cell of the table, as it was decided, and how a level is worked out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sne.demandeurs.rules.niveaux import (
    PHRASES,
    TABLE,
    Contact,
    Fraicheurs,
    Geste,
    Motif,
    Niveau,
    Presence,
    Preuve,
    Voie,
    niveau_de,
    peut,
    refus,
)

COLONNES = (
    Niveau.LIEN,
    Niveau.CODE_RECENT,
    Niveau.CODE_PARTAGE,
    Niveau.CODE,
    Niveau.MANDAT,
    Niveau.FC_MOINS,
    Niveau.FC_AIDANT,
    Niveau.FC,
)
# o: yes; –: no; r: yes, when signed in a few minutes ago; h: yes, within the hour.
DECIDE = """
SUIVRE                     – o o o o o o o
LIRE_DECLARATION           – – o o o o o o
LIRE_COORDONNEES_MASQUEES  – – – o – o o o
LIRE_COORDONNEES           – – – – – – – o
LIRE_ADRESSE_PROTEGEE      – – – – – – – o
LIRE_NIR                   – – – – – – – –
LIRE_SANTE                 – – – – – – – o
SAISIR_SANTE               – – – o – o – o
LIRE_RESSOURCES            – – – – – – – h
VOIR_PIECES                – o o o o o o o
OUVRIR_PIECE               – – – – – – – o
AJOUTER_PIECE              – o o o o o o o
MODIFIER                   – – o o o o o o
REMPLACER_LIEUX            – – – o – o o o
AJOUTER_COTITULAIRE        – – – – – – – r
RENOUVELER                 – o o o o o o o
CHANGER_CONTACT            – – – – – – – r
CHANGER_CONTACT_PAR_CODES  – – – o – o – –
CHANGER_ADRESSE            – – – o – o o o
REGLER_AVIS                – – – – – – – o
CHANGER_LANGUE             – – – o – o – o
ATTESTATION_SIMPLIFIEE     – o o o – o o o
ATTESTATION_COMPLETE       – – – – – – – o
LIRE_HISTORIQUE            o – o o – o – o
LIRE_HISTORIQUE_ENTIER     – – – – – – – o
CONTESTER                  o – o o – o – o
DEMANDER_AU_GUICHET        – – – o – o – o
DEMANDER_UN_RETRAIT        – – – – – – – o
DONNER_MANDAT              – – – – – – – o
REVOQUER_MANDAT            – – o o – o – o
EXPORTER                   – – – – – – – r
ARRETER                    – – – – – – – r
GARDER                     – o o o – o o o
FERMER_COMPTE              – – – – – r – r
FERMER_AU_CODE             – – – – – – – r
DEPOSER                    – – – o – – o o
ECRIRE_A_L_ASSISTANCE      – – – o – o o o
"""
FRAICHEURS = Fraicheurs(recente=timedelta(minutes=15), ressources=timedelta(minutes=60))
AGES = {"r": 15, "h": 60, "o": 239}
RAISONS = {
    Niveau.LIEN: Motif.OBJET,
    Niveau.CODE_RECENT: Motif.CONTACT_RECENT,
    Niveau.CODE_PARTAGE: Motif.CONTACT_PARTAGE,
    Niveau.CODE: Motif.FRANCECONNECT,
    Niveau.MANDAT: Motif.MANDAT,
    Niveau.FC_MOINS: Motif.ETAT_CIVIL,
    Niveau.FC_AIDANT: Motif.AIDANT,
    Niveau.FC: Motif.JAMAIS,
}


def cellules() -> Iterator[tuple[str, Niveau, str]]:
    for ligne in DECIDE.strip().splitlines():
        geste, *signes = ligne.split()
        for niveau, signe in zip(COLONNES, signes, strict=True):
            yield geste, niveau, signe


def presence(niveau: Niveau, minutes: int) -> Presence:
    return Presence(niveau, FRAICHEURS.de(timedelta(minutes=minutes)))


def test_no_gesture_and_no_level_is_forgotten() -> None:
    assert [ligne.split()[0] for ligne in DECIDE.strip().splitlines()] == [*Geste] == [*TABLE]
    assert [*COLONNES] == [*Niveau]
    assert PHRASES.keys() == {*Motif}


@pytest.mark.parametrize(("geste", "niveau", "signe"), [*cellules()], ids=str)
def test_each_cell(geste: str, niveau: Niveau, signe: str) -> None:
    demande = Geste(geste)
    if signe == "–":
        rien = Motif.JAMAIS if geste == "LIRE_NIR" else RAISONS[niveau]
        assert refus(demande, presence(niveau, 0)) is rien
        return
    assert peut(demande, presence(niveau, AGES[signe]))
    if signe != "o":
        assert refus(demande, presence(niveau, AGES[signe] + 1)) is Motif.PREUVE_ANCIENNE
        assert refus(demande, presence(niveau, -1)) is Motif.PREUVE_ANCIENNE


ANCIEN, RECENT = Contact(ancien=True, partage=False), Contact(ancien=False, partage=True)


@pytest.mark.parametrize(
    ("voie", "fort", "contact", "niveau"),
    [
        (Voie.FC, True, None, Niveau.FC),
        (Voie.FC, False, None, Niveau.FC_MOINS),
        (Voie.FC_AIDANT, True, None, Niveau.FC_AIDANT),
        (Voie.FC_AIDANT, False, None, Niveau.FC_AIDANT),
        (Voie.CODE, False, ANCIEN, Niveau.CODE),
        (Voie.CODE, False, Contact(ancien=True, partage=True), Niveau.CODE_PARTAGE),
        (Voie.CODE, False, RECENT, Niveau.CODE_RECENT),
        (Voie.CODE, True, ANCIEN, Niveau.CODE),
        (Voie.CODE, False, None, None),
        (Voie.COURRIEL, True, ANCIEN, None),
    ],
)
def test_a_level_is_worked_out(
    voie: Voie, fort: bool, contact: Contact | None, niveau: Niveau | None
) -> None:
    assert niveau_de(voie, fort=fort, protegee=False, contact=contact) is niveau
    seule = niveau if niveau is Niveau.FC else None
    assert niveau_de(voie, fort=fort, protegee=True, contact=contact) is seule


def test_what_a_level_proves_does_not_outlive_its_sign_in() -> None:
    assert FRAICHEURS.de(timedelta(minutes=15)) == frozenset(Preuve)
    assert FRAICHEURS.de(timedelta(minutes=61)) == FRAICHEURS.de(timedelta(minutes=-1)) == {Preuve.SESSION}
    assert FRAICHEURS.de(None) == {Preuve.SESSION}
