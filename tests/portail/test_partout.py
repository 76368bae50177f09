"""What holds of the whole portal, walked over all its addresses, levels, languages and kinds of act."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sne.attestations.actions import emettre_attestation
from sne.journal.models import Entree
from sne.journal.rules import Dit
from sne.notifications.envois.sms import Simulateur
from sne.notifications.models import Message
from sne.notifications.rules import Issue, Resultat
from sne.notifications.selectors import get_contenu
from sne.notifications.tasks import envoyer
from sne.portail import urls_menage
from sne.portail.boite import TOURS
from sne.referentiels.rules.fichiers import lire_csv, lire_json
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.rattachement import FinRattachement
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.joindre.verbes import VerbeJoindre
from sne.registre.lecture.rules.historique_demandeur.catalogue import phrase_de
from sne.registre.mandat.rules.mandat import FINS
from sne.registre.mandat.rules.mandat import LIBELLES as PORTEES
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.rules.pieces_manquantes import CE_QUI_SUIT
from sne.registre.rattachement.actions.rattacher import detacher
from sne.registre.rattachement.tasks import annoncer
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.registre.requete.actions.clore import clore_les_requetes, rappeler_les_documents
from sne.registre.requete.actions.traiter import (
    conclure_requete,
    demander_document,
    ouvrir_requete,
    prendre_requete,
    refuser_requete,
    rendre_requete,
)
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.rules.requete import LIBELLES as REQUETES
from sne.registre.requete.rules.requete import MOTIFS, MotifRefus
from sne.registre.requete.verbes import VerbeRequete
from sne.registre.ressources.rules.mots import DITES_AU_DEMANDEUR
from sne.saisie.presentation.pieces import NIVEAUX
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.langues import LANGUES
from tests.portail.conftest import ELODIE, NADIA, YVONNE
from tests.portail.test_code import code_recu, demander, distribuer, entrer, taper
from tests.portail.test_connexion import se_connecter
from tests.portail.test_contacts import codes
from tests.portail.test_contacts import demander as demander_contact
from tests.portail.test_contacts import taper as taper_les_codes
from tests.portail.test_documents import photo
from tests.portail.test_dossier import avec_ressources
from tests.portail.test_histoire import contester, noter_les_codes_faux
from tests.portail.test_nouvelle import ESSENTIEL, commencer, derouler, repondre
from tests.portail.test_renouveler import deposer, dite
from tests.portail.test_requetes import envoyer as envoyer_requete
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.faits.faits import consigner
from tests.registre.ressources.ressources import CHIFFRES

pytestmark = pytest.mark.django_db
MUETS = frozenset(
    {"copier-historique", "garder", "choisir-le-code", "renouveler-choix", "renouveler-abandonner"}
) | {"retirer-requete", "arreter-aide", "accepter-aide", "envoyer-fichier"}
"""Addresses of a demande that answer a form only."""
CODES = ("foyer", "situation", "ressources", "logement", "motifs", "souhaits")


def adresses(demande: Demande) -> list[str]:
    """Each page of a demande, with what its address names."""
    entree = Entree.objects.filter(demande=demande.id, verbe__in=["RATTACHER", "SE_CONNECTER"]).latest("id")
    valeurs = {
        "nud": demande.nud,
        "entree": entree.id,
        "reference": "7KMR-W3XQ-9TFA",
        "requete": entree.id,
        "mandat": entree.id,
    }
    trouvees = ["/ma-demande/"]
    for adresse in urls_menage.urlpatterns:
        noms, nom = adresse.pattern.converters, str(adresse.name)
        if "nud" not in noms or nom in MUETS:
            continue
        for code in CODES if "code" in noms else ("",):
            dits = {n: code if n == "code" else valeurs[n] for n in noms}
            trouvees.append(reverse(nom, kwargs=dits))
    return trouvees


def octets(reponse: Any) -> bytes:
    return b"".join(reponse) if reponse.streaming else bytes(reponse.content)


def texte_du_pdf(contenu: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(contenu))
    return "\n".join(feuille.get_textpage().get_text_bounded() for feuille in document)


def lus(navigateur: Client, demande: Demande) -> Iterator[str]:
    """All that this session is sent of a demande: pages, files, what a refusal says."""
    for adresse in adresses(demande):
        yield octets(navigateur.get(adresse)).decode("utf-8", "replace")
    for adresse, champs in (("historique/copie", {"format": "csv"}), ("mes-donnees", {})):
        yield octets(navigateur.post(f"/ma-demande/{demande.nud}/{adresse}/", champs)).decode(
            "utf-8", "replace"
        )
    for adresse, methode in (("historique/copie", navigateur.post), ("attestation", navigateur.get)):
        reponse = methode(f"/ma-demande/{demande.nud}/{adresse}/", {"format": "pdf"})
        contenu = octets(reponse)
        yield texte_du_pdf(contenu) if contenu.startswith(b"%PDF") else contenu.decode()


def chiffres_lus(navigateur: Client, demande: Demande) -> set[str]:
    return {chiffre for page in lus(navigateur, demande) for chiffre in CHIFFRES if chiffre in page}


def test_below_the_gate_no_amount_is_in_any_byte(
    porte: Client,
    fc: Fournisseur,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """By code, and an hour after the State vouched; in messages and technical logs too."""
    demande, par_code = avec_ressources(), Client()
    emettre_attestation(demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    entrer(par_code, demande)
    se_connecter(porte, fc, ELODIE)
    assert CHIFFRES[0] in chiffres_lus(porte, demande)  # they are there, above it
    assert not chiffres_lus(par_code, demande)
    for minutes in (25, 50, 61):  # the session goes on
        with time_machine.travel(f.MAINTENANT + timedelta(minutes=minutes), tick=False):
            porte.get("/ma-demande/")
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=61), tick=False):
        assert not chiffres_lus(porte, demande)
    distribuer()
    envoyes = [get_contenu(cle) for cle in Message.objects.values_list("id", flat=True)]
    assert envoyes
    assert not [chiffre for chiffre in CHIFFRES if chiffre in str(envoyes) + caplog.text]


def test_in_a_helper_s_session_neither(porte: Client, fc: Fournisseur) -> None:
    demande = avec_ressources()
    se_connecter(porte, fc, YVONNE)
    assert not chiffres_lus(porte, demande)


def test_every_act_on_the_way_in_names_its_demande_and_has_its_line(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """Generated over the kinds of act: one that is added has to be played here."""
    demande, par_code = deposer(), Client()
    demander(par_code, demande)
    distribuer()
    taper(par_code, f"{(int(code_recu()) + 1) % 1_000_000:06d}")
    noter_les_codes_faux()
    taper(par_code, code_recu())
    par_code.post(f"/ma-demande/{demande.nud}/mes-donnees/")
    se_connecter(porte, fc, ELODIE)
    porte.post(f"/ma-demande/{demande.nud}/mes-donnees/")
    contester(porte, demande, Entree.objects.filter(demande=demande.id, verbe="ECHEC_CONNEXION").get())
    porte.post(f"/ma-demande/{demande.nud}/codes/", {"code": "rouvrir"})
    histoire = octets(porte.get(f"/ma-demande/{demande.nud}/historique/")).decode()
    lien = Rattachement.objects.get(demande=demande, preuve="PIVOT")
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    detacher(lien.id, de=demande.id, motif=FinRattachement.GUICHET, acte=acte)
    for verbe in [v for v in VerbeRattachement if isinstance(v.menage, Dit)]:
        entrees = list(Entree.objects.filter(verbe=verbe, demande=demande.id))
        assert entrees, verbe
        assert all(e.revision == demande.revision and e.territoire == demande.territoire for e in entrees)
        dits = [phrase_de(verbe, e.faits, qui="Vous, avec FranceConnect,", vous=True) for e in entrees]
        dits += [phrase_de(verbe, e.faits, qui="Vous, par code,", vous=True) for e in entrees]
        assert any(dit.removesuffix(".") in histoire for dit in dits), verbe


NOMS_DES_LANGUES = frozenset({"English"})  # said in its own language everywhere
PUBLIQUES = ("/", "/comment-ca-marche/", "/vos-droits/", "/vos-donnees/", "/connexion/", "/connexion/code/")


def blocs(page: str) -> Sequence[str]:
    """The elements of a page, in their order."""
    return re.findall(r"<([a-z][a-z0-9]*)", page)


def test_six_languages_have_the_same_blocks_and_no_text_of_another(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """Signed out and in, with an error and without: nothing is left out of a page, nor left in French."""
    demande = deposer()
    fautive = "/connexion/code/"
    pages: dict[tuple[str, bool], dict[str, str]] = {}
    for connecte in (False, True):
        if connecte:
            se_connecter(porte, fc, ELODIE)
        for adresse in adresses_a_traduire(demande) if connecte else PUBLIQUES:
            for langue in LANGUES:
                ici = adresse if langue.code == "fr" else f"/{langue.code}{adresse}"
                pages.setdefault((adresse, False), {})[langue.code] = octets(porte.get(ici)).decode()
                if adresse == fautive:
                    pages.setdefault((adresse, True), {})[langue.code] = octets(porte.post(ici)).decode()
    for cle, dites in pages.items():
        assert len({tuple(blocs(page)) for page in dites.values()}) == 1, cle
        for code in dites.keys() - {"fr"}:
            assert not restes_en_francais(dites[code], code), (cle, code)


def adresses_a_traduire(demande: Demande) -> list[str]:
    return [
        "/ma-demande/",
        "/mon-compte/langue/",
        *(
            f"/ma-demande/{demande.nud}/{page}/"
            for page in ("historique", "renouveler", "changements", "messages")
        ),
    ]


def test_fields_are_asked_and_refused_in_the_language_of_the_page(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """Labels, helps, lists and errors, of an address where nothing was typed, and of one part of a renewal."""
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    neuve = Client()
    se_connecter(neuve, fc, NADIA)
    commencer(neuve)
    pages = {
        "adresse": (neuve, "/nouvelle-demande/099/adresse/", {"continuer": "oui", "pays_adresse": "fr"}),
        "motifs": (neuve, "/nouvelle-demande/099/motifs/", None),
        "logement": (porte, f"/ma-demande/{demande.nud}/declaration/logement/", None),
        "ressources": (porte, f"/ma-demande/{demande.nud}/declaration/ressources/", None),
    }
    for nom, (client, adresse, envoi) in pages.items():
        sans_francais(nom, client, adresse, envoi)


@pytest.mark.longue
def test_every_page_of_filing_asks_its_fields_in_the_language_of_the_page(
    porte: Client,
    fc: Fournisseur,
) -> None:
    se_connecter(porte, fc, NADIA)
    commencer(porte, "tout")
    vues = derouler(porte, ESSENTIEL)
    for code in vues:
        if code != "documents":
            sans_francais(code, porte, f"/nouvelle-demande/099/{code}/", None)


def sans_francais(nom: str, client: Client, adresse: str, envoi: dict[str, str] | None) -> None:
    """The same page in the six languages: as many blocks in each, nothing French that may be said otherwise."""
    dites = {}
    for langue in LANGUES:
        ici = adresse if langue.code == "fr" else f"/{langue.code}{adresse}"
        reponse = client.get(ici) if envoi is None else client.post(ici, envoi)
        assert reponse.status_code == 200, (nom, langue.code)
        dites[langue.code] = octets(reponse).decode()
    assert len({tuple(blocs(page)) for page in dites.values()}) == 1, nom
    for code in dites.keys() - {"fr"}:
        assert not restes_en_francais(dites[code], code, au_moins=1), (nom, code)
        assert "jj/mm/aaaa" not in dites[code], (nom, code)


def restes_en_francais(page: str, code: str, *, au_moins: int = 21) -> list[str]:
    """Whole texts of the French page that this language says in another way, and that are there all the same.

    ``au_moins``: of so many signs; a shorter one may be the name of somebody, or a word of both languages.
    """
    with translation.override(code):
        catalogue = translation.trans_real.catalog()._catalog  # type: ignore[attr-defined]
    francais = [
        cle
        for cle, dit in catalogue.items()
        if isinstance(cle, str) and len(cle) >= au_moins and "%" not in cle and dit != cle
        if cle not in NOMS_DES_LANGUES
    ]
    sans_citation = re.sub(r'<(\w+)[^>]* lang="fr".*?</\1>', "", page, flags=re.DOTALL)
    return [cle for cle in francais if f">{cle}<" in sans_citation]


GARDEES = "garder/"
"""Answers to a script, which are no page."""
CITE = re.compile(r"<(blockquote|script|style)\b.*?</\1>", re.DOTALL)


def libelles() -> set[str]:
    """Whatever a list of the register calls something."""
    listes = lire_json("nomenclatures.json").values()
    pieces = lire_json("pieces.json")["types"]
    dits = {v["libelle"] for liste in listes if isinstance(liste, dict) for v in liste.get("valeurs", ())}
    dits |= {p[quoi] for p in pieces for quoi in ("libelle", "exemples") if quoi in p} | set(
        DITES_AU_DEMANDEUR
    )
    dits |= {t["libelle"] for t in lire_json("types_evenement.json")["types"] if t["publie_portail"]}
    dits |= {p["nom"] for p in lire_csv("pays.csv")} | {
        *REQUETES.values(),
        *MOTIFS.values(),
        *PORTEES.values(),
    }
    dits |= {*CE_QUI_SUIT.values(), *NIVEAUX.values(), *FINS.values(), *(t for _, t in TOURS)}
    return {
        dit for dit in (re.split(r" ?\{", dit)[0] for dit in dits) if len(dit) > 2
    }  # « T2 » is one everywhere


def libelles_vus(page: str, connus: set[str]) -> set[str]:
    """Those that this page shows: as a whole text, or in one where they are long enough to be nothing else; what is in
    brackets is the French word of a counter.
    """
    montree = re.sub(
        r"\((<bdi lang=.fr.>)?[^()<>]*(</bdi>)?\)", "", CITE.sub("", page[page.index("<main") :])
    )
    textes = {re.sub(r"\s+", " ", texte).strip(" :,.–") for texte in re.split(r"<[^>]*>", montree)}
    ensemble = "\n".join(textes)
    return {dit for dit in connus if dit.strip(".") in textes or (len(dit) > 15 and dit in ensemble)}


def test_no_label_of_a_list_is_left_in_french_in_arabic(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """The pages of a demande with facts, amounts and documents, and those of filing one: none is said in French."""
    demande, neuve, connus = avec_ressources(), Client(), libelles()
    consigner(NatureFait.EVENEMENT, demande.id, type="ENTRETIEN", caracteristiques={})
    for nature in (NatureFait.DECISION, NatureFait.ATTRIBUTION):
        consigner(nature, demande.id)
    se_connecter(porte, fc, ELODIE)
    assert envoyer_requete(porte, demande.nud, genre="NOM_USAGE", texte="Martin").status_code == 302
    se_connecter(neuve, fc, NADIA)
    commencer(neuve, "tout")
    derouler(neuve, ESSENTIEL)
    pages = [(porte, a) for a in adresses(demande) if not a.endswith(GARDEES)]
    pages += [
        (neuve, f"/nouvelle-demande/099/{code}/") for code in ("documents", "motifs", "occupation", "relire")
    ]
    lues = {}
    for client, adresse in pages:
        reponse = client.get(f"/ar{adresse}")
        if reponse.status_code == 200 and not reponse.streaming and "html" in reponse["Content-Type"]:
            lues[adresse] = libelles_vus(octets(reponse).decode(), connus)
    assert len(lues) > 20
    assert sorted({(dit, adresse) for adresse, vus in lues.items() for dit in vus}) == []
    assert libelles_vus(octets(porte.get(f"/ma-demande/{demande.nud}/droits/")).decode(), connus)


def test_with_franceconnect_down_a_code_opens_and_renewing_goes_on(
    porte: Client,
    fc: Fournisseur,
    settings: Any,
) -> None:
    demande = deposer()
    settings.FRANCECONNECT = {**settings.FRANCECONNECT, "emetteur": "http://127.0.0.1:9/api/v2"}
    partie = porte.post("/connexion/franceconnect/")
    assert partie.status_code == 503
    assert "FranceConnect ne répond pas" in partie.content.decode()
    assert reverse("code-demander") in partie.content.decode()
    entrer(porte, demande)
    assert "est enregistrée et active" in porte.get("/ma-demande/").content.decode()
    assert (
        porte.post(f"/ma-demande/{demande.nud}/renouveler/", {"revision": "1", "rien": "oui"}).status_code
        == 302
    )
    demande.refresh_from_db()
    assert demande.date_dernier_renouvellement == f.AUJOURD_HUI


@pytest.mark.parametrize("en_panne", ["BAN", "ENTREPRISES", "DRM", "COURRIEL", "SMS"])
def test_with_one_service_down_reading_renewing_and_filing_go_on(
    porte: Client,
    fc: Fournisseur,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    en_panne: str,
) -> None:
    """Whichever it is, no page fails, and what cannot be known or sent is said or kept."""
    if en_panne == "COURRIEL":
        settings.SMTP_URL = "smtp://127.0.0.1:9"
    elif en_panne == "SMS":
        muet = Resultat(Issue.INDISPONIBLE, texte="L’opérateur ne répond pas")
        monkeypatch.setattr(Simulateur, "envoyer", lambda *_, **__: muet)
    else:
        settings.CONNECTEURS = {**settings.CONNECTEURS, en_panne: "http://127.0.0.1:9"}
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    for adresse in adresses(demande):
        assert porte.get(adresse).status_code in {200, 302, 404}, adresse
    renouvellement = f"/ma-demande/{demande.nud}/renouveler/"
    assert porte.post(renouvellement, {"revision": "1", "rien": "oui"}).status_code == 302
    lien = Entree.objects.get(demande=demande.id, verbe="RATTACHER")
    annoncer(entree_id=str(lien.id), territoire=demande.territoire)
    if en_panne == "SMS":
        demander(Client(), demande, a.MOBILE)
        distribuer()
    if en_panne in {"COURRIEL", "SMS"}:
        for preparee in Entree.objects.filter(verbe="PREPARER_MESSAGE"):
            envoyer(entree_id=str(preparee.id))
        assert set(Message.objects.filter(canal=en_panne).values_list("etat", flat=True)) == {"DIFFERE"}
    neuve = Client()
    se_connecter(neuve, fc, NADIA)
    assert commencer(neuve).status_code == 302
    for code, champs in (
        ("motifs", {"motif_1": "13"}),
        ("adresse", {"voie": "rue des tan", "chercher": "voie"}),
    ):
        assert repondre(neuve, code, **champs).status_code in {200, 302}
    derouler(neuve, ESSENTIEL)


def test_every_contact_and_request_names_its_demande_and_has_its_line(
    porte: Client,
    fc: Fournisseur,
    settings: Any,
    tmp_path: Path,
) -> None:
    """Generated over the kinds of act of a request; a contact is one change and one address verified."""
    settings.DOSSIER_DOCUMENTS = tmp_path
    demande, agent = deposer(100), Acte(f.creer_acteur(), f.MAINTENANT)
    se_connecter(porte, fc, ELODIE)
    demander_contact(porte, demande, a.APRES)
    taper_les_codes(porte, demande, codes()[a.APRES])
    for genre in ("NOM_USAGE", "CIVILITE", "DATE_DEPOT", "NATIONALITE"):
        assert envoyer_requete(porte, demande.nud, genre=genre, texte="Martin").status_code == 302
    cles = dict(RequeteDemandeur.objects.values_list("genre", "id"))
    porte.post(f"/ma-demande/{demande.nud}/changements/{cles['DATE_DEPOT']}/")
    for genre in ("NOM_USAGE", "CIVILITE"):
        ouvrir_requete(cles[genre], acte=agent)
        prendre_requete(cles[genre], acte=agent)
        rendre_requete(cles[genre], acte=agent)
        prendre_requete(cles[genre], acte=agent)
        demander_document(cles[genre], precision="Le livret de famille.", acte=agent)
    document = f"/ma-demande/{demande.nud}/changements/{cles['NOM_USAGE']}/document/"
    assert porte.post(document, {"papier": "FILIATION", "fichiers": [photo()]}).status_code == 302
    motif = MotifRefus.DOCUMENT_ABSENT
    refuser_requete(cles["CIVILITE"], motif=motif, precision="Revenez avec le livret.", acte=agent)
    dit = dite(demande).model_dump(mode="json")
    dit["demandeur"]["identite"]["nom_usage"] = "Martin"
    modifier_demande(
        demande.id, contenu=Contenu.model_validate(dit), revision=3, acte=agent, motif="Livret vu"
    )
    conclure_requete(cles["NOM_USAGE"], acte=agent)
    prendre_requete(cles["NATIONALITE"], acte=agent)
    for jours in (80, 91):  # to be recalled, then past its day
        d_alors = Acte(agent.acteur, f.MAINTENANT - timedelta(days=jours))
        demander_document(cles["NATIONALITE"], precision="La carte.", acte=d_alors)
        rappeler_les_documents(horloge_du_registre, survenu_le=f.MAINTENANT)
        clore_les_requetes(horloge_du_registre, survenu_le=f.MAINTENANT)
    histoire = octets(porte.get(f"/ma-demande/{demande.nud}/historique/")).decode()
    for verbe in (*VerbeRequete, VerbeDemande.MODIFIER, VerbeJoindre.VERIFIER_COURRIEL):
        entrees = list(Entree.objects.filter(verbe=verbe, demande=demande.id))
        assert entrees, verbe
        assert {e.revision for e in entrees} <= {2, 3, 4}, verbe
        assert all(e.territoire == demande.territoire for e in entrees)
        fins = [re.sub(r"^\S+ \S+ ", "", phrase_de(verbe, e.faits, qui="Lui", vous=False)) for e in entrees]
        assert all(fin.removesuffix(".") in histoire for fin in fins), (verbe, fins)
