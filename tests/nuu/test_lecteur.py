"""Hostile and broken messages: refused with a sentence, in little time, and nothing is kept of them."""

import base64
import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from sne.nuu.rules import freres, valeurs
from sne.nuu.rules.enveloppe import lire_appel
from sne.nuu.rules.lecture import lire_message
from sne.nuu.rules.parties import Recu, decouper, depuis_base64
from sne.nuu.rules.xml import Limites, MessageIllisible, lire_xml
from sne.registre.contenu.rules.arbre.telephone import Telephone
from tests.nuu.arbres import LIMITES, ecrire, lire
from tests.nuu.conftest import FRONTIERE, enveloppe, parties, type_mime
from tests.registre.factories import contenu

LOYER, ELARGIE = "<ns1:montantLoyer>900</ns1:montantLoyer>", "souhaits.accepte_autres_communes"
PETITES = Limites(2000, 2, 200, 500, 10, 4, 2)
ENTITES = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
BOMBE = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
EXTERNE = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "<a",
        "<a>&b;</a>",
        "<a>\x00</a>",
        "<a>&#xFFFE;</a>",
        ENTITES,
        BOMBE,
        EXTERNE,
        "<a>" + "x" * 600 + "</a>",
        "<a>" + "<b/>" * 11 + "</a>",
        "<a><b><c><d><e/></d></c></b></a>",
        '<a b="1" c="2" d="3"/>',
    ],
)
def test_hostile_xml_is_refused(texte):
    with pytest.raises(MessageIllisible):
        lire_xml(texte.encode(), PETITES)


@pytest.mark.parametrize("codage", ["utf-16", "utf-7"])
def test_a_document_type_is_seen_in_any_encoding(codage):
    with pytest.raises(MessageIllisible):
        lire_xml(f'<?xml version="1.0" encoding="{codage}"?>{ENTITES}'.encode(codage), LIMITES)


def _corps(*morceaux):
    return parties(*morceaux)


@pytest.mark.parametrize(
    ("corps", "genre"),
    [
        (b"x" * 2001, type_mime()),
        (_corps(("racine", "a", b""), ("b", "a", b""), ("c", "a", b"")), type_mime()),
        (_corps(("racine", "a" * 300, b"")), type_mime()),
        (b"rien", type_mime()),
        (b"rien", "multipart/related"),
        (_corps(("racine", "a", b""))[:-8], type_mime()),
        (b"--" + FRONTIERE.encode() + b"\r\n\x00bad", type_mime()),
        (b"--" + FRONTIERE.encode() + b"--\r\n", type_mime()),
    ],
)
def test_broken_parts_are_refused(corps, genre):
    with pytest.raises(MessageIllisible):
        decouper(corps, genre, PETITES)


def test_a_part_says_how_it_was_encoded():
    codes = [("base64", base64.b64encode(b"<a/>")), ("quoted-printable", b"<a=2F>"), ("8bit", b"<a/>")]
    morceaux = b"".join(
        f"--{FRONTIERE}\r\nContent-ID: <{n}>\r\nContent-Transfer-Encoding: {code}\r\n\r\n".encode()
        + octets
        + b"\r\n"
        for n, (code, octets) in enumerate(codes)
    )
    recu = decouper(morceaux + f"--{FRONTIERE}--".encode(), type_mime("0"), LIMITES)
    assert [recu.enveloppe, *recu.parties.values()] == [b"<a/>"] * 3
    with pytest.raises(MessageIllisible):
        depuis_base64(b"!!")


@pytest.mark.parametrize(
    "enveloppe_",
    [
        "<a/>",
        enveloppe("numUniqueParametres", {}).replace("2003/05", "2001/06"),
        enveloppe("a", {}).replace("<ws:a></ws:a>", ""),
        enveloppe(
            "a", {"fichier": '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:z"/>'}
        ),
        enveloppe("a", {"fichier": "<autre/>"}),
    ],
)
def test_a_wrong_envelope_is_refused(enveloppe_):
    with pytest.raises(MessageIllisible):
        lire_appel(Recu(enveloppe_.encode(), {}), LIMITES)


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("<ns1:precision/>", "<ns1:precision/><ns1:precision/>"),
        ('versionInterface="02.01"', 'versionInterface="03.00"'),
        ("ns1:interfaceNuu", "ns1:autre"),
        ("<ns1:typeFichier>", "<ns1:typeFichier/><ns1:typeFichier>"),
    ],
)
def test_a_message_of_another_shape_is_refused(avant, apres):
    texte = ecrire(contenu())
    assert avant in texte
    with pytest.raises(MessageIllisible):
        lire_message(lire_xml(texte.replace(avant, apres).encode(), LIMITES))


@pytest.mark.parametrize("texte", ["<autre/>", "<interfaceNuu><entete>x</entete></interfaceNuu>"])
def test_a_search_or_an_event_of_another_shape_is_refused(texte):
    with pytest.raises(MessageIllisible):
        freres.lire(lire_xml(texte.encode(), LIMITES))


def test_a_message_may_hold_no_demande_or_nobody():
    texte = ecrire(contenu())
    for nom in ("demande", "personnePhysique"):
        sans = re.sub(rf"<ns1:{nom}>.*</ns1:{nom}>", "", texte, flags=re.DOTALL)
        lu, anomalies = lire(sans).contenu()
        assert (lu, [a.code for a in anomalies]) == (None, ["FORME_MISSING"])


@pytest.mark.parametrize(
    ("avant", "apres", "code", "chemin"),
    [
        ("<ns1:precision/>", "<ns1:inconnu/><ns1:precision/>", "FORME_EXTRA_FORBIDDEN", ""),
        ('"99002"', '"x"', "COMMUNE_INCONNUE", "demandeur.adresse_courrier.commune"),
        ("1987-03-14", "1687-03-14", "FORME_GREATER_THAN_EQUAL", "demandeur.identite.date_naissance"),
        ("1987-03-14", "19870-03-14", "FORME_JOUR", "demandeur.identite.date_naissance"),
        ("1987-03-14", "-1987-03-14", "FORME_JOUR", "demandeur.identite.date_naissance"),
        (">true</ns1:demandeElargie>", ">peut-être</ns1:demandeElargie>", "FORME_BOOL_PARSING", ELARGIE),
        (LOYER, LOYER.replace("900", "1_000"), "FORME_DECIMAL_PARSING", "souhaits.loyer_maximum"),
    ],
)
def test_a_refused_value_names_its_field_and_is_not_repeated(avant, apres, code, chemin):
    texte = ecrire(contenu()).replace("<ns1:demandeElargie>", f"{LOYER}<ns1:demandeElargie>")
    assert avant in texte
    _, anomalies = lire(texte.replace(avant, apres)).contenu()
    assert [(a.code, a.chemin) for a in anomalies] == [(code, chemin)]
    assert not any(mot in anomalies[0].phrase for mot in ("1687", "19870", "peut-être", "1_000"))


def test_too_many_rows_say_how_many_are_taken():
    texte = ecrire(contenu())
    ligne = '<ns1:localisationSouhaite><ns1:commune code="99001"/></ns1:localisationSouhaite>'
    _, anomalies = lire(texte.replace(ligne, ligne * 51)).contenu()
    assert [a.code for a in anomalies] == ["FORME_TOO_LONG"]
    assert "50 lignes" in anomalies[0].phrase


def test_short_communes_and_codes_are_read_as_meant():
    texte = ecrire(contenu()).replace('code="99002"', 'code=" 1004 "').replace("99240", "1000")
    adresse = lire(texte).contenu()[0].demandeur.adresse_courrier
    assert (adresse.commune, adresse.code_postal) == ("01004", "01000")


def test_the_ground_floor_is_a_zero():
    personne = contenu().demandeur
    adresse = personne.adresse_courrier.model_copy(update={"etage": "rdc"})
    chez = personne.model_copy(update={"adresse_courrier": adresse})
    assert "<ns1:etage>0</ns1:etage>" in ecrire(contenu().model_copy(update={"demandeur": chez}))


def test_white_space_is_folded_in_lines_and_kept_in_free_texts():
    texte = ecrire(contenu(precisions="a\nb")).replace("rue des Tanneurs", " rue\n des\t Tanneurs ")
    lu, _ = lire(texte).contenu()
    assert lu.demandeur.adresse_courrier.voie == "rue des Tanneurs"
    assert lu.precisions == "a\nb"


@pytest.mark.parametrize(
    ("dit", "lu"),
    [
        ("2017-08-31T15:30:00.0+02:00", datetime(2017, 8, 31, 15, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2017-08-31T24:00:00Z", datetime(2017, 9, 1, tzinfo=UTC)),
        ("2017-08-31T15:30:00.123456789Z", datetime(2017, 8, 31, 15, 30, 0, 123456, tzinfo=UTC)),
        ("2017-08-31T15:30:00", datetime(2017, 8, 31, 13, 30, tzinfo=UTC)),
        ("2017-02-30T15:30:00Z", None),
        ("9999-12-31T24:00:00Z", None),
        ("hier", None),
    ],
)
def test_instants(dit, lu):
    assert valeurs.lire_instant(dit) == lu


def test_what_does_not_fit_is_cut_at_a_word_or_left_out():
    assert valeurs.ecrire_texte("Wolfeschlegelstein hausen", 20) == "Wolfeschlegelstein h"
    assert valeurs.ecrire_texte("Société des grands travaux", 20, nom="employeur") == "Société des grands"
    assert valeurs.abreger("12 AVENUE DU GENERAL DE GAULLE", 26) == "12 AV DU GAL DE GAULLE"
    assert valeurs.abreger("RUE", 26) == "RUE"
    assert valeurs.ecrire_nombre(Decimal("10.5"), (0, 9999)) == "11"
    assert valeurs.ecrire_nombre(Decimal(10_000), (0, 9999)) is None
    numeros = ("0262 20 00 00", "+32 475 12 34 56", "0612", "poste 12")
    ecrits = [valeurs.ecrire_telephone(Telephone.model_validate(numero)) for numero in numeros]
    assert ecrits == ["0262200000", None, "0612", None]
    assert [valeurs.ecrire_courriel(c) for c in ("a@b.fr", "a+b@b.fr", "a@b.email")] == ["a@b.fr", None, None]
