"""« Qui a vu ma demande » of somebody who signed in: in the second person, contested, and what that closes."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sne.demandeurs.models import CodeConnexion, SessionDemandeur
from sne.journal.models import Entree
from sne.portail import urls_menage
from sne.registre.avis.models import Opposition
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.enquete.models.enquete import Gel
from sne.registre.rattachement import tasks
from sne.registre.rattachement.models import CodeFerme, Signalement
from sne.simulation.fournisseur.personnes import pivot
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE, NADIA, YVONNE, servie_par_le_portail
from tests.portail.test_code import code_recu, demander, distribuer, entrer, envois, lire, taper
from tests.portail.test_code import deposer as deposer_en_ligne
from tests.portail.test_connexion import deposer, se_connecter
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = pytest.mark.django_db
FORMULAIRE = "01a22300-0000-7000-8000-000000000001"


def histoire(porte: Client, demande: Demande) -> str:
    return lire(porte, f"/ma-demande/{demande.nud}/historique/")


def connexion_par_code(demande: Demande) -> Entree:
    return Entree.objects.get(demande=demande.id, verbe="SE_CONNECTER", faits__voie="CODE")


def contester(porte: Client, demande: Demande, entree: Entree, **champs: Any) -> Any:
    adresse = f"/ma-demande/{demande.nud}/historique/{entree.id}/"
    return porte.post(adresse, {"formulaire": FORMULAIRE, "contact": "06 99 88 77 66", **champs})


def traiter() -> None:
    for entree in Entree.objects.filter(verbe="SIGNALER"):
        tasks.traiter(entree_id=str(entree.id))
    connection.check_constraints()


def test_what_one_did_is_said_in_the_second_person(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    entrer(Client(), demande)
    se_connecter(porte, fc, ELODIE)
    lire(porte)
    lue = histoire(porte, demande)
    assert "Vous, par code, avez ouvert cette demande en ligne, depuis un ordinateur." in lue
    assert "Vous, avec FranceConnect, avez ouvert cette demande en ligne" in lue
    assert "Vous, avec FranceConnect, avez ouvert votre dossier." in lue
    assert "par un code reçu" in lue
    assert "Vous, avec FranceConnect, avez regardé cette liste." in histoire(porte, demande)
    for _ in range(2):
        se_connecter(porte, fc, ELODIE)
        lire(porte)
    lectures = Entree.objects.filter(demande=demande.id, verbe="CONSULTER", acteur__role="DEMANDEUR")
    assert lectures.count() == 1  # a day


def test_by_code_it_is_read_without_values_and_the_person_of_a_shared_mailbox_is_not_named(
    porte: Client,
) -> None:
    deux = f.contenu(
        demandeur=f.personne("Dubreuil", contact={"courriel": a.AVANT}),
        cotitulaires=[
            f.personne("Martin", prenoms="Paul", contact={"courriel": a.AVANT}, lien_demandeur="M")
        ],
    )
    demande = deposer_en_ligne(deux)
    entrer(porte, demande)
    lue = histoire(porte, demande)
    assert "Une personne, par code, a ouvert cette demande en ligne" in lue
    assert "Plusieurs personnes de la demande lisent l’adresse" in lue
    assert Entree.objects.get(verbe="SE_CONNECTER").acteur["role"] == "DEMANDEUR_CODE_PARTAGE"


def test_a_sign_in_that_is_contested_closes_codes_until_franceconnect_opens_them_again(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, voleur = deposer(), Client()
    entrer(voleur, demande)
    se_connecter(porte, fc, ELODIE)
    ligne = connexion_par_code(demande)
    adresse = f"/ma-demande/{demande.nud}/historique/{ligne.id}/"
    assert adresse in histoire(porte, demande)
    assert "cette page n’a rien fait" in lire(porte, adresse)
    vide = contester(porte, demande, ligne, contact="").content.decode()
    assert "Donnez un numéro de téléphone" in vide
    assert not Signalement.objects.exists()
    for _ in range(2):  # pressed twice
        assert contester(porte, demande, ligne).headers["Location"] == "/ma-demande/signalement/"
    assert "nous vous appelons avant le" in lire(porte, "/ma-demande/signalement/")
    assert voleur.get("/ma-demande/").headers["Location"] == "/connexion/?fin=oui"
    assert [lien.motif for lien in Rattachement.objects.filter(preuve="NUMERO")] == ["CONTESTE"]
    traiter()
    traiter()
    (objection,) = Opposition.objects.all()
    assert (objection.codes, objection.entree) == (["SE_CONNECTER"], ligne.id)
    assert Gel.objects.filter(demande=demande.id, leve_le=None).exists()
    demander(voleur, demande)
    distribuer()
    assert ("ACCES_GENERIQUE", a.AVANT) in envois()
    assert "Elle est fermée pour cette demande" in histoire(porte, demande)
    porte.post(f"/ma-demande/{demande.nud}/codes/", {"code": "rouvrir"})
    assert not CodeFerme.objects.filter(rouvert_le=None).exists()
    assert "Cette demande s’ouvre aussi avec son numéro et un code" in histoire(porte, demande)


def test_whoever_came_by_a_code_contests_and_their_own_session_ends(porte: Client) -> None:
    demande = deposer_en_ligne()
    entrer(porte, demande)
    assert contester(porte, demande, connexion_par_code(demande)).status_code == 302
    assert "Votre signalement est enregistré" in lire(porte, "/ma-demande/signalement/")
    assert not SessionDemandeur.objects.exists()
    traiter()
    assert Opposition.objects.count() == 1


def test_a_line_that_closes_nothing_and_lines_that_cannot_be_contested(porte: Client) -> None:
    demande = deposer_en_ligne()
    entrer(porte, demande)
    lien = Entree.objects.get(demande=demande.id, verbe="RATTACHER")
    assert contester(porte, demande, lien).status_code == 302
    assert not CodeFerme.objects.exists()
    lire(porte)
    lecture = Entree.objects.get(demande=demande.id, verbe="CONSULTER")
    assert contester(porte, demande, lecture).status_code == 404
    assert porte.get(f"/ma-demande/{demande.nud}/historique/{lecture.id}/").status_code == 404


def connexions(porte: Client, demande: Demande) -> str:
    return lire(porte, f"/ma-demande/{demande.nud}/historique/?genre=connexions")


def echecs(demande: Demande) -> list[dict[str, Any]]:
    lues = Entree.objects.filter(demande=demande.id, verbe="ECHEC_CONNEXION").order_by("inscrit_le", "id")
    return [dict(entree.faits) for entree in lues]


def noter_les_codes_faux() -> None:
    for entree in Entree.objects.filter(verbe="ECHOUER_CODE"):
        tasks.noter(entree_id=str(entree.id))
    connection.check_constraints()


def test_wrong_codes_are_counted_in_the_history_of_what_they_would_have_opened(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, voleur = deposer(), Client()
    demander(voleur, demande)
    distribuer()
    faux = f"{(int(code_recu()) + 1) % 1_000_000:06d}"
    for _ in range(3):
        taper(voleur, faux)
    voleur.post("/connexion/code/encore/")  # another code takes the place of the one that was tried
    noter_les_codes_faux()
    noter_les_codes_faux()  # the job runs twice
    assert [(e["voie"], e["cause"]) for e in echecs(demande)] == [("CODE", "CODE_FAUX")] * 3
    se_connecter(porte, fc, ELODIE)
    lue = connexions(porte, demande)
    assert "Quelqu’un a tapé un code faux pour ouvrir cette demande en ligne 3 fois, le" in lue
    assert "Vous, avec FranceConnect, avez ouvert cette demande en ligne" in lue
    assert "a enregistré votre demande" not in lue
    assert "Quelqu’un a tapé" not in lire(porte, f"/ma-demande/{demande.nud}/historique/?genre=changements")
    (derniere,) = Entree.objects.filter(verbe="ECHEC_CONNEXION").order_by("-inscrit_le", "-id")[:1]
    assert a.AVANT not in str(derniere.__dict__)
    assert f"/historique/{derniere.id}/" in lue
    assert contester(porte, demande, derniere).status_code == 302
    assert CodeFerme.objects.filter(demande=demande.id, rouvert_le=None).exists()
    traiter()
    assert Opposition.objects.get().codes == ["ECHEC_CONNEXION"]


def test_a_code_that_opens_nothing_leaves_no_line(porte: Client) -> None:
    demande = deposer_en_ligne()
    demander(porte, demande, "personne@exemple.fr")
    taper(porte, "123456")
    noter_les_codes_faux()
    assert not echecs(demande)
    CodeConnexion.objects.all().delete()  # the night came first
    noter_les_codes_faux()
    assert not echecs(demande)


def test_a_code_asked_for_a_demande_that_it_does_not_open_is_told(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, par_code = deposer(), Client()
    demander(par_code, demande)
    distribuer()
    se_connecter(porte, fc, ELODIE)
    porte.post(f"/ma-demande/{demande.nud}/codes/")
    assert "ne convient pas" in taper(par_code, code_recu()).content.decode()
    demander(par_code, demande)
    distribuer()
    assert [e["cause"] for e in echecs(demande)] == ["FERMEE", "FERMEE"]
    assert "qui ne s’ouvrait pas par code 2 fois" in connexions(porte, demande)


def test_what_a_session_may_not_do_is_told_once_for_each_kind_of_act(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, par_code = deposer(), Client()
    entrer(par_code, demande)
    for adresse in ("codes", "codes", "mes-donnees"):
        assert par_code.post(f"/ma-demande/{demande.nud}/{adresse}/").status_code == 403
    refus = Entree.objects.filter(demande=demande.id, verbe="REFUSER_ACCES")
    assert [dict(e.faits) for e in refus.order_by("inscrit_le", "id")] == [
        {"niveau": "CODE", "geste": "FERMER_AU_CODE"},
        {"niveau": "CODE", "geste": "EXPORTER"},
    ]
    autre = Client()
    entrer(autre, demande)
    autre.post(f"/ma-demande/{demande.nud}/codes/")
    assert refus.count() == 3  # another session
    se_connecter(porte, fc, ELODIE)
    lue = connexions(porte, demande)
    assert "Vous, par code, avez demandé à changer la connexion par code." in lue
    assert "Vous, par code, avez demandé à télécharger toutes les données." in lue


def test_a_helper_contests_nothing(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    se_connecter(porte, fc, YVONNE)
    lien = Entree.objects.get(demande=demande.id, verbe="RATTACHER")
    assert contester(porte, demande, lien).status_code == 403
    assert porte.post(f"/ma-demande/{demande.nud}/codes/").status_code == 403


def test_codes_are_refused_at_will_by_the_person_alone(porte: Client, fc: Fournisseur) -> None:
    demande, par_code = deposer(), Client()
    entrer(par_code, demande)
    assert par_code.post(f"/ma-demande/{demande.nud}/codes/").status_code == 403
    se_connecter(porte, fc, ELODIE)
    for _ in range(2):
        assert porte.post(f"/ma-demande/{demande.nud}/codes/").status_code == 302
    assert CodeFerme.objects.count() == 1
    assert par_code.get("/ma-demande/").status_code == 302
    demander(par_code, demande)
    distribuer()
    assert ("ACCES_GENERIQUE", a.AVANT) in envois()
    for _ in range(2):
        porte.post(f"/ma-demande/{demande.nud}/codes/", {"code": "rouvrir"})
    assert Entree.objects.filter(verbe="ROUVRIR_AU_CODE").count() == 1
    assert Client().post(f"/ma-demande/{demande.nud}/codes/").status_code == 302  # to sign in


def test_the_whole_is_kept_in_a_file_by_its_holder_alone(porte: Client, fc: Fournisseur) -> None:
    demande, par_code = deposer(), Client()
    entrer(par_code, demande)
    adresse = f"/ma-demande/{demande.nud}/historique/copie/"
    assert par_code.post(adresse, {"format": "csv"}).status_code == 403
    assert "Garder une copie" not in histoire(par_code, demande)
    se_connecter(porte, fc, ELODIE)
    assert "Garder une copie" in histoire(porte, demande)
    pdf = porte.post(adresse, {"format": "pdf"})
    assert pdf.content.startswith(b"%PDF")
    csv = porte.post(adresse, {"format": "csv"})
    assert csv.headers["Content-Disposition"] == f'attachment; filename="historique-{demande.nud}.csv"'
    assert "Vous, par code, avez ouvert" in b"".join(csv).decode("utf-8-sig")
    assert "avez enregistré une copie de cette liste." in histoire(porte, demande)


MARIEE = pivot("elodie", "", ("Élodie Anne", "DUBREUIL", "1987-03-15", "female", "76540"))


def test_one_trait_in_another_way_asks_for_a_code_and_gives_less(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer()
    fc.profil = fc.profil.__class__(**{**vars_de(fc.profil), "personnes": (MARIEE, NADIA)})
    se_connecter(porte, fc, MARIEE)
    refuse = porte.post("/ma-demande/", {"numero": demande.nud}).content.decode()
    assert "Nous ne pouvons pas ouvrir cette demande ici" in refuse
    demander(porte, demande)
    distribuer()
    assert taper(porte, code_recu()).headers["Location"] == "/ma-demande/"
    lue = lire(porte)
    assert "Votre demande est enregistrée et active" in lue
    assert "n’est pas écrit de la même façon" in lue
    (lien,) = Rattachement.objects.all()
    assert (lien.preuve, lien.ecarts) == ("NUMERO", ["NAISSANCE"])
    assert reverse("historique", args=[demande.nud]) in lue


def test_somebody_else_opens_nothing_with_a_code_in_their_own_session(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer()
    se_connecter(porte, fc, NADIA)
    demander(porte, demande)
    distribuer()
    assert taper(porte, code_recu()).headers["Location"] == "/ma-demande/?ailleurs=oui"
    assert "Un guichet peut vérifier votre état civil" in lire(porte, "/ma-demande/?ailleurs=oui")
    assert not Rattachement.objects.exists()


def vars_de(profil: Any) -> dict[str, Any]:
    return {nom: getattr(profil, nom) for nom in profil.__dataclass_fields__}


@pytest.mark.django_db(transaction=True)
def test_all_of_it_is_done_with_the_rights_of_the_portal_alone(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, par_code = deposer(), Client()
    demander(par_code, demande)
    distribuer()
    code = code_recu()
    with servie_par_le_portail():
        taper(par_code, code)
        se_connecter(porte, fc, ELODIE)
        histoire(porte, demande)
        for format_ in ("pdf", "csv"):
            copie = porte.post(f"/ma-demande/{demande.nud}/historique/copie/", {"format": format_})
            assert copie.status_code == 200
        assert contester(porte, demande, connexion_par_code(demande)).status_code == 302
        assert porte.post(f"/ma-demande/{demande.nud}/codes/", {"code": "rouvrir"}).status_code == 302
    traiter()
    assert Opposition.objects.count() == 1


ECRITES = """
SELECT relname, ARRAY[n_tup_ins, n_tup_upd, n_tup_del] FROM pg_stat_xact_user_tables
WHERE relname NOT LIKE 'journal%' AND n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def ecrites() -> dict[str, Any]:
    """What this transaction, which is the whole test, wrote of each table; of the journal, all but readings."""
    with connection.cursor() as curseur:
        curseur.execute(ECRITES)
        return dict(curseur.fetchall()) | {
            "actes": Entree.objects.exclude(verbe__startswith="CONSULTER").count()
        }


def test_opening_an_address_writes_nothing_but_readings(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    demander(porte, demande)
    se_connecter(porte, fc, ELODIE)
    lien = Entree.objects.get(demande=demande.id, verbe="RATTACHER")
    valeurs = {"nud": demande.nud, "entree": lien.id, "reference": "7KMR-W3XQ-9TFA", "code": "souhaits"}
    valeurs["territoire"], valeurs["reste"] = "099", "ma-demande/"
    valeurs["requete"] = valeurs["mandat"] = valeurs["cle"] = lien.id
    avant = ecrites()
    for adresse in urls_menage.urlpatterns:
        noms = adresse.pattern.converters
        chemin = reverse(str(adresse.name), kwargs={nom: valeurs[nom] for nom in noms})
        for methode in (porte.get, porte.head):
            assert methode(chemin).status_code in {200, 302, 400, 404, 405, 412}, chemin
    assert ecrites() == avant
