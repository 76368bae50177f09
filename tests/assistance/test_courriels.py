"""Answers by e-mail, in the shapes of real programs, through the box of returns: whose they are, what is kept."""

import base64
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django.test
import pytest
from click.testing import CliRunner

from sne.assistance.actions.courriels import classer_courriel, oublier_les_courriels
from sne.assistance.actions.fil import USAGE
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.actions.passer import passer
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.handlers import recevoir_reponse
from sne.assistance.models import CourrielRecu, Ticket, TicketMessage
from sne.assistance.rules.courriels import PREFIXE, adresse_de_reponse
from sne.assistance.rules.reception import LU_MAX, SUITE, TEXTE_MAX, lire_courriel, mots_gardes
from sne.assistance.selectors.courriels import lie_a, list_a_rattacher
from sne.cli.commandes.courriels import relever
from sne.habilitations.models import Compte, Habilitation
from sne.notifications.envois.courriels import Courriel, construire
from sne.notifications.models import MessageAgent
from sne.notifications.rendu import Texte
from sne.notifications.selectors import lire_chiffre
from sne.socle.acte import Acte
from sne.socle.chiffrement import cle_pour, dechiffrer
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import jour
from sne.textes.rules import MASQUE
from tests.assistance.conftest import LE
from tests.habilitations import factories as comptes

NIR = "1 85 05 78 006 084 36"
EXEMPLES = Path(__file__).parent / "courriels"
DE_PERSONNES = ("gmail", "outlook", "thunderbird", "android", "dans-le-texte")
ANDROID = (
    "Oui, c’est toujours vide.\n\nEnvoyé depuis mon appareil Galaxy\n\n\n-------- Message d'origine --------\n"
    "De : Demande de logement social <assistance@exemple.fr>\nDate : 24/11/2026 10:02 (GMT+01:00)\n"
    "À : Awa Diarra\nObjet : Demande d’assistance\n\n——— Répondez au-dessus de cette ligne ———\n"
)


def courriel(nom: str, *, de: str, a: str, n: str = "1") -> bytes:
    lu = (EXEMPLES / f"{nom}.eml").read_text("utf-8")
    b64 = base64.encodebytes(ANDROID.encode()).decode()
    for marque, valeur in (("{DE}", de), ("{A}", a), ("{N}", n), ("{B64}", b64)):
        lu = lu.replace(marque, valeur)
    return lu.encode("utf-8")


def adresse(ticket: Ticket, compte_id) -> str:
    return adresse_de_reponse(ticket.id, compte_id, cle=cle_pour(USAGE), domaine="exemple.fr")


def recevoir(octets: bytes, *, le=LE) -> str:
    return recevoir_reponse(octets, survenu_le=le, limites=lambda: pytest.fail("no file"))


@pytest.fixture
def au_niveau_2(demander, gt) -> Callable[[], Ticket]:
    """A ticket of the agent that the second level has."""

    def faire() -> Ticket:
        ticket = demander()
        passer(ticket.numero, "N2", "Je ne sais pas.", acte=Acte(gt, LE))
        return ticket

    return faire


@pytest.fixture
def pose(demander, gt) -> Ticket:
    """A ticket whose author is asked something."""
    ticket = demander()
    ecrire(ticket.numero, Ecrit(corps="Et ce matin ?", suite="ATTENTE_DEMANDEUR"), acte=Acte(gt, LE))
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def de(agent) -> str:
    return Compte.objects.get(pk=agent.id).courriel


def test_answers_of_usual_programs_are_added_without_what_they_quote(pose, agent, de, tmp_path) -> None:
    for n, nom in enumerate(DE_PERSONNES):
        (tmp_path / f"{n}.eml").write_bytes(courriel(nom, de=de, a=adresse(pose, agent.id)))
    for nom in ("retour", "absence"):
        (tmp_path / f"{nom}.eml").write_bytes(courriel(nom, de=de, a=adresse(pose, agent.id)))
    sortie = CliRunner().invoke(relever, [str(tmp_path), "--json"], catch_exceptions=False)
    assert '"reponses": 5' in sortie.output
    assert '"automatiques": 2' in sortie.output
    assert [f for f in tmp_path.rglob("*") if f.is_file()] == []  # its words are in the ticket, masked
    assert not CourrielRecu.objects.filter(lu__isnull=False).exists()
    recus = list(TicketMessage.objects.filter(canal="COURRIEL").order_by("inscrit_le", "id"))
    assert [m.cote for m in recus] == ["AUTEUR"] * 5
    assert [m.corps.splitlines()[0].partition(" Mon NIR")[0] for m in recus] == [
        "Oui, c’est toujours vide."
    ] * 5
    for m in recus:
        assert "Bonjour" not in m.corps
        assert "a écrit" not in m.corps
        assert "006 084" not in m.corps + m.html + m.brut
    assert "masqué" in recus[0].corps
    pose.refresh_from_db()
    assert pose.statut == "EN_COURS"


def test_one_message_is_taken_once(pose, agent, de) -> None:
    lu = courriel("thunderbird", de=de, a=adresse(pose, agent.id))
    assert [recevoir(lu), recevoir(lu)] == ["PRIS", "PRIS"]
    assert TicketMessage.objects.filter(canal="COURRIEL").count() == 1


def test_neither_a_subject_nor_anothers_token_opens_a_ticket(pose, agent, collegue, de, n2) -> None:
    sien = adresse(pose, agent.id)
    faux = adresse(pose, collegue.id)
    autre = Compte.objects.get(pk=collegue.id).courriel
    cas = [
        (de, faux),
        (autre, sien),
        (autre, faux),
        ("inconnu@exemple.fr", sien),
        (de, "reponse+x@exemple.fr"),
    ]
    for n, (qui, ou) in enumerate(cas):
        assert recevoir(courriel("thunderbird", de=qui, a=ou, n=str(n))) == "A_RATTACHER", (qui, ou)
    assert recevoir(courriel("thunderbird", de=de, a="assistance@exemple.fr", n="z")) == "AUTRE"
    assert not TicketMessage.objects.filter(canal="COURRIEL").exists()
    restants = list_a_rattacher()
    assert len(restants) == len(cas)
    with pytest.raises(NonHabilite):
        classer_courriel(restants[0].id, acte=Acte(agent, LE))
    classer_courriel(restants[0].id, acte=Acte(n2, LE))
    with pytest.raises(Introuvable):
        classer_courriel(restants[0].id, acte=Acte(n2, LE))
    with pytest.raises(Introuvable):
        classer_courriel(restants[1].id, pose.numero, acte=Acte(n2, LE))  # not theirs to read
    oublier_les_courriels(acte=Acte(n2, LE + timedelta(days=31)))
    assert list_a_rattacher() == ()


def test_an_e_mail_is_tied_to_a_ticket_that_its_reader_answers(pose, agent, n2, au_niveau_2) -> None:
    recevoir(courriel("thunderbird", de="inconnu@exemple.fr", a=adresse(pose, agent.id)))
    (restant,) = list_a_rattacher()
    sien = ouvrir_ticket(NouveauTicket(categorie="EVOLUTION", titre="Une idée", corps="x"), acte=Acte(n2, LE))
    with pytest.raises(NonHabilite):
        classer_courriel(restant.id, sien.numero, acte=Acte(n2, LE))  # theirs to read, not to answer
    clos = au_niveau_2()
    Ticket.objects.filter(pk=clos.pk).update(statut="CLOS", resolu_le=LE)
    with pytest.raises(Interdit, match="terminée"):
        classer_courriel(restant.id, clos.numero, acte=Acte(n2, LE))
    tenu = au_niveau_2()
    classer_courriel(restant.id, tenu.numero, acte=Acte(n2, LE))
    assert tenu.courriels.get().lu is None
    note = tenu.messages.get(canal="COURRIEL")
    assert note.interne
    assert note.corps == "Courriel de inconnu@exemple.fr, rattaché à la main.\n\nOui, c’est toujours vide."


def test_what_no_ticket_took_is_kept_masked_until_somebody_has_seen_to_it(pose, agent) -> None:
    lu = courriel("gmail", de="inconnu@exemple.fr", a=adresse(pose, agent.id))
    lu = re.sub(rb"(?m)^Subject: .*$", f"Subject: NIR {NIR}".encode(), lu)
    assert recevoir(lu) == "A_RATTACHER"
    (restant,) = list_a_rattacher()
    assert (restant.expediteur, restant.objet) == ("inconnu@exemple.fr", f"NIR {MASQUE}")
    assert restant.texte == f"Oui, c’est toujours vide. Mon NIR {MASQUE}.\n\nAwa"
    garde = CourrielRecu.objects.get()
    assert "006 084" not in dechiffrer(bytes(garde.lu), lie_a=lie_a(garde.id)).decode()


@pytest.mark.parametrize(
    "ligne", ["Bilan\n=====", "# Bilan", "::: Bilan", "|  |  |\n|---|---|", "# ~~~\n~~~\n# Bilan"]
)
def test_words_that_no_page_would_take_are_shown_as_they_came(pose, de, n2, au_niveau_2, ligne: str) -> None:
    """Taken, or tied by hand: nobody wrote them for our pages."""

    def envoyer(qui: str, n: str) -> str:
        lu = courriel("thunderbird", de=qui, a=adresse(pose, pose.demandeur), n=n).decode()
        return recevoir(lu.replace("Oui, c’est toujours vide.", f"{ligne}\n\nVide.").encode())

    tenu = au_niveau_2()
    assert [envoyer(de, "1"), envoyer("inconnu@exemple.fr", "2")] == ["PRIS", "A_RATTACHER"]
    classer_courriel(list_a_rattacher()[0].id, tenu.numero, acte=Acte(n2, LE))
    for html in (un.messages.get(canal="COURRIEL").html for un in (pose, tenu)):
        assert "<pre><code>" in html
        assert "Vide.\n</code></pre>" in html


def test_words_too_long_to_be_kept_are_said_to_be_cut(pose, agent) -> None:
    brut = courriel("thunderbird", de="inconnu@exemple.fr", a=adresse(pose, agent.id)).decode()
    for longueur, dite in ((TEXTE_MAX, ""), (TEXTE_MAX + 1, SUITE)):
        lu = lire_courriel(
            brut.replace("Oui, c’est toujours vide.", "a" * longueur).encode(),
            prefixe=PREFIXE,
            nous="x@exemple.fr",
        )
        assert lu is not None
        assert mots_gardes(lu)["texte"] == "a" * TEXTE_MAX + dite


def test_those_that_are_not_shown_yet_are_counted(pose, agent, n2, monkeypatch) -> None:
    for n in "123":
        recevoir(courriel("thunderbird", de="inconnu@exemple.fr", a=adresse(pose, agent.id), n=n))
    client = django.test.Client()
    comptes.connecter(client, Compte.objects.get(pk=n2.id))
    assert "pour les lire" not in client.get("/assistance/courriels/").content.decode()
    monkeypatch.setattr("sne.assistance.selectors.courriels.AU_PLUS", 1)
    page = client.get("/assistance/courriels/").content.decode()
    assert page.count("<article") == 1
    assert "2\u00a0autres attendent&nbsp;: classez ceux-ci pour les lire." in page


def test_a_number_that_is_none_stays_beside_its_e_mail_as_typed(pose, agent, n2) -> None:
    for n in "12":
        recevoir(courriel("thunderbird", de="inconnu@exemple.fr", a=adresse(pose, agent.id), n=n))
    premier, second = list_a_rattacher()
    client = django.test.Client()
    comptes.connecter(client, Compte.objects.get(pk=n2.id))

    def classer(lequel: object, numero: str) -> str:
        reponse = client.post(
            "/assistance/courriels/", {"courriel": str(lequel), "numero": numero}, follow=True
        )
        assert reponse.status_code == 200
        return str(reponse.content.decode())

    page = classer(second.id, "a-2026-999999")
    assert re.findall(
        r'id="n-(\d)"[^>]* value="a-2026-999999" aria-invalid="true" aria-describedby="e-2"', page
    ) == ["2"]
    assert '<p class="fr-error-text" id="e-2">Aucune demande d’assistance sous ce numéro' in page
    sien = ouvrir_ticket(NouveauTicket(categorie="EVOLUTION", titre="Une idée", corps="x"), acte=Acte(n2, LE))
    assert "Seul le niveau qui a cette demande y répond." in classer(second.id, sien.numero)
    assert "Choisissez dans la liste" in classer("x", "")
    assert "Le courriel est classé" in classer(premier.id, "")
    assert "n’attend plus rien" in classer(premier.id, "")
    assert list_a_rattacher() == (second,)


def test_who_reads_it_no_more_answers_it_no_more(pose, gt, agent, de) -> None:
    passer(pose.numero, "DPO", "Une fuite.", acte=Acte(gt, LE))
    courriel_gt = Compte.objects.get(pk=gt.id).courriel
    assert recevoir(courriel("gmail", de=courriel_gt, a=adresse(pose, gt.id))) == "A_RATTACHER"
    Habilitation.objects.filter(compte=agent.id).update(fin=jour(LE))
    comptes.dire_les_retraits(Compte.objects.get(pk=agent.id))
    assert recevoir(courriel("gmail", de=de, a=adresse(pose, agent.id), n="2")) == "A_RATTACHER"
    assert CourrielRecu.objects.filter(motif="REFUSE").count() == 2


def test_a_mail_answers_its_thread_and_says_nothing_of_it(pose, agent) -> None:
    message = MessageAgent.objects.get()
    contexte = lire_chiffre(message, "contexte")
    assert contexte["repondre_a"].partition("@")[0] == adresse(pose, agent.id).partition("@")[0]
    assert len(contexte["repondre_a"].partition("@")[0]) <= 64
    bati = construire(
        Courriel(
            "a@exemple.fr",
            Texte("Objet", "t", "<p>t</p>"),
            "r@exemple.fr",
            "ref",
            repondre_a=contexte["repondre_a"],
            fil=contexte["fil"],
        )
    ).message()
    assert bati["Reply-To"] == contexte["repondre_a"]
    assert bati["In-Reply-To"] == bati["References"] == contexte["fil"]
    assert bati["Message-ID"] != contexte["fil"]


def test_what_a_program_writes_askew_is_taken_all_the_same(pose, agent, de) -> None:
    """A charset that is none, identifiers that name nothing, a sign that no database keeps."""
    tete = f"From: {de}\r\nTo: {adresse(pose, agent.id)}\r\nMIME-Version: 1.0\r\n"
    askew = [
        f"{tete}Message-ID: <1@exemple.fr>\r\nContent-Type: text/plain; charset=x-nul\r\n\r\nOui, c’est vide.",
        f"{tete}Message-ID: <>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nToujours vide.",
        f"{tete}Message-ID: <>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEncore\0 vide.",
    ]
    assert [recevoir(lu.encode()) for lu in askew] == ["PRIS"] * 3
    recus = TicketMessage.objects.filter(canal="COURRIEL").order_by("inscrit_le", "id")
    assert [m.corps for m in recus] == ["Oui, c’est vide.", "Toujours vide.", "Encore vide."]


def test_a_null_sign_is_in_no_address_nor_name() -> None:
    a = "reponse+" + "a" * 42 + "@exemple.fr"
    joint = (
        f"From: a\0@exemple.fr\r\nTo: {a}\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a\0.pdf"\r\n\r\n'
        "%PDF\r\n--b--\r\n"
    )
    lu = lire_courriel(joint.encode(), prefixe="reponse+", nous="nous@exemple.fr")
    assert lu is not None
    assert (lu.expediteur, [p.nom for p in lu.pieces]) == ("a@exemple.fr", ["a.pdf"])


@pytest.mark.parametrize(
    ("genre", "corps"),
    [
        ("plain", "Oui.\nSent from " + " " * 60_000 + "\nx"),
        ("html", "<p>Oui.</p>" + "<div>" * 100_000),
        ("plain", ("Le " + "a" * 157 + "\n") * 40_000),
    ],
    ids=["spaces", "nested", "quotes"],
)
def test_what_is_made_to_be_long_to_read_holds_nobody(genre: str, corps: str) -> None:
    a = "reponse+" + "a" * 42 + "@exemple.fr"
    tete = f"From: a@exemple.fr\r\nTo: {a}\r\nContent-Type: text/{genre}; charset=utf-8\r\n\r\n"
    debut = time.process_time()
    lu = lire_courriel(f"{tete}{corps}".encode(), prefixe="reponse+", nous="nous@exemple.fr")
    assert time.process_time() - debut < 5
    assert lu is not None
    assert lu.texte.endswith(SUITE.strip()) == (len(corps) > LU_MAX)


def test_an_html_only_or_empty_mail_is_read() -> None:
    a = "reponse+" + "a" * 42 + "@exemple.fr"
    tete = f"From: a@exemple.fr\r\nTo: {a}\r\nMIME-Version: 1.0\r\n"
    html = f"{tete}Content-Type: text/html; charset=utf-8\r\n\r\n<p>Oui &amp; non</p><script>x</script>"
    lu = lire_courriel(html.encode(), prefixe="reponse+", nous="nous@exemple.fr")
    assert lu is not None
    assert (lu.texte, lu.jetons, lu.automatique) == ("Oui & non", ("a" * 42,), False)
    joint = (
        f"{tete}Content-Type: multipart/mixed; boundary=b\r\nPrecedence: bulk\r\n\r\n--b\r\n"
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n"
    )
    lu = lire_courriel(joint.encode(), prefixe="reponse+", nous="a@exemple.fr")
    assert lu is not None
    assert (lu.texte, [(p.nom, p.octets) for p in lu.pieces], lu.automatique) == (
        "",
        [("a.pdf", b"%PDF")],
        True,
    )
