"""What of a page can be found: one entry for each revision that is or will be online, in the transaction of the act."""

import uuid
from datetime import datetime

from dateutil.relativedelta import relativedelta

from sne.recherche.actions import Publication, publier, retirer
from sne.site_pro.models import FichierDocument, Page, RevisionPage
from sne.site_pro.rules.pages import POIDS, Genre
from sne.site_pro.rules.vie import Fin, Fini, Revue, a_verifier
from sne.site_pro.selectors.documents import adresse_du_fichier
from sne.site_pro.selectors.lecture import BASE
from sne.socle.horloge import jour

FICHIER, PAPIER = "PDF", "document"
"""Kind of entry of a file, and the paper that is found."""


def indexer(page: Page, *, le: datetime) -> None:
    """Write the entries of a page again: from when, and until what follows or withdraws, each revision is found."""
    publiees = list(page.revisions.filter(effet_le__isnull=False).order_by("effet_le", "numero"))
    fins = tuple(Fini(Fin(f.nature), f.effet_le) for f in page.fins.all())
    retirer(page.genre, [r.id for r in publiees])
    retirer(FICHIER, [_cible_du_fichier(r.id) for r in publiees])
    for rang, revision in enumerate(publiees):
        depuis = revision.effet_le
        bornes = [r.effet_le for r in publiees[rang + 1 :] if r.effet_le]
        bornes += [f.effet_le for f in fins if f.nature is Fin.RETIRER and depuis and f.effet_le >= depuis]
        jusque = min(bornes, default=None)
        if depuis is None or (jusque is not None and (jusque <= le or jusque <= depuis)):
            continue
        revue = Revue(revision.numero, revision.issue, depuis)
        terme = a_verifier(revue, fins, mois=page.verifier_mois)
        publier(
            Publication(
                genre=page.genre,
                cible=revision.id,
                url=f"{BASE}{page.adresse}/",
                acces=revision.acces,
                titre=revision.titre,
                reponse=revision.reponse,
                mots=revision.mots,
                corps=revision.brut,
                themes=[page.theme],
                publics=revision.publics,
                poids=POIDS.get(Genre(page.genre), 1.0),
                verifie_le=jour(terme - relativedelta(months=page.verifier_mois)) if terme else jour(depuis),
                perime=terme is not None and terme <= le,
                visible_du=depuis,
                visible_au=jusque,
            )
        )
        _indexer_le_fichier(revision, jusque)


def _indexer_le_fichier(revision: RevisionPage, jusque: datetime | None) -> None:
    """The file of a document, found at the page where the words are."""
    fichier = FichierDocument.objects.filter(revision=revision, papier=PAPIER).first()
    if fichier is None or revision.effet_le is None:
        return
    publier(
        Publication(
            genre=FICHIER,
            cible=_cible_du_fichier(revision.id),
            url=adresse_du_fichier(revision.page.code, PAPIER),
            acces=revision.acces,
            titre=f"{revision.titre} (PDF)",
            reponse=revision.reponse,
            corps=" ".join(fichier.textes),
            themes=[revision.page.theme],
            publics=revision.publics,
            poids=0.8,
            verifie_le=jour(revision.effet_le),
            visible_du=revision.effet_le,
            visible_au=jusque,
            pages=tuple(fichier.textes),
        )
    )


def _cible_du_fichier(revision: uuid.UUID) -> uuid.UUID:
    return uuid.uuid5(revision, PAPIER)
