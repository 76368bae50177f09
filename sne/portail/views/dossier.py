"""What the file of a demande holds besides what was declared: the resources that the State knows, the rights."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sne.attestations.rules import Modele
from sne.attestations.selectors import list_papiers
from sne.connecteurs.drm.rules.mois import Montant
from sne.demandeurs.rules.niveaux import Geste
from sne.portail.archive import Table, composer
from sne.portail.faits import dire_faits
from sne.portail.middleware import RequeteDuMenage
from sne.portail.views.attestations import NOMS
from sne.portail.views.documents import ETATS
from sne.portail.visites import sienne_de, visite_de
from sne.referentiels.selectors import get_parametres
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.faits.selectors.faits import list_faits
from sne.registre.pieces.selectors.pieces import list_lignes
from sne.registre.rattachement.actions.exporter import exporter_ses_donnees
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.ressources.actions.lire import lire_ses_ressources
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.rules.montrer import Connues
from sne.registre.ressources.rules.mots import Lecteur, dire, natures
from sne.socle.erreurs import refus_de
from sne.socle.fichiers import en_fichier
from sne.socle.horloge import aujourd_hui
from sne.socle.signes import nom_du_mois


@require_safe
def ressources(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What the State knows of the last three months, as the gate lets it through: no figure comes here below it."""
    sienne = sienne_de(request, nud, Geste.SUIVRE)
    connues = connues_de(sienne)
    contexte = {"nud": nud, "mois": en_mots(connues), "le": connues.anciennes_le or connues.le}
    return render(request, "portail/menage/ressources.html", contexte)


def connues_de(sienne: Sienne) -> Connues:
    """What this session may see of them; a figure that is shown is told."""
    visite = sienne.visite
    return lire_ses_ressources(
        sienne.demande, visite.presence, titulaire=visite.lien.titulaire, acte=sienne.acte
    )


@dataclass(frozen=True, slots=True)
class MoisDit:
    """One month: what is said of it, in French, and the kinds of resources that made an amount."""

    mois: date
    texte: str
    natures: str


def en_mots(connues: Connues) -> list[MoisDit]:
    """Each month, in the words of the household."""
    mots = get_parametres(aujourd_hui())[ParametresRessources].ressources_mots_sans_donnee
    return [
        MoisDit(
            m.mois,
            dire(m, a=Lecteur.DEMANDEUR, sans_donnee=mots),
            natures(m.lignes) if isinstance(m, Montant) else "",
        )
        for m in connues.retenues
    ]


@require_safe
def droits(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What the law gives the household to know (CCH R441-2-17), each as it stands in this very file, or who has it."""
    sienne = sienne_de(request, nud, Geste.LIRE_DECLARATION)
    le, demande = aujourd_hui(), sienne.demande
    faits = list_faits(demande.id, acteur=sienne.acte.acteur, le=le)
    contexte = {
        "nud": nud,
        "faits": dire_faits(faits, territoire=demande.territoire, le=le),
        "decidee": any(f.nature is NatureFait.DECISION for f in faits),
        "depuis": demande.date_anciennete,
    }
    return render(request, "portail/menage/mes_droits.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def mes_donnees(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What the file holds and how to have it, or why not in this session; the file, once asked for."""
    visite = visite_de(request, nud)
    if request.method == "POST":
        donnees = exporter_ses_donnees(visite, survenu_le=request.visiteur.instant)
        archive = composer(donnees, _tables(donnees.sienne))
        return en_fichier(HttpResponse(archive, content_type="application/zip"), f"donnees-{nud}.zip")
    contexte = {"nud": nud, "refus": refus_de(exiger_geste, Geste.EXPORTER, visite.presence)}
    return render(request, "portail/menage/mes_donnees.html", contexte)


def _tables(sienne: Sienne) -> dict[str, Table]:
    demande, acteur = sienne.demande, sienne.acte.acteur
    lignes = list_lignes(demande, acteur=acteur, le=aujourd_hui())
    papiers = [
        (NOMS[Modele(p.modele)], p.reference, p.date_delivrance, p.date_expiration)
        for p in list_papiers(demande.id, acteur=acteur)
    ]
    return {
        "documents.csv": (
            ("Document", "État"),
            [(li.attendue.libelle, ETATS[li.situation]) for li in lignes],
        ),
        "attestations.csv": (("Attestation", "Référence", "Délivrée le", "Valable jusqu’au"), papiers),
        "ressources-connues.csv": (
            ("Mois", "Ressources connues"),
            [(nom_du_mois(m.mois), m.texte) for m in en_mots(connues_de(sienne))],
        ),
    }
