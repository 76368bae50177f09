"""Messages in the language of their reader: as much is said in each, the French text follows, an SMS stays short."""

import re

import pytest
from django.utils.translation import override

from sne.notifications.mots import dire
from sne.notifications.rendu import SEPARATION, rediger
from sne.notifications.rules import Canal, Genre
from sne.notifications.rules.dites import DITES
from sne.notifications.rules.sms import ALPHABET, court
from sne.registre.avis.messages import MessageAvis
from sne.registre.avis.rules.changement import EN_ATTENTE, MOTS, Quoi, phrase
from sne.registre.demande.rules.depot_en_ligne import DOCUMENTS, REFUS, dire_raison
from sne.registre.demande.rules.mandat_aide import FinMandat, MesureProtection, Portee
from sne.registre.depot_en_ligne.messages import MessageDepot
from sne.registre.joindre.rules.canaux import TERRITOIRE
from sne.registre.joindre.rules.mots import MOTS as MOTS_DU_GUICHET
from sne.registre.mandat.rules.annonce import dire_la_suite
from sne.registre.mandat.rules.mandat import FINS, LIBELLES, MESURES, enumerer, fin_de
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.rattachement.actions.annoncer import FAITS
from sne.registre.rattachement.messages import MessageRattachement
from sne.registre.requete.actions.annoncer import ETATS, SANS_DOCUMENT
from sne.registre.requete.rules import requete
from sne.registre.vie.messages import MessageVie
from sne.socle.langues import LANGUES
from tests.notifications.test_rendu import CONTEXTES

AUTRES = [langue for langue in LANGUES if langue.code != "fr"]
GENRES = sorted(Genre.tous().values())


@pytest.mark.parametrize("genre", GENRES)
def test_an_email_says_as_much_in_each_language_then_in_french(genre: Genre) -> None:
    contexte = CONTEXTES[genre]
    francais = rediger(genre, Canal.COURRIEL, contexte)
    for langue in AUTRES:
        redige = rediger(genre, Canal.COURRIEL, contexte, langue=langue.code)
        sien, separe, rappel = redige.texte.partition(f"\n\n{SEPARATION}\n\n")
        assert separe
        assert rappel == francais.texte
        assert sien.count("\n\n") == francais.texte.count("\n\n")
        assert "Bonjour" not in sien + redige.objet
        with override(langue.code):
            assert all(dire(valeur) in sien for valeur in contexte.values())
        assert redige.html.count("<p>") == 2 * francais.html.count("<p>")
        assert f'<html lang="{langue.code}" dir="{langue.sens}">' in redige.html
        assert f'<div lang="{langue.code}" dir="{langue.sens}">' in redige.html
        assert '<div lang="fr" dir="ltr">' in redige.html
        assert not {"{", "}"} & set(redige.objet + redige.texte)


@pytest.mark.parametrize("genre", [g for g in GENRES if Canal.SMS in g.modele.canaux])
def test_an_sms_is_short_and_leads_nowhere_but_to_the_objection(genre: Genre) -> None:
    for langue in LANGUES:
        ici = "/pas-moi/" if langue.code == "fr" else f"/{langue.code}/pas-moi/"
        contexte = {nom: dit.replace("/pas-moi/", ici) for nom, dit in CONTEXTES[genre].items()}
        dit = rediger(genre, Canal.SMS, contexte, langue=langue.code).texte
        assert (set(dit) <= ALPHABET) is (langue.code not in {"ar", "uk"})
        assert len(dit) <= (160 if set(dit) <= ALPHABET else 134)  # one SMS, or two of another script
        assert ("://" in dit) is (genre in {MessageAvis.AVIS_CHANGEMENT, MessageAvis.OPPOSITION_RECUE})


@pytest.mark.parametrize("motif", sorted(DOCUMENTS))
def test_each_reason_to_send_another_photo_holds_in_an_sms(motif: str) -> None:
    contexte = CONTEXTES[MessageDepot.DEPOT_A_COMPLETER] | {"raison": dire_raison(motif)}
    for langue in LANGUES:
        dit = rediger(MessageDepot.DEPOT_A_COMPLETER, Canal.SMS, contexte, langue=langue.code).texte
        assert len(dit) <= (160 if set(dit) <= ALPHABET else 134)  # one SMS, or two of another script


def test_a_letter_is_in_french_whatever_its_reader_chose() -> None:
    contexte = CONTEXTES[MessageVie.ARRET_DEMANDE]
    ecrite = rediger(MessageVie.ARRET_DEMANDE, Canal.LETTRE, contexte, langue="ar")
    assert ecrite == rediger(MessageVie.ARRET_DEMANDE, Canal.LETTRE, contexte)


def des_mandats() -> set[str]:
    """Each line that is said of a helper, whatever happened, whoever decided it."""
    dits = [
        dire_la_suite(
            verbe,
            organisme="CCAS",
            portees=[*Portee],
            avant="3 décembre 2026",
            jusqu_au="1er mars 2027",
            fin=fin,
            mesure=mesure,
            proche=proche,
        )
        for proche in (False, True)
        for verbe in VerbeMandat
        for fin in FinMandat
        for mesure in ("", *MesureProtection)
    ]
    lignes = {ligne for dit in dits for phrase_ in dit for ligne in phrase_.split("\n")}
    return lignes | {enumerer([Portee.LIRE, Portee.RENOUVELER]), enumerer([Portee.DOCUMENTS])}


def test_every_sentence_that_the_rules_write_is_known_in_other_languages() -> None:
    """What is none of them would stay French in an Arabic message."""
    changements = [
        f"{quoi}:{etat}:{qui}" for quoi in Quoi for etat in ("FAIT", "DEMANDE") for qui in ("VOUS", "AUTRE")
    ]
    lue = "Un guichet la lit avant le 3 décembre 2026. Jusque-là, rien ne change dans votre demande."
    valeurs = [
        *map(phrase, changements),
        *(raison.phrase for raison in {**DOCUMENTS, **REFUS}.values()),
        *ETATS.values(),
        *FAITS.values(),
        *requete.MOTIFS.values(),
        *(f"{lue} Apportez au guichet {document}." for document in requete.DOCUMENTS.values()),
        *(
            f"{lue} Envoyez en photo depuis « Ma demande » ou apportez au guichet {requete.DOCUMENTS[genre]}."
            for genre in requete.PAPIERS
        ),
        TERRITOIRE,
        "prend fin",
        "a pris fin",
        "Sans ce document avant la fin du 3 décembre 2026, elle est close.",
        *des_mandats(),
        "par le guichet Mairie d’Aurette",
        "3 décembre 2026",
        "1er mars 2027",
        "60\u00a0jours",
        "24\u00a0heures",
        "2\u00a0mois",
    ]
    for langue in AUTRES:
        with override(langue.code):
            assert [v for v in valeurs if dire(v) == v] == []
            assert [v for v in valeurs if re.search(r"décembre|changement|guichet |demande", dire(v))] == []


def test_no_sentence_is_kept_that_nobody_writes_any_more() -> None:
    quois = {nom for nom, _ in MOTS.values()}
    faits = {fait for _, fait in MOTS.values()} | {EN_ATTENTE}
    assert quois | faits <= set(DITES)
    ecrites = {
        *quois,
        *(f"{q[:1].lower()}{q[1:]}" for q in quois),
        *faits,
        *(r.phrase for r in {**DOCUMENTS, **REFUS}.values()),
        *ETATS.values(),
        *FAITS.values(),
        *requete.MOTIFS.values(),
        *requete.DOCUMENTS.values(),
        TERRITOIRE,
        "prend fin",
        "a pris fin",
        SANS_DOCUMENT,
        *des_mandats(),
        *(fin_de(fin, proche=proche) for fin in FINS for proche in (False, True)),
        *MESURES.values(),
        *LIBELLES.values(),
        *MOTS_DU_GUICHET.values(),
    }
    a_valeurs = {d for d in DITES if "{" in d}
    assert set(DITES) - ecrites - a_valeurs == {
        "Le guichet a changé votre demande de logement. Relisez-la\u00a0: si ce n’est pas ce que vous vouliez, "
        "dites-le-lui."
    }


def test_a_value_in_no_known_form_stays_as_it_is() -> None:
    with override("ar"):
        assert dire("Livret de famille, pour Élodie") == "Livret de famille, pour Élodie"
        assert dire("14\u00a0h\u00a012") == "14:12"
        assert "فبراير" in dire("27 février 2025")


def test_french_sms_are_written_in_the_alphabet_of_operators() -> None:
    assert (
        court("Ce n’est pas vous\u00a0? Ç, œuvre, forêt, déjà")
        == "Ce n'est pas vous ? Ç, oeuvre, foret, déjà"
    )
    assert court("طلب\u00a0: ok") == "طلب : ok"
    dit = rediger(
        MessageRattachement.CODE_CONNEXION,
        Canal.SMS,
        CONTEXTES[MessageRattachement.CODE_CONNEXION],
        langue="tr",
    )
    assert dit.texte.endswith("#004182")
