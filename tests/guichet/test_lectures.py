"""« A ouvert votre dossier » is told once: a form that comes back tells nothing again, and hides nothing."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from sne.guichet import urls
from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import Identite
from sne.registre.faits.models import Evenement
from sne.registre.faits.rules.faits import NatureFait
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_dpo, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter
from tests.registre.faits.faits import consigner
from tests.registre.identite.changements_identite import modifier
from tests.registre.pieces import pieces as p

LECTURES = ("CONSULTER", "CONSULTER_SANTE")
GUICHET = Path(urls.__file__).parent
PAGES_LUES = {"depot/views/egalite.py", "lecture/views/fiche.py", "lecture/views/passe.py", "lecture/lire.py"}
"""Where a file is opened by a page that is only asked for; every other page goes through the last one."""


def lectures() -> int:
    return Entree.objects.filter(verbe__in=LECTURES).count()


def motifs(lesquels: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for motif in lesquels:
        if isinstance(motif, URLResolver):
            yield from motifs(motif.url_patterns)
        else:
            yield motif


def du_guichet(motif: URLPattern) -> bool:
    return str(getattr(motif.callback, "__module__", "")).startswith("sne.guichet")


@pytest.fixture
def valeurs(compte: Compte) -> dict[str, object]:
    """A file on which everything that a page may be about is there, by the name of the part of an address."""
    agent = f.creer_acteur(guichet="G0993")
    recu = f.deposer(
        acteur=agent,
        le=f.ANCIEN,
        date_reception=f.ANCIEN.date(),
    )
    demande = Demande.objects.get(id=recu.demande_id)
    modifier(demande.id, agent, traits={"nom_naissance": "Zimmer"})
    consigner(NatureFait.EVENEMENT, demande.id)
    requete = RequeteAnteriorite.objects.create(
        territoire="099",
        demande=demande,
        date_demandee=f.ANCIEN.date().replace(year=2024),
        motif="Cachet de la poste",
        auteur=agent.id,
        guichet="G0993",
        survenu_le=f.MAINTENANT,
    )
    return {
        "nud": demande.nud,
        "identite_id": Identite.objects.get(demande=demande, voie="CONTROLE").id,
        "piece_id": p.joindre(demande.id),
        "fait_id": Evenement.objects.get(demande=demande).id,
        "requete_id": requete.id,
        "enquete_id": enqueter(demande.id),
        "demande_id": demande.id,
        "code": "G0993",
        "bloc": "coordonnees",
        "nature": "evenement",
        "etape": "personne",
        "page": "identite",
        "numero": 1,
        "rang": 1,
        "premiere": 1,
        "combien": 1,
    }


def adresses(valeurs: dict[str, object]) -> Iterator[str]:
    """Every page of the counter about that file, or about something of it."""
    for motif in filter(du_guichet, motifs(get_resolver().url_patterns)):
        parties = {nom: valeurs.get(nom, uuid.uuid4()) for nom in motif.pattern.converters}
        if parties.keys() & {"nud", "identite_id", "piece_id", "fait_id", "requete_id", "demande_id"}:
            try:
                yield reverse(str(motif.name), kwargs=parties)
            except NoReverseMatch:  # two patterns of one name, or a part of another shape
                continue


def test_aucun_formulaire_ne_dit_une_lecture_de_plus(agent: Client, valeurs: dict[str, object]) -> None:
    personnes = {"agent": agent} | {
        nom: connecter(Client(), creer(le=f.MAINTENANT))
        for nom, creer in {
            "responsable": creer_responsable,
            "gt": creer_gestionnaire,
            "dpo": creer_dpo,
        }.items()
    }
    essayees, lues = 0, 0
    for adresse in adresses(valeurs):
        for qui, client in personnes.items():
            avant = lectures()
            client.get(adresse)
            lues += lectures() > avant
            avant = lectures()
            essayees += client.post(adresse, {}).status_code not in {403, 404, 405}
            assert lectures() == avant, (qui, adresse)
    assert essayees > 20
    assert lues > 20


def test_toute_page_qui_recoit_passe_par_la_meme_porte() -> None:
    ouvrent = {
        str(fichier.relative_to(GUICHET))
        for fichier in GUICHET.rglob("*.py")
        if "consulter_demande" in fichier.read_text()
    }
    assert ouvrent == PAGES_LUES


def test_lire_par_un_formulaire_sans_avoir_ouvert_la_page_se_dit(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    adresse = reverse("demande-radier", args=[nud])
    assert "Dubreuil" in texte(agent.post(adresse, {}))
    assert lectures() == 1
    agent.post(adresse, {})
    assert lectures() == 1
    autre = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    autre.post(adresse, {})
    assert lectures() == 2
