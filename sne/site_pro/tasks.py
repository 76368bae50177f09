"""What the site does by itself: documents drawn once published; by night, drafts left alone go, owners are reminded."""

import structlog
from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.habilitations.rules import acteur_systeme
from sne.site_pro.actions.dessiner import Dessin, garder_les_dessins
from sne.site_pro.actions.rappeler import noter_les_liens, rappeler_les_pages
from sne.site_pro.actions.rediger import oublier_les_brouillons
from sne.site_pro.liens import repond
from sne.site_pro.rendu import VERSION, Texte, dessiner
from sne.site_pro.rules.pages import PAPIERS, Genre
from sne.site_pro.selectors.dessins import list_a_dessiner
from sne.site_pro.selectors.liens import list_liens_sortis
from sne.socle.acte import Acte
from sne.socle.composition import SigneSansDessin
from sne.socle.horloge import maintenant

NUIT, DESSINER = "site_pro.nuit", "site_pro.dessiner"
RAPPELER, LIENS = "site_pro.rappeler", "site_pro.liens"
SERVICE = "Site des professionnels"
journal = structlog.get_logger(__name__)
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.periodic(cron="43 3 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent."""
    oublier_les_brouillons(acte=Acte(acteur_systeme(SERVICE), maintenant()))


@app.periodic(cron="30 7 * * 1-5", periodic_id="rappeler")
@app.task(name=RAPPELER, queue="entretien", queueing_lock=RAPPELER, lock=RAPPELER)
def rappeler(timestamp: int) -> None:  # noqa: ARG001
    """Owners, of what they have to read again. Idempotent."""
    rappeler_les_pages(acte=Acte(acteur_systeme(SERVICE), maintenant()))


@app.periodic(cron="17 4 * * 0", periodic_id="liens")
@app.task(name=LIENS, queue="entretien", queueing_lock=LIENS, lock=LIENS)
def suivre_les_liens(timestamp: int) -> None:  # noqa: ARG001
    """Outside addresses that pages name, asked one after the other."""
    le = maintenant()
    adresses = sorted({lien for liens in list_liens_sortis(le=le).values() for lien in liens})
    noter_les_liens({lien: repond(lien) for lien in adresses}, acte=Acte(acteur_systeme(SERVICE), le))


@app.task(name=DESSINER, queue="attestations", retry=ESSAIS)
def dessiner_les_documents(**_: object) -> None:
    """Draw what is published and has no file yet. Idempotent."""
    acte = Acte(acteur_systeme(SERVICE), maintenant())
    for revision in list_a_dessiner():
        texte = Texte(
            titre=revision.titre,
            reponse=revision.reponse,
            corps=revision.corps,
            version=revision.numero,
            le=revision.effet_le or acte.survenu_le,
            base=settings.URL_PUBLIQUE,
        )
        try:
            fichiers = {p: dessiner(texte, p) for p in PAPIERS[Genre(revision.page.genre)]}
        except SigneSansDessin:  # its page is read all the same; those that follow are drawn
            journal.warning("document_sans_dessin", page=revision.page.code, numero=revision.numero)
            continue
        dessins = {p: Dessin(octets, lire_les_pages(octets)) for p, octets in fichiers.items()}
        garder_les_dessins(revision.id, dessins, version=VERSION, acte=acte)


def lire_les_pages(octets: bytes) -> tuple[str, ...]:
    """The words of each page of a file that we drew ourselves: nobody else's is read in this process."""
    import pypdfium2  # noqa: PLC0415 - the web imports this module, and draws nothing

    with pypdfium2.PdfDocument(octets) as fichier:
        return tuple(" ".join(page.get_textpage().get_text_range().split()) for page in fichier)
