"""The full attestation and the batch: everything the law wants, archivable, accessible, the same bytes, one compile."""

import hashlib
import json
import re
from datetime import date
from typing import Any

import page
import pypdfium2
import pytest

from sne.attestations import rendu, rules
from sne.attestations.rules import DonneesAttestation, DonneesCompletes, completer_exemple
from tests.attestations.completes import EXEMPLE_COMPLET, donnees_completes

JOUR = date(2026, 11, 24)
PROFILS = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
EMPREINTES_V1 = {
    "INTEGRALE": "e592193df74c604ce25f80245987bfcc43624b18571560701b0cf3b70a18d729",
    "RENOUVELLEMENT": "0f90595040eceb4fe5bbbd36568c1bf49ef617b0d36d4d2e4e1f8120eb2ea488",
}


def pages(fichier: bytes) -> list[str]:
    """Text of each page, each run of blanks as one space."""
    document = pypdfium2.PdfDocument(fichier)
    return [re.sub(r"\s+", " ", p.get_textpage().get_text_range()) for p in document]


def texte(fichier: bytes) -> str:
    return " ".join(pages(fichier))


@pytest.mark.parametrize("modele", ["INTEGRALE", "RENOUVELLEMENT"])
@pytest.mark.parametrize("profil", PROFILS)
def test_file_is_archivable_and_accessible(modele: str, profil: page.ValidationProfile) -> None:
    rapport = page.validate_pdf_bytes(rendu.rendre(donnees_completes(modele=modele)), profile=profil)
    assert [(f.rule_id, f.message) for f in rapport.failures] == []


def test_everything_that_the_law_wants_is_printed_in_order() -> None:
    lu = texte(rendu.rendre(donnees_completes()))
    attendus = [
        # a) and b)
        "Service qui a enregistré la demande CCAS d’Aurette-la-Ville 1 place de la Mairie 99000 Aurette-la-Ville",
        "04 65 71 00 03",
        "Élodie Marie Morel Appartement 12 12 rue des Tanneurs 99240 Les Ormeaux",
        "ATTESTATION D’ENREGISTREMENT DÉPARTEMENTAL D’UNE DEMANDE DE LOGEMENT LOCATIF SOCIAL",
        # c) and d)
        "Numéro unique de la demande 099 0619 004127 G0993",
        "Date de dépôt initial (réception) 3 juin 2019",
        "Date du dernier renouvellement 3 juin 2026",
        # h)
        "valable 1 an à partir de son dépôt ou de son dernier renouvellement, donc jusqu’au 2 juin 2027",
        "votre demande est radiée le 3 juillet 2027",
        "reprendre jusqu’au 3 décembre 2027",
        # e)
        "Aurette-la-Ville Habitat Val-d’Aurette, Logis d’Aurette",
        "Hauteclaire Aucun bailleur social connu dans cette commune",
        # f) and g)
        "menacé d’expulsion sans relogement",
        "à partir du 3 juin 2021 2 ans Commission de médiation du Val-d’Aurette DDETS du Val-d’Aurette",
        # i)
        "Suivre votre demande",
        "taper la référence 7KMR-W3XQ-9TFA",
        "Annexe 1. Résumé de votre demande",
        "Les étapes suivantes",
        "Annexe 2. Les documents à fournir",
        "Pièce d’identité. Carte ou passeport.",
        "Relevé de compte bancaire",
    ]
    positions = [lu.index(attendu) for attendu in attendus]
    assert positions == sorted(positions)


def test_renewal_has_its_title_and_its_sentence() -> None:
    lu = texte(rendu.rendre(donnees_completes(modele="RENOUVELLEMENT", territoire="111")))
    assert "ATTESTATION DE RENOUVELLEMENT RÉGIONAL" in lu
    assert "Votre demande de logement social a été renouvelée." in lu


def test_first_year_association_without_frills() -> None:
    nues = {"nom_usage": "", "prenoms": "", "date_dernier_renouvellement": None, "demonstration": False}
    service = {"nom": "Guichet internet grand public"}
    lu = texte(
        rendu.rendre(donnees_completes(**nues, association=True, service=service, autres_communes=False))
    )
    assert "Nom de l’association Dubreuil" in lu
    assert "Date du dernier renouvellement Pas encore renouvelée" in lu
    assert "DÉMONSTRATION" not in lu
    assert "Vous acceptez aussi d’autres communes" not in lu


def test_pages_are_numbered_within_the_document() -> None:
    lues = pages(rendu.rendre(donnees_completes()))
    assert [f"Page {i} sur {len(lues)}" in lu for i, lu in enumerate(lues, start=1)] == [True] * len(lues)


def test_sign_without_glyph_is_refused_and_not_repeated() -> None:
    with pytest.raises(rules.GlypheManquant) as capture:
        rendu.rendre(donnees_completes(adresse=["Rue du 漢"]))
    assert "漢" not in str(capture.value)


@pytest.mark.parametrize("modele", ["INTEGRALE", "RENOUVELLEMENT"])
def test_version_1_still_draws_the_files_it_drew(modele: str) -> None:
    """Issued files are made again from their version: another byte needs a new version, not a new hash."""
    fichier = rendu.rendre(donnees_completes(modele=modele), version=1)
    assert hashlib.sha256(fichier).hexdigest() == EMPREINTES_V1[modele]


def test_households_are_sent_to_a_portal_only_where_there_is_one() -> None:
    sans = texte(rendu.rendre(donnees_completes()))
    assert sans.count("localhost:8000") == 1  # where it is checked
    assert "Faites-le dans tout guichet, ou par courrier à un guichet." in sans
    assert "Le guichet qui l’a enregistrée et tout guichet du territoire vous disent où en est" in sans
    avec = texte(rendu.rendre(donnees_completes(portail_menages="https://demande.example")))
    assert avec.count("demande.example") == 3
    assert "sur demande.example ou dans tout guichet" in avec


def test_every_sign_said_to_be_printable_is_drawn() -> None:
    signes = "".join(
        chr(i)
        for i in range(0x20, 0x2100)
        if not re.match(r"\s", chr(i)) and not rules.HORS_SIGNES.search(chr(i))
    )
    lignes = [["Signes", " ".join(signes[i : i + 20])] for i in range(0, len(signes), 20)]
    assert len(signes) > 900
    rendu.rendre(donnees_completes(resume=[{"titre": "Signes", "lignes": lignes}]))


def lot(*, nombre: int) -> list[tuple[DonneesAttestation | DonneesCompletes, int]]:
    """Full and simplified attestations, one after the other, each under its own reference."""
    references = [
        f"{rang:03d}".translate(str.maketrans("01", "AB")) + "W3XQ9TFAK" for rang in range(2, nombre + 2)
    ]
    return [
        (donnees_completes(reference=r, prenoms=f"Élodie {r}"), 1)
        if rang % 2
        else (completer_exemple({"reference": r}), 1)
        for rang, r in enumerate(references, start=1)
    ]


def test_batch_is_one_compilation_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    compilations: list[str] = []
    composer = rendu._composer

    def compter(gabarit: str, *reste: Any) -> bytes:
        compilations.append(gabarit)
        return composer(gabarit, *reste)

    monkeypatch.setattr(rendu, "_composer", compter)
    for nombre in (1, 7):
        rendu.rendre_lot(lot(nombre=nombre), jour=JOUR)
    assert compilations == ["lot_v1", "lot_v1"]


def test_batch_prints_what_each_prints_alone_with_its_own_page_numbers() -> None:
    documents = lot(nombre=4)
    ensemble = pages(rendu.rendre_lot(documents, jour=JOUR))
    separes = [p for donnees, version in documents for p in pages(rendu.rendre(donnees, version=version))]
    assert ensemble == separes


def test_batch_gives_the_same_bytes_and_is_archivable() -> None:
    documents = lot(nombre=3)
    fichier = rendu.rendre_lot(documents, jour=JOUR)
    assert rendu.rendre_lot(documents, jour=JOUR) == fichier
    assert rendu.rendre_lot(documents[::-1], jour=JOUR) != fichier
    for profil in PROFILS:
        assert page.validate_pdf_bytes(fichier, profile=profil).is_compliant


def test_hash_of_a_part_follows_all_that_it_prints() -> None:
    donnees = donnees_completes()
    empreinte = rendu.empreinte_de_part(donnees, 1)
    assert rendu.empreinte_de_part(donnees_completes(), 1) == empreinte
    assert rendu.empreinte_de_part(donnees, 2) != empreinte
    assert rendu.empreinte_de_part(donnees_completes(prenoms="Élodie"), 1) != empreinte


def test_data_come_back_from_storage() -> None:
    donnees = donnees_completes()
    stockees = json.loads(json.dumps(donnees.vers_json()))
    assert rules.lire_stockees("INTEGRALE", stockees) == donnees
    assert rules.lire_stockees("SIMPLIFIEE", completer_exemple({}).vers_json()) == completer_exemple({})


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("nom_naissance", " "),
        ("commissions", []),
        ("numero", "123"),
        ("reference", "courte"),
        ("portail", "ftp://x"),
        ("modele", "SIMPLIFIEE"),
        ("date_depot", "hier"),
        ("inconnu", "x"),
    ],
)
def test_wrong_data_are_refused_without_repeating_them(champ: str, valeur: object) -> None:
    with pytest.raises(rules.DonneesInvalides, match="champs à revoir") as capture:
        donnees_completes(**{champ: valeur})
    assert "hier" not in str(capture.value)


def test_renewal_needs_its_date() -> None:
    with pytest.raises(rules.DonneesInvalides):
        donnees_completes(modele="RENOUVELLEMENT", date_dernier_renouvellement=None)
    assert EXEMPLE_COMPLET["date_dernier_renouvellement"]


def test_the_example_follows_the_number_given() -> None:
    assert rules.completer_exemple_complet({}).territoire == "099"
    assert rules.completer_exemple_complet({"numero": "0690619004127G0693"}).territoire == "069"
    renouvelee = rules.completer_exemple_complet({}, modele=rules.Modele.RENOUVELLEMENT)
    assert renouvelee.modele is rules.Modele.RENOUVELLEMENT
