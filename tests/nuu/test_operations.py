"""Striking off, return, duplicates, lists, search and events, each through the listener."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from lxml import etree

from sne.conventions.actions import regler_cadence, regler_convention
from sne.conventions.equite import Occupe
from sne.conventions.models import Appel, Cadence
from sne.conventions.rules.cadences import MINUTE, Groupe
from sne.conventions.rules.reglages import FormatListe, Reglages, ReponseVide
from sne.conventions.selectors.cadences import limite_de
from sne.journal.models import Entree
from sne.nuu.operations.contexte import Contexte
from sne.nuu.rules.description import ESPACE
from sne.nuu.views import OPERATIONS
from sne.registre.demande.models.demande import Demande
from sne.registre.recherche.selectors.depuis import Depuis, Ligne, Place
from sne.socle.horloge import AVANCE, PARIS, aujourd_hui, maintenant
from tests.conventions.factories import acte
from tests.habilitations.factories import creer_exploitation
from tests.nuu.conftest import XOP
from tests.nuu.messages import message
from tests.nuu.test_messages import NS, champ, codes, creer, fichier
from tests.registre.factories import contenu, personne

pytestmark = pytest.mark.django_db


def xml(reponse, racine="interfaceNuu"):
    texte = reponse.content.decode()
    trouve = re.search(rf"<ns1:{racine}.*</ns1:{racine}>", texte, re.DOTALL)
    return None if trouve is None else etree.fromstring(trouve.group())


def regler(convention, **choix):
    reglages = Reglages(preuve_gardee=True, piece_vue=True, **choix)
    regler_convention(convention, reglages, acte=acte(creer_exploitation()))


INCONNU = "0991126999999G0993"


def frere(vendeur, service, dedans, *, action="", guichet="G0993"):
    """A call of one of the two sister services."""
    envoi = (
        f'<n:interfaceNuu xmlns:n="{ESPACE}" versionInterface="02.00"><n:entete><n:typeFichier>RECH</n:typeFichier>'
        f"<n:dateFichier>2026-11-29T08:00:00.0+01:00</n:dateFichier><n:codeGuichet>{guichet}</n:codeGuichet>"
        f"</n:entete>{dedans}</n:interfaceNuu>"
    )
    enfants = {"nomFichier": "x.xml", "fichierXml": XOP.format("fichier")}
    return vendeur.appeler(
        "fichierXmlParametres", enfants, envoi, adresse=f"/services/{service}/", action=action
    )


def textes(reponse, nom):
    return [element.text for element in xml(reponse).iter(f"{NS}{nom}")]


def test_a_double_is_named_and_may_be_forced(vendeur):
    numero = creer(vendeur)
    envoi = message(jour=aujourd_hui(), contenu_=contenu(precisions="Encore"))
    refus = vendeur.numero(envoi)
    assert codes(refus) == ["CTRL_DEM_1203"]
    doublon = fichier(refus).find(f".//{NS}doublon")
    assert doublon.findtext(f"{NS}numUnique") == numero
    assert doublon.findtext(f"{NS}demandeur/{NS}nom") == "Dubreuil"
    force = vendeur.numero(message(jour=aujourd_hui(), contenu_=contenu(precisions="Encore"), forcer=True))
    assert champ(force, "numUnique") not in (None, numero)


def _doublons(vendeur, **autres):
    enfants = {"nomFichierDemande": "DEM.xml", "fichierDemande": XOP.format("fichier")}
    return vendeur.appeler("rechercheDoublonsParametres", enfants, message(**autres))


def test_duplicates_found_none_or_refused(vendeur, convention):
    assert len(xml(_doublons(vendeur), "listeDoublons")) == 0
    numero = creer(vendeur)
    trouves = xml(_doublons(vendeur), "listeDoublons")
    assert [d.findtext(f"{NS}numUnique") for d in trouves] == [numero]
    association = contenu(titulaire="ASSOCIATION", association={"nom": "Toits"}, demandeur={})
    association = association.model_copy(update={"demandeur": None})
    assert codes(_doublons(vendeur, contenu_=association)) == ["CTRL_DEM_1214"]
    regler(convention, reponse_vide=ReponseVide.OMISE)
    vide = _doublons(vendeur, contenu_=contenu(demandeur=personne("Autre", "Nom")))
    assert b"fichier" not in vide.content
    assert b"listeDoublons" not in vide.content


def test_struck_off_then_back(vendeur):
    numero = creer(vendeur)
    renonce = {"date": aujourd_hui(), "motif": "RADABA", "date_courrier_sans_reponse": aujourd_hui()}
    envoi = message("RAD", jour=aujourd_hui(), numero_unique=numero, radiation=renonce)
    reponse = vendeur.numero(envoi)
    assert codes(reponse) == []
    assert champ(reponse, "motifRadiation") == "RADABA"
    assert Demande.objects.get().statut == "RADIEE"
    assert codes(vendeur.numero(envoi)) == []
    retour = message("RAD", jour=aujourd_hui(), numero_unique=numero, radiation={"date": aujourd_hui()})
    assert codes(vendeur.numero(retour)) == ["CTRL_DEM_1104"]


@pytest.mark.parametrize(
    ("motif", "dans", "code"), [("RADZZZ", 0, "1002"), ("RADABA", 2, "1214"), ("RADABA", None, "1063")]
)
def test_a_striking_off_that_is_refused_changes_nothing(vendeur, motif, dans, code):
    numero = creer(vendeur)
    radiation = {"motif": motif} | (
        {"date": aujourd_hui() + timedelta(days=dans)} if dans is not None else {}
    )
    envoi = message("RAD", jour=aujourd_hui(), numero_unique=numero, radiation=radiation)
    assert codes(vendeur.numero(envoi)) == [f"CTRL_DEM_{code}"]
    assert Demande.objects.get().revision == 1


def test_a_double_is_asked_to_be_taken_back(vendeur):
    numero = creer(vendeur)
    autre = champ(
        vendeur.numero(message(jour=aujourd_hui(), contenu_=contenu(precisions="x"), forcer=True)),
        "numUnique",
    )
    sans = message("SUP", jour=aujourd_hui(), numero_unique=autre)
    assert codes(vendeur.numero(sans)) == ["CTRL_DEM_1063"]
    envoi = message("SUP", jour=aujourd_hui(), numero_unique=autre, demande_origine=numero)
    assert codes(vendeur.numero(envoi)) == ["CTRL_DEM_1305"]
    assert codes(vendeur.numero(envoi)) == ["CTRL_DEM_1305"]


def test_who_leaves_has_a_demande_of_their_own(vendeur):
    deux = contenu(cotitulaires=[personne("Morel", "Luc", lien_demandeur="M")])
    numero = creer(vendeur, contenu_=deux)
    seule = contenu(demandeur=personne("Morel", "Luc"))
    sans = message("CRS", seule, jour=aujourd_hui())
    assert codes(vendeur.numero(sans)) == ["CTRL_DEM_1063"]
    envoi = message("CRS", seule, jour=aujourd_hui(), demande_origine=numero)
    reponse = vendeur.numero(envoi)
    assert codes(reponse) == []
    assert champ(reponse, "numUnique") != numero


def _radiees(vendeur, depuis, **filtres):
    return vendeur.appeler("demandesRadieesDepuisLeParametres", {"dateRadiationDepuisLe": depuis, **filtres})


def test_struck_off_since(vendeur, convention, monkeypatch):
    depuis = (maintenant() - timedelta(hours=1)).isoformat()
    assert list(xml(_radiees(vendeur, depuis)).iter(f"{NS}demande")) == []
    assert _radiees(vendeur, depuis, motifRadiation="x").status_code == 400
    assert _radiees(vendeur, "hier").status_code == 400
    regler(convention, format_liste=FormatListe.PLUSIEURS_RACINES, reponse_vide=ReponseVide.OMISE)
    assert b"fichierDemandesRadiees" not in _radiees(vendeur, depuis, motifRadiation="RADABA").content
    numero = creer(vendeur)
    ligne = Ligne(Demande.objects.get().id, numero, Place(1, 1), maintenant())
    pages = [Depuis((ligne, ligne), None), Depuis((ligne,), Place(1, 1))]
    monkeypatch.setattr("sne.nuu.operations.listes.lister_radiees", lambda *_a, **_k: pages.pop(0))
    reponse = _radiees(vendeur, depuis)
    assert reponse.content.count(b"<ns1:interfaceNuu") == 1
    assert b"<demandes><ns1:interfaceNuu" in reponse.content
    trop = _radiees(vendeur, depuis)
    assert trop.status_code == 400
    assert "Plus de 1 demandes" in trop.content.decode()


def test_since_an_instant_of_the_clock_of_a_bac(vendeur, monkeypatch):
    scellee, demandes, quatre_cents_jours = maintenant(), [], timedelta(days=400)
    page = Depuis((Ligne(uuid.uuid4(), "", Place(1, 1), scellee),), Place(1, 1))

    def lister(depuis, **_):
        demandes.append(depuis)
        return page

    monkeypatch.setattr("sne.nuu.operations.listes.lister_radiees", lister)
    avance = AVANCE.set(quatre_cents_jours)
    trop = _radiees(vendeur, (scellee + quatre_cents_jours).isoformat())
    AVANCE.reset(avance)
    assert demandes == [scellee]
    reprise = (scellee + quatre_cents_jours).astimezone(PARIS).isoformat(timespec="milliseconds")
    assert reprise in trop.content.decode()


def test_new_dalo_since(vendeur):
    reponse = vendeur.appeler(
        "nouveauxDaloDepuisLeParametres", {"dateNouveauDaloDepuisLe": maintenant().isoformat()}
    )
    assert list(xml(reponse).iter(f"{NS}demande")) == []


def _chercher(vendeur, criteres, **autres):
    dedans = f"<n:operation><n:demandeMulticritere>{criteres}</n:demandeMulticritere></n:operation>"
    return frere(vendeur, "RechercheDemandeImplService", dedans, **autres)


def test_search_by_criteria(vendeur):
    numero = creer(vendeur)
    nom = "<n:personneRecherchee><n:nom>Dubreuil</n:nom></n:personneRecherchee>"
    trouve = _chercher(vendeur, f"<n:etatDemande>A</n:etatDemande>{nom}")
    assert textes(trouve, "listeDemandes") == [None]
    assert textes(trouve, "numUnique") == [numero]
    assert textes(trouve, "nom") == ["Dubreuil"]
    inconnu = _chercher(vendeur, "<n:numUnique>099112600041200000</n:numUnique>")
    assert (textes(inconnu, "listeDemandes"), textes(inconnu, "message")) == ([], [])
    for criteres, code in (
        ("", "REC_1704"),
        ("<n:etatDemande>Z</n:etatDemande>", "REC_1704"),
        ("<n:dateDepotDebut>hier</n:dateDepotDebut>", "REC_1704"),
        ("<n:dateDepotDebut>2026-02-31</n:dateDepotDebut>", "REC_1704"),
        ("<n:numUnique><n:a/></n:numUnique>", "REC_1704"),
    ):
        reponse = _chercher(vendeur, criteres)
        assert [a.get("code") for a in xml(reponse).iter(f"{NS}anomalie")] == [code]
    etranger = _chercher(vendeur, nom, guichet="G9999")
    assert [a.get("code") for a in xml(etranger).iter(f"{NS}anomalie")] == ["REC_1701"]


def _evenement(vendeur, action, dedans):
    return frere(vendeur, "GestionPartageeEVTImplService", dedans, action=action)


def test_types_of_events(vendeur):
    nationaux = _evenement(vendeur, "listerTypesEvenementsNationaux", "")
    courts = textes(nationaux, "codeTypeEvenement")
    assert courts
    assert max(len(code) for code in courts) <= 10
    territoire = "<n:operation><n:codeTerritoire>099</n:codeTerritoire></n:operation>"
    assert _evenement(vendeur, "listerTypesEvenementsTerritoriaux", territoire).status_code == 200
    assert _evenement(vendeur, "autre", "").status_code == 400


def test_an_event_is_added_changed_taken_back(vendeur):
    numero = creer(vendeur)
    operation = f"<n:operation><n:numUnique>{numero}</n:numUnique></n:operation>"
    types = xml(_evenement(vendeur, "listerTypesEvenementsNationaux", ""))
    sans_requis = next(
        t.findtext(f"{NS}codeTypeEvenement")
        for t in types.iter(f"{NS}typeEvenement")
        if "true" not in [o.text for o in t.iter(f"{NS}obligatoire")]
    )

    def dire(commentaire, identifiant=""):
        cle = f"<n:idEvenement>{identifiant}</n:idEvenement>" if identifiant else ""
        return (
            f"{operation}<n:listeEvenements><n:evenement>{cle}<n:codeTypeEvenement>{sans_requis}</n:codeTypeEvenement>"
            f"<n:dateSurvenance>{aujourd_hui()}</n:dateSurvenance><n:commentaire>{commentaire}</n:commentaire>"
            "</n:evenement></n:listeEvenements>"
        )

    ajoute = _evenement(vendeur, "ajouterEvenementDemande", dire("Vu"))
    (identifiant,) = textes(ajoute, "idEvenement")
    modifie = _evenement(vendeur, "modifierEvenementDemande", dire("Revu", identifiant))
    assert (textes(modifie, "idEvenement"), textes(modifie, "commentaire")) == ([identifiant], ["Revu"])
    assert textes(_evenement(vendeur, "listerEvenementsDemande", operation), "commentaire") == ["Revu"]
    retire = _evenement(vendeur, "supprimerEvenementDemande", dire("", identifiant))
    assert textes(retire, "idEvenement") == []
    inconnu = _evenement(vendeur, "modifierEvenementDemande", dire("x", "999999"))
    assert [a.get("code") for a in xml(inconnu).iter(f"{NS}anomalie")] == ["EVT_1602"]
    refuse = _evenement(
        vendeur, "ajouterEvenementDemande", dire("x").replace(str(aujourd_hui()), "2999-01-01")
    )
    assert [a.get("code") for a in xml(refuse).iter(f"{NS}anomalie")] == ["EVT_1603"]
    sans = _evenement(vendeur, "ajouterEvenementDemande", operation)
    assert [a.get("code") for a in xml(sans).iter(f"{NS}anomalie")] == ["EVT_1604"]


def test_each_call_is_in_the_log_of_its_agreement(vendeur):
    recue = vendeur.numero(message(jour=aujourd_hui()), HTTP_SNE_AGENT="a-1043")
    vendeur.consulter("x")
    vendeur.consulter(champ(recue, "numUnique"))
    vendeur.appeler("declarationNouveauDaloParametres", {})
    assert codes(vendeur.numero(message(), HTTP_SNE_AGENT="a@b.fr")) == ["CTRL_DEM_1110"]
    appels = Appel.objects.order_by("survenu_le").values_list(
        "operation", "statut", "guichet", "agent", "dossiers"
    )
    assert list(appels) == [
        ("numUniqueParametres", 200, "G0993", "a-1043", 0),
        ("demandeLogementParametres", 200, "", "", 0),
        ("demandeLogementParametres", 200, "", "", 1),
        ("declarationNouveauDaloParametres", 400, "", "", 0),
        ("numUniqueParametres", 200, "", "", 0),
    ]
    assert Entree.objects.get(verbe="DEPOSER").acteur["agent"] == "a-1043"


def test_a_number_asked_for_in_vain_counts_for_ten(vendeur):
    rien = f"<n:operation><n:numUnique>{INCONNU}</n:numUnique></n:operation>"
    demandes = {
        "LECTURE": lambda: vendeur.consulter(INCONNU),
        "ECRITURE": lambda: vendeur.numero(message("MOD", jour=aujourd_hui(), numero_unique=INCONNU)),
    }
    with time_machine.travel(maintenant(), tick=False):
        for groupe, demander in demandes.items():
            assert codes(demander()) == ["CTRL_DEM_1102"]
            assert _appels_comptes(groupe) == 10
        frere(vendeur, "GestionPartageeEVTImplService", rien, action="listerEvenementsDemande")
        assert _appels_comptes("LECTURE") == 20


def _appels_comptes(groupe):
    """While the clock stands still."""
    pris = Cadence.objects.get(groupe=groupe).plein_le - maintenant()
    return round(pris / MINUTE * limite_de(Groupe(groupe), le=aujourd_hui()))


def test_too_many_calls_are_told_when_to_come_back(vendeur, convention, monkeypatch):
    regler_cadence(convention, Groupe.LECTURE, 1, acte=acte(creer_exploitation()))
    assert vendeur.consulter("x").status_code == 200
    refus = vendeur.consulter("x")
    assert (refus.status_code, b"soap:Receiver" in refus.content) == (429, True)
    assert int(refus.headers["Retry-After"]) > 0
    assert [appel.statut for appel in Appel.objects.order_by("survenu_le")] == [200, 429]

    def occupe(*_args):
        raise Occupe("Trop d’appels en même temps.")

    monkeypatch.setattr("sne.conventions.equite.Equite.place", occupe)
    assert vendeur.consulter("x").headers["Retry-After"] == str(Occupe.attendre)


def test_a_registration_asks_one_statement_besides_its_act(vendeur, convention):
    with CaptureQueriesContext(connection) as ordres:
        creer(vendeur)
    siens = [q["sql"] for q in ordres if "_convention" in q["sql"]]
    qui, acte_ = siens
    assert "certificat_convention" in qui
    assert "INSERT INTO cadence_convention" in qui
    assert all(nom in acte_ for nom in ("INSERT INTO demande", "INSERT INTO appel_convention"))
    assert list(Appel.objects.values_list("operation", "statut")) == [("numUniqueParametres", 200)]


def test_what_fails_once_it_is_registered_has_a_line_of_its_own(vendeur, monkeypatch):
    def tomber(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("sne.nuu.operations.numero_unique.fichier_neuf", tomber)
    envoi = message(jour=aujourd_hui())
    assert vendeur.numero(envoi).status_code == 500
    assert vendeur.numero(envoi).status_code == 200  # sent again, it is found done
    assert list(Appel.objects.order_by("id").values_list("statut", flat=True)) == [200, 500, 200]


def test_a_call_is_counted_once_in_the_group_of_what_it_is(vendeur, convention):
    """By the statement that says who calls where its first bytes tell what it is, by another one else."""
    statements = []
    for nom in ("demandeLogementParametres", "demandesRadieesDepuisLeParametres"):
        dits = {"numUnique": "x", "dateRadiationDepuisLe": "2026-11-24T10:00:00"}
        with CaptureQueriesContext(connection) as ordres:
            assert vendeur.appeler(nom, dits).status_code == 200
        statements.append(sum("cadence_convention" in ordre["sql"] for ordre in ordres))
        assert sum("FROM convention c" in ordre["sql"] for ordre in ordres) == 1
    assert statements == [2, 1], "a number asked in vain counts again"
    assert set(Cadence.objects.values_list("groupe", flat=True)) == {Groupe.LECTURE, Groupe.FLUX}
    trompeur = {"numUnique": "numUniqueParametres"}  # what is read decides
    assert vendeur.appeler("demandeLogementParametres", trompeur).status_code == 200
    assert Cadence.objects.filter(groupe=Groupe.ECRITURE).exists()
    regler_cadence(convention, Groupe.LECTURE, 1, acte=acte(creer_exploitation()))
    Cadence.objects.update(
        plein_le=F("plein_le") - timedelta(minutes=1)
    )  # what was called before weighs no more
    statuts = [vendeur.appeler("demandeLogementParametres", trompeur).status_code for _ in range(2)]
    assert statuts == [200, 429]


def test_each_operation_is_counted_as_the_table_says(vendeur, monkeypatch):
    numero, dits, faire = creer(vendeur), [], Contexte.acte

    def noter(contexte, groupe, *args, **kwargs):
        dits.append((contexte.comptee and contexte.comptee[0], groupe))
        return faire(contexte, groupe, *args, **kwargs)

    monkeypatch.setattr(Contexte, "acte", noter)
    depuis = maintenant().isoformat()
    demandes, dalo = "DemandeLogementImplService", {"dateNouveauDaloDepuisLe": depuis}
    appels = {
        (demandes, "numUniqueParametres"): lambda: vendeur.numero(message(jour=aujourd_hui())),
        (demandes, "demandeLogementParametres"): lambda: vendeur.consulter("x"),
        (demandes, "rechercheDoublonsParametres"): lambda: _doublons(vendeur),
        (demandes, "demandesRadieesDepuisLeParametres"): lambda: _radiees(vendeur, depuis),
        (demandes, "nouveauxDaloDepuisLeParametres"): lambda: vendeur.appeler(
            "nouveauxDaloDepuisLeParametres", dalo
        ),
        ("RechercheDemandeImplService", "fichierXmlParametres"): lambda: _chercher(vendeur, ""),
    }
    table = {
        (service, nom): o.groupe for service, siennes in OPERATIONS.items() for nom, o in siennes.items()
    }
    assert appels.keys() == {cle for cle, groupe in table.items() if groupe}
    for cle, appeler in appels.items():
        dits.clear()
        appeler()
        assert dits == [(table[cle], table[cle])], cle
    dits.clear()
    _evenement(vendeur, "listerTypesEvenementsNationaux", "")
    _evenement(
        vendeur, "ajouterEvenementDemande", f"<n:operation><n:numUnique>{numero}</n:numUnique></n:operation>"
    )
    assert dits == [(None, Groupe.LECTURE), (None, Groupe.ECRITURE)], "its action says which"


def test_a_certificate_of_no_agreement_is_refused(vendeur, convention, monkeypatch):
    monkeypatch.setattr("tests.nuu.conftest.DER", b"autre")
    refus = vendeur.consulter("x")
    assert refus.status_code == 400
    assert "Certificat" in refus.content.decode()
