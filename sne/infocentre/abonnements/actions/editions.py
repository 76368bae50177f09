"""Editions taken away in a file, which the journal tells first; those whose figures are kept no longer."""

import uuid
from dataclasses import replace

from django.db import transaction

from sne.infocentre.abonnements.actions.suites import garder, inscrire
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.parametres import ParametresAbonnements
from sne.infocentre.abonnements.possible import exiger_service
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.editions import EditionVue, get_edition
from sne.infocentre.abonnements.selectors.rapports import filtres_de
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.rapports.possible import exiger_emporter, exiger_rapport
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler
from sne.infocentre.rapports.tableau import Tableau
from sne.infocentre.rapports.verbes import VerbeRapport
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.socle.acte import Acte
from sne.socle.horloge import debut_du_jour, jour


def effacer_editions(*, acte: Acte) -> int:
    """Take the figures out of the editions whose time is over; how many. Their rows say what they were, and prove it.

    Raises ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    le = jour(acte.survenu_le)
    mois = get_parametres(le)[ParametresAbonnements].edition_conservation_mois
    vieilles = Edition.objects.filter(
        octets__isnull=False, survenu_le__lt=debut_du_jour(ajouter_mois(le, -mois))
    )
    return vieilles.update(octets=None)


@transaction.atomic
def exporter_rapport(demandee: Demandee, *, format_: Format, acte: Acte) -> Tableau:
    """The table to write in a file, narrowed to what may be taken away, kept as an edition, once the journal says who
    takes it: the place's when all of it is read, else theirs.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (what was known on a day cannot be computed).
    """
    exiger_rapport(acte.acteur, demandee.version.rapport)
    portee = exiger_emporter(acte.acteur, demandee.portee.lieu)
    contre = demandee.contre
    if contre:
        contre = replace(contre, portee=exiger_emporter(acte.acteur, contre.portee.lieu))
    demandee = replace(demandee, portee=portee, contre=contre)
    tableau = assembler(demandee, instant=acte.survenu_le).tableau
    place = Place(portee.lieu, compte=None if portee.organismes is None else acte.acteur.id)
    tri = f"-{demandee.tri}" if demandee.decroissant and demandee.tri else demandee.tri
    edition = garder(tableau, place, filtres=filtres_de(demandee), tri=tri, acte=acte)
    inscrire(
        VerbeRapport.EXPORTER_RAPPORT,
        place.territoire,
        acte,
        edition=edition.id,
        rapport=tableau.code,
        version=tableau.version,
        lieu=portee.lieu.cle,
        du=f"{tableau.du:%Y-%m}",
        au=f"{tableau.au:%Y-%m}",
        format=format_.name,
        lignes=len(tableau.lignes),
    )
    return tableau


@transaction.atomic
def emporter_edition(edition_id: uuid.UUID, format_: Format, *, acte: Acte) -> EditionVue:
    """An edition to write in a file, once the journal says who takes it away.

    Raises ``Introuvable``, ``NonHabilite``, ``Efface`` (kept no longer).
    """
    vue = get_edition(edition_id, acte.acteur)
    exiger_emporter(acte.acteur, vue.place.lieu)
    inscrire(
        VerbeRapport.EXPORTER_RAPPORT,
        vue.place.territoire,
        acte,
        edition=vue.edition.id,
        rapport=vue.edition.rapport,
        version=vue.edition.version,
        lieu=vue.edition.lieu,
        format=format_.value,
        lignes=vue.edition.lignes,
    )
    return vue
