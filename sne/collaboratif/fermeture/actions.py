"""Spaces of the product opened where they are not; texts of spaces closed for long erased, what was published stays."""

import uuid
from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction

from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.calendrier.rules import RENCONTRE
from sne.collaboratif.echanges.models import Contribution, SignalementContribution, Sujet, VersionContribution
from sne.collaboratif.echanges.rules import SUJET
from sne.collaboratif.espaces.actions import livrer_les_espaces
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.rules import espace_du_territoire, espaces_nationaux
from sne.collaboratif.fichiers.models import AvisVersion, FichierEspace, LienDocument, VersionFichier
from sne.collaboratif.fichiers.rules import FICHIER, NATIONAL
from sne.collaboratif.parametres import ParametresCollaboratif
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.documents.actions import demander_effacement
from sne.habilitations.rules import acteur_systeme
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.recherche.actions import retirer
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour

EFFACE = "Effacé"


def service_des_espaces(le: datetime) -> Acte:
    """The service itself, for what it does by night."""
    return Acte(acteur_systeme("Espaces partagés"), le)


def livrer(*, acte: Acte) -> int:
    """Open the spaces of the product that are not there, one for each territory; how many were."""
    territoires = get_geographie().territoires
    livres = [espace_du_territoire(code, choix.nom) for code, choix in sorted(territoires.items())]
    return livrer_les_espaces([*espaces_nationaux(), *livres], acte=acte)


def effacer_les_fermes(*, acte: Acte) -> int:
    """Erase the texts of spaces closed for so many months (dated parameter), one transaction each; how many were."""
    mois = get_parametres(jour(acte.survenu_le))[ParametresCollaboratif].espace_efface_mois
    limite = acte.survenu_le - relativedelta(months=mois)
    vises = Espace.objects.filter(ferme_le__lte=limite, efface_le=None).values_list("id", flat=True)
    return sum(_effacer(espace_id, acte) for espace_id in list(vises))


@transaction.atomic
def _effacer(espace_id: uuid.UUID, acte: Acte) -> bool:
    espace = Espace.objects.select_for_update().get(id=espace_id)
    sujets = Sujet.objects.filter(espace=espace)
    ecrites = Contribution.objects.filter(sujet__in=sujets)
    VersionContribution.objects.filter(contribution__in=ecrites).update(corps="", html="")
    SignalementContribution.objects.filter(contribution__in=ecrites).update(motif="")
    ecrites.exclude(retiree_le=None).update(motif=EFFACE)
    ecrites.update(corps="", html="", brut="")
    fichiers = FichierEspace.objects.filter(espace=espace)
    versions = VersionFichier.objects.filter(fichier__in=fichiers)
    AvisVersion.objects.filter(version__in=versions).update(texte="")
    documents = [d for d in versions.values_list("document", flat=True) if d]
    demander_effacement(documents, territoire=NATIONAL, survenu_le=acte.survenu_le)
    versions.update(corps="", html="")
    LienDocument.objects.filter(espace=espace).update(titre="", url="")
    for genre, choses in (
        (SUJET, sujets),
        (FICHIER, fichiers),
        (RENCONTRE, Rencontre.objects.filter(espace=espace)),
    ):
        retirer(genre, list(choses.values_list("id", flat=True)))
    sujets.update(titre="")
    fichiers.update(nom="")
    espace.efface_le = acte.survenu_le
    espace.save(update_fields=["efface_le"])
    inscrire(
        Entree(
            VerbeCollaboratif.EFFACER_ESPACE,
            acte,
            territoire=espace.territoire,
            faits={"espace": str(espace.id)},
        )
    )
    return True
