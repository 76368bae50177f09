"""Each resource does its act and says what it did."""

import base64
from typing import Any

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from tests.api.conftest import Editeur, demande
from tests.documents.factories import pdf
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
JOUR = f.AUJOURD_HUI.isoformat()


@pytest.fixture
def nud(editeur: Editeur) -> str:
    return f.deposer(le=f.ANCIEN).nud


def bon(reponse: Any, statut: int = 200) -> Any:
    assert reponse.status_code == statut, reponse.content.decode()
    return reponse.json()["data"]


def test_a_file_is_read_in_part_and_as_it_was(editeur: Editeur, nud: str) -> None:
    lue = bon(editeur("GET", f"/demandes/{nud}?champs=souhaits.types_logement,demandeur.contact"))
    assert lue["contenu"] == {"souhaits": {"types_logement": ["T3"]}}
    assert editeur("GET", f"/demandes/{nud}?champs=inconnu").status_code == 422
    etat = bon(editeur("GET", f"/demandes/{nud}/etats/2026-11-01T10:00:00+01:00"))
    assert (etat["revision"], etat["contenu"]["titulaire"]) == (1, "PERSONNE")
    assert editeur("GET", f"/demandes/{nud}/etats/2026-11-01T10:00:00").status_code == 422
    assert editeur("GET", f"/demandes/{nud}/etats/2001-11-01T10:00:00+01:00").status_code == 404


def test_strict_wants_no_merge_and_a_revision_that_never_was_is_a_conflict(
    editeur: Editeur, nud: str
) -> None:
    un = {"souhaits": {"loyer_maximum": "600.00"}}
    bon(editeur("PATCH", f"/demandes/{nud}/contenu", un, If_Match='"r1"'))
    autre = {"precisions": "Calme"}
    strict = editeur("PATCH", f"/demandes/{nud}/contenu", autre, If_Match='"r1"', Prefer="handling=strict")
    assert strict.status_code == 412
    meles = editeur("PATCH", f"/demandes/{nud}/contenu", autre, If_Match='W/"r1"')
    assert bon(meles)["revision"] == 3
    assert meles.json()["meta"] == {"meles": ["souhaits.loyer_maximum"]}
    for etiquette, statut in (('"r9"', 409), ("r1", 400), ("", 428)):
        assert editeur("PATCH", f"/demandes/{nud}/contenu", autre, If_Match=etiquette).status_code == statut
    assert editeur("PATCH", f"/demandes/{nud}/contenu", {"inconnu": 1}, If_Match='"r3"').status_code == 422


def test_renewed_struck_off_and_back(editeur: Editeur) -> None:
    nud = f.deposer(le=f.MAINTENANT - f.timedelta(days=340)).nud
    sans = editeur("POST", f"/demandes/{nud}/renouvellements", {}, If_Match='"r1"')
    assert sans.json()["errors"][0]["code"] == "CONFIRMATION"
    faite = bon(
        editeur("POST", f"/demandes/{nud}/renouvellements", {"sans_changement": True}, If_Match='"r1"'), 201
    )
    assert faite["date_renouvellement"] == JOUR
    radiation = {"motif": "RADABA", "date_courrier": JOUR, "document": "Courrier gardé au guichet"}
    vieille = editeur("POST", f"/demandes/{nud}/radiations", radiation, If_Match='"r1"')
    assert vieille.status_code == 412
    radiee = bon(editeur("POST", f"/demandes/{nud}/radiations", radiation, If_Match='"r2"'), 201)
    assert radiee["revision"] == 3
    lue = bon(editeur("GET", f"/demandes/{nud}"))
    assert (lue["statut"], lue["radiation"]["motif"]) == ("RADIEE", "RADABA")


def test_somebody_leaves_a_couple(editeur: Editeur) -> None:
    couple = f.contenu(
        cotitulaires=[
            f.personne("Roy", "Paul", identite={"civilite": "1", "date_naissance": "1985-02-02"})
            | {"lien_demandeur": "C"}
        ]
    )
    nud = f.deposer(couple, le=f.ANCIEN).nud
    lue = bon(editeur("GET", f"/demandes/{nud}"))
    paul = lue["personnes"][1]["personne"]
    nouvelle = demande()["contenu"] | {}
    nouvelle["demandeur"] = nouvelle["demandeur"] | {
        "identite": lue["contenu"]["cotitulaires"][0]["identite"]
    }
    corps = {
        "personne": paul,
        "preuve": "ATT_HONNEUR",
        "document": "Attestation gardée",
        "demande": demande(contenu=nouvelle, reference_editeur="S-1"),
    }
    vieille = editeur("POST", f"/demandes/{nud}/separations", corps, If_Match='"r7"')
    assert vieille.status_code == 412
    refus = editeur("POST", f"/demandes/{nud}/separations", corps, If_Match='"r1"')
    preuve = refus.json()["errors"][0]
    assert preuve["source"] == {"pointer": "/preuve"}
    code = bon(editeur("GET", "/nomenclatures/ListePreuveSeparation"))[0]["code"]
    faite = editeur(
        "POST", f"/demandes/{nud}/separations", corps | {"preuve": code}, cle="s", If_Match='"r1"'
    )
    assert bon(faite, 201)["nud"] != nud
    assert (
        editeur(
            "POST", f"/demandes/{nud}/separations", corps | {"preuve": code}, cle="s", If_Match='"r1"'
        ).content
        == faite.content
    )


def test_a_double_is_asked_to_be_taken_back(editeur: Editeur, nud: str) -> None:
    double = f.deposer(f.contenu(), doublons_ecartes="Erreur", doublons_vus=None).nud
    demandee = editeur(
        "POST", f"/demandes/{double}/demandes-d-annulation", {"gardee": nud, "precision": "Saisie deux fois"}
    )
    suivi = bon(demandee, 202)["suivi"].removeprefix("/api/v1")
    assert bon(editeur("GET", suivi))["nature"] == "ANNULATION"


def test_facts_are_told_corrected_and_taken_back(editeur: Editeur, nud: str) -> None:
    types = bon(editeur("GET", "/types-d-evenement?territoire=099"))
    simple = next(t["code"] for t in types if not any(c["requis"] for c in t["caracteristiques"]))
    corps = {"type": simple, "jour": JOUR}
    fait = bon(editeur("POST", f"/demandes/{nud}/evenements", corps, cle="e"), 201)["id"]
    assert bon(editeur("POST", f"/demandes/{nud}/evenements", corps, cle="e"), 201)["id"] == fait
    corrige = bon(
        editeur("POST", f"/demandes/{nud}/evenements/{fait}/corrections", corps | {"motif": "Mauvais jour"}),
        201,
    )["id"]
    bon(editeur("POST", f"/demandes/{nud}/evenements/{corrige}/retraits", {"motif": "Erreur"}), 201)
    etats = {lu["id"]: lu["etat"] for lu in bon(editeur("GET", f"/demandes/{nud}/evenements"))}
    assert etats == {fait: "CORRIGE", corrige: "RETIRE"}
    for genre, faux in {
        "decisions": {"code": "ATTR", "jour": JOUR},
        "dalo": {"nature": "STATUT", "jour": JOUR},
        "attributions": {
            "jour": JOUR,
            "deja_loge": "N",
            "accord": "AUC",
            "reservataire": "X",
            "adresse": {"voie": "rue"},
        },
    }.items():
        refus = editeur("POST", f"/demandes/{nud}/{genre}", faux)
        assert refus.status_code in {403, 422}, refus.content.decode()
        assert bon(editeur("GET", f"/demandes/{nud}/{genre}")) == []


def test_documents_are_sent_named_listed_and_opened(editeur: Editeur, nud: str) -> None:
    contenu = pdf()
    entetes = {"Tus_Resumable": "1.0.0", "Upload_Length": str(len(contenu))}
    nom = base64.b64encode(b"avis.pdf").decode()
    debut = editeur("POST", "/televersements", Upload_Metadata=f"filename {nom}", **entetes)
    assert debut.status_code == 201, debut.content.decode()
    ici = debut["Location"].removeprefix("/api/v1")
    octets = {
        "Tus_Resumable": "1.0.0",
        "Upload_Offset": "0",
        "Content_Type": "application/offset+octet-stream",
    }
    assert editeur("PATCH", ici, brut=contenu, **octets).status_code == 204
    assert editeur("HEAD", ici, Tus_Resumable="1.0.0")["Upload-Offset"] == str(len(contenu))
    corps = {"type": "IDENTITE", "reference": "demandeur", "televersement": ici.rpartition("/")[2]}
    jointe = bon(editeur("POST", f"/demandes/{nud}/pieces", corps), 201)
    (lue,) = bon(editeur("GET", f"/demandes/{nud}/pieces"))
    assert (lue["id"], lue["fichier"]) == (jointe["id"], True)
    fichier = editeur("GET", f"/demandes/{nud}/pieces/{jointe['id']}/fichier")
    assert (fichier.status_code, fichier["Content-Type"]) == (200, "application/pdf")
    assert bon(
        editeur(
            "POST", f"/demandes/{nud}/pieces", {"type": "IDENTITE", "reference": "demandeur", "vue_le": JOUR}
        ),
        201,
    )
    assert editeur("POST", f"/demandes/{nud}/pieces", {"type": "IDENTITE"}).status_code == 422
    autre = editeur("POST", "/televersements", **entetes)["Location"].removeprefix("/api/v1")
    assert editeur("DELETE", autre, Tus_Resumable="1.0.0").status_code == 204
    perdu = editeur("HEAD", autre, Tus_Resumable="1.0.0")
    assert perdu.status_code == 404


def test_an_attestation_is_issued_and_opened(editeur: Editeur) -> None:
    nud = editeur("POST", "/demandes", demande()).json()["data"]["nud"]
    vide = editeur("GET", f"/demandes/{nud}/attestations", Accept="application/pdf")
    assert vide.status_code == 404
    emise = bon(editeur("POST", f"/demandes/{nud}/attestations", {}), 201)
    assert [a["reference"] for a in bon(editeur("GET", f"/demandes/{nud}/attestations"))] == [
        emise["reference"]
    ]
    for adresse, accepte in ((f"/{emise['reference']}", "*/*"), ("", "application/pdf")):
        assert (
            editeur("GET", f"/demandes/{nud}/attestations{adresse}", Accept=accepte).content[:5] == b"%PDF-"
        )
    assert editeur("GET", f"/demandes/{nud}/attestations/AAAAAAAAAAAA").status_code == 404


def test_monthly_resources_say_their_state_and_no_figure_beside(editeur: Editeur, nud: str) -> None:
    lues = bon(editeur("GET", f"/demandes/{nud}/ressources-mensuelles"))
    assert [(m["etat"], m["raison"]) for m in lues["mois"]] == [("NON_ELIGIBLE", "NIR_ABSENT")] * 3
    assert all("montant" not in m for m in lues["mois"])


def test_searches_find_and_are_told(editeur: Editeur, nud: str) -> None:
    (trouvee,) = bon(editeur("POST", "/recherches", {"texte": "Dubreuil 14/03/1987"}))
    assert (trouvee["nud"], trouvee["date_naissance"]) == (nud, "1987-03-14")
    assert bon(
        editeur("POST", "/recherches", {"criteres": {"nom": "Dubreuil", "depot": {"debut": "2026-01-01"}}})
    ) == [{"nud": nud}]
    assert editeur("POST", "/recherches", {}).status_code == 422
    (proche,) = bon(editeur("POST", "/recherches-de-doublons", {"contenu": demande()["contenu"]}))
    assert (proche["nud"], proche["demandeur"]["nom_naissance"]) == (nud, "Dubreuil")
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM journal_entree WHERE verbe = 'RECHERCHER'")
        assert curseur.fetchone() == (3,)


def test_a_close_demande_is_justified_by_its_number(editeur: Editeur, nud: str) -> None:
    refus = editeur("POST", "/demandes", demande())
    assert (refus.status_code, refus.json()["errors"][0]["code"]) == (409, "DOUBLON")
    vue = demande(doublons={"vus": [nud], "motif": "Homonyme, vu avec elle"})
    assert bon(editeur("POST", "/demandes", vue), 201)


def test_lists_are_those_of_the_register(editeur: Editeur) -> None:
    assert {"code": "T3", "libelle": "T3"} in bon(
        editeur("GET", f"/nomenclatures/ListeTypeLogement?le={JOUR}")
    )
    assert editeur("GET", "/nomenclatures/Inconnue").status_code == 404
    assert "99002" in {c["code"] for c in bon(editeur("GET", "/communes?territoire=099"))}
    assert editeur("GET", "/communes?territoire=000").status_code == 404
    assert "G0993" in {g["code"] for g in bon(editeur("GET", "/guichets?territoire=099"))}
    chiffres = {p["code"]: p for p in bon(editeur("GET", f"/parametres-publics?le={JOUR}"))}
    assert not [code for code in chiffres if code.startswith("usage_")]  # what is watched is not told
    assert (chiffres["delaiz_mois"]["valeur"], chiffres["delaiz_mois"]["unite"]) == (12, "mois")
    assert "convention_lectures_minute" in chiffres
    assert not [code for code in chiffres if "doublon" in code or "controle" in code]
    assert {s["nom"] for s in bon(editeur("GET", "/sante"))["services"]} >= {"Base adresse nationale"}
    moi = bon(editeur("GET", "/moi"))
    assert moi["guichets"] == [{"territoire": "099", "code": "G0993"}]


@pytest.mark.parametrize(
    ("adresse", "code"),
    [
        ("/adresses?q=%21%21%21%21", "RECHERCHE_VIDE"),
        ("/entreprises?q=%20%20a%20%20", "RECHERCHE_VIDE"),
        ("/entreprises?q=552100555", "RECHERCHE_VIDE"),  # a number whose key is wrong
        ("/adresses?q=rue+du+lavoir&commune=99", "FORME_STRING_PATTERN_MISMATCH"),
    ],
)
def test_a_help_that_nobody_would_be_asked_for_is_the_caller_s_to_put_right(
    editeur: Editeur, adresse: str, code: str
) -> None:
    refus = editeur("GET", adresse)
    assert (refus.status_code, refus.json()["errors"][0]["code"]) == (422, code), refus.content.decode()
    assert refus.json()["errors"][0]["meta"]["remede"]
    sans = editeur("GET", adresse.partition("?")[0] + "?q=rue+du+lavoir")
    assert (sans.status_code, sans["Retry-After"]) == (503, "30")
    assert sans.json()["errors"][0]["code"] == "AIDE_ETEINT"


def test_an_association_is_told_as_it_is(editeur: Editeur) -> None:
    adresse = {"etranger": False, "numero": "1", "voie": "rue", "code_postal": "99240", "commune": "99002"}
    contact = {"telephone_travail": "05 39 98 00 01"}
    contenu = {
        "titulaire": "ASSOCIATION",
        "association": {"nom": "Toit", "adresse_courrier": adresse, "contact": contact},
        "souhaits": demande()["contenu"]["souhaits"],
    }
    nud = bon(editeur("POST", "/demandes", demande(contenu=contenu, piece_vue=None)), 201)["nud"]
    assert bon(editeur("GET", f"/demandes/{nud}"))["contenu"] == contenu
    rien = editeur("PUT", f"/demandes/{nud}/contenu", {"contenu": contenu}, If_Match='"r1"')
    assert bon(rien)["champs"] == []


def test_what_a_role_may_not_do_is_refused_by_its_policy(editeur: Editeur, nud: str) -> None:
    assert Role.EDITEUR == "EDITEUR"
    refus = editeur("POST", f"/demandes/{nud}/radiations", {"motif": "RADATT"}, If_Match='"r1"')
    assert refus.status_code in {403, 409}
    assert refus.json()["errors"][0]["meta"]["remede"]
