"""What one may not read leaves no trace anywhere: every answer is the same, to the byte, with it and without it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from sne.habilitations.models import Compte
from sne.notifications.models import MessageAgent
from sne.programme.actions.decider import Question, mettre_au_vote, voter
from sne.recherche.actions import refaire_les_formes
from sne.site_pro.actions.rappeler import rappeler_les_pages
from sne.site_pro.actions.rediger import Reponse, commencer, repondre
from sne.site_pro.actions.tenir import regler_page, retirer_page
from sne.site_pro.models import BrouillonPage, Issue
from sne.site_pro.tasks import dessiner_les_documents
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from tests.habilitations import factories as comptes

SECRETES = (
    "securite/ornithorynque",
    "securite/ancienne",
    "securite/retiree",
    "securite/demain",
    "securite/memo",
)
ADRESSES = (
    "/aide/",
    "/aide/glossaire/",
    "/aide/theme/securite/",
    "/aide/theme/vie/",
    "/aide/documents/",
    "/aide/documents/?theme=securite",
    "/aide/documents/memo/document.pdf",
    "/aide/chercher/?q=renouveler",
    "/aide/chercher/?q=renouveler&theme=securite&genre=PDF",
    "/aide/chercher/?q=ornithorynque",
    "/aide/chercher/?q=ornitorynque",
    "/aide/chercher/?q=seuils+demande",
    "/aide/proposer/?q=orni",
    "/aide/proposer/?q=ornitorin",
    "/aide/decisions/",
    "/aide/decisions/D-2026-01/",
    "/plan-du-site/",
    *(f"/aide/{adresse}/" for adresse in SECRETES),
)
EN_ATTENTE = ("a-relire", "renvoyee", "programmee", "brouillon")
"""Pages that nobody reads yet: only their author and who publishes know of them."""
AVIS = ("ornithorynque", "retiree", "demain", "memo")


A_ECRIRE = (
    "/aide/redaction/",
    "/aide/redaction/a-relire/",
    "/aide/redaction/pages/",
    "/aide/redaction/calendrier/",
    "/aide/redaction/signalements/",
    "/aide/redaction/mes-signalements/",
    "/aide/redaction/recherche/",
    "/assistance/proposer/?q=ornithorynque",
    *(
        f"/aide/redaction/page/{code}/{suite}"
        for code in EN_ATTENTE
        for suite in ("", "1/", "retirer/", "regler/")
    ),
)
"""What who writes is shown besides."""
ECRIRE = tuple(
    f"/aide/redaction/page/{code}/{geste}/" for code in EN_ATTENTE for geste in ("modifier", "verifier")
)


def vues(client: Client, *, ecrit: bool = False) -> dict[str, tuple[int, str, bytes]]:
    """Status, where it leads and body of each address, without what changes at each answer."""
    reponses = {adresse: client.get(adresse) for adresse in (*ADRESSES, *(A_ECRIRE if ecrit else ()))}
    reponses |= {code: client.post(f"/aide/avis/{code}/1/", {"utile": "oui"}) for code in AVIS}
    if ecrit:
        reponses |= {geste: client.post(geste) for geste in ECRIRE}
        question = {"categorie": "QUESTION", "titre": "Ornithorynque", "corps": "Un ornithorynque."}
        reponses["relue"] = client.post("/assistance/nouvelle/", {"etape": "relire", **question})
    propre = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|data-reg-fin="[0-9]+"')
    return {
        nom: (r.status_code, r.headers.get("Location", ""), propre.sub(b"", r.content))
        for nom, r in reponses.items()
    }


@pytest.fixture
def scene(publier, publieur):
    """One page for everybody and a decision open to votes, then what is for others, page after page."""
    hier = maintenant() - timedelta(days=1)
    publier(le=hier, theme="vie", corps="## Quand\nLa demande, tous les ans.")
    du = jour(maintenant())
    decision = mettre_au_vote(
        Question(
            titre="Le rythme",
            pourquoi="On le demande.",
            instance="SEANCE",
            options="Quatre\nSix",
            vote_du=du,
            vote_au=du,
        ),
        acte=Acte(publieur, maintenant()),
    )
    refaire_les_formes(maintenant())

    def cacher() -> None:
        secrete = {
            "le": hier,
            "theme": "securite",
            "acces": ["pro"],
            "corps": "Seuils, ornithorynque, demande.",
        }
        for adresse in SECRETES:
            dits = {"adresse": adresse, "titre": f"Renouveler ornithorynque {adresse}"} | secrete
            if adresse.endswith("demain"):
                dits |= {"acces": ["*"], "effet_le": maintenant() + timedelta(days=1)}
            page = publier(genre="DOC" if adresse.endswith("memo") else "FICHE", **dits).page
            acte = Acte(publieur, maintenant())
            if adresse.endswith("ancienne"):
                regler_page(
                    page.code,
                    adresse="securite/neuve",
                    proprietaire=page.proprietaire,
                    verifier_mois=6,
                    acte=acte,
                )
            if adresse.endswith("retiree"):
                retirer_page(page.code, "Dépassée", acte=acte)
        dessiner_les_documents()
        gt = comptes.acteur(comptes.creer_gestionnaire())
        voter(decision.code, {1: "A"}, acte=Acte(gt, maintenant()))
        refaire_les_formes(maintenant())

    return cacher


def test_nothing_changes_for_who_may_not_read(scene) -> None:
    inconnu, ailleurs = Client(), comptes.connecter(Client(), comptes.creer_personne())
    avant = [vues(client) for client in (inconnu, ailleurs)]
    scene()
    for client, attendues in zip((inconnu, ailleurs), avant, strict=True):
        lues = vues(client)
        for nom, attendue in attendues.items():
            assert lues[nom] == attendue, nom
    agent = comptes.connecter(Client(), comptes.creer_agent())
    changees = vues(agent)
    assert changees["/aide/documents/memo/document.pdf"][0] == 200
    assert b"ornithorynque" in changees["/aide/theme/securite/"][2]
    assert changees["/aide/securite/ancienne/"][:2] == (301, "/aide/securite/neuve/")
    assert changees["/aide/securite/retiree/"][0] == 410
    assert b"territoire</strong>" not in changees["/aide/decisions/D-2026-01/"][2]


def test_nothing_is_known_of_what_is_not_online_yet(proposer, publier, publieur, redacteur) -> None:
    """To an agent and a manager, who write too: no list, no search, no proposal, no mail, no answer that differs."""
    le = maintenant() - timedelta(hours=1)
    publier(le=le - timedelta(days=1), theme="vie")
    gens = [comptes.creer_agent(), comptes.creer_gestionnaire()]
    clients = [comptes.connecter(Client(), compte) for compte in gens]
    avant = [vues(client, ecrit=True) for client in clients]
    secrete = {"titre": "Un ornithorynque", "theme": "vie", "corps": "Ornithorynque."}
    for code in EN_ATTENTE[:3]:
        revision = proposer(le=le, adresse=f"vie/{code}", **secrete)
        if code == "renvoyee":
            repondre(revision.id, Reponse(Issue.RENVOYEE, "Ornithorynque"), acte=Acte(publieur, le))
        if code == "programmee":
            demain = maintenant() + timedelta(days=1)
            repondre(revision.id, Reponse(Issue.PUBLIEE, effet_le=demain), acte=Acte(publieur, le))
    commencer(None, {"adresse": "vie/brouillon", **secrete}, acte=Acte(redacteur, le))
    refaire_les_formes(maintenant())
    rappeler_les_pages(acte=Acte(publieur, maintenant() + timedelta(days=300)))
    for client, attendues in zip(clients, avant, strict=True):
        lues = vues(client, ecrit=True)
        for nom, attendue in attendues.items():
            assert lues[nom] == attendue, nom
    assert not MessageAgent.objects.filter(compte__in=[compte.id for compte in gens]).exists()
    assert not BrouillonPage.objects.filter(auteur__in=[compte.id for compte in gens]).exists()
    tient = comptes.connecter(Client(), Compte.objects.get(id=publieur.id))
    assert b"ornithorynque" in tient.get("/aide/redaction/a-relire/").content
    assert b"ornithorynque" in tient.get("/aide/redaction/calendrier/").content
