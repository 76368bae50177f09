"""Counting by night what each territory has to look at: the page of the nation reads the counts, and no file."""

from dataclasses import replace
from datetime import date

from sne.cellules.routage import d_ici
from sne.habilitations.rules import Permission, Role
from sne.habilitations.rules.acteurs import service
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.attente.rules import DU_MENAGE
from sne.registre.attente.selectors import FileDAttente, compter_par_territoire
from sne.registre.enquete.selectors.enquetes import compter_enquetes
from sne.registre.identite.attentes import AttenteIdentite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require
from sne.suivi import policies
from sne.suivi.models import VeilleTerritoire
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules.alertes import EtatAlerte, attendue_le, etat
from sne.suivi.rules.national import Attendu, File, Veille, mettre_en_file
from sne.suivi.selectors.alertes import list_ouvertes, suites_de
from sne.suivi.selectors.dossiers import list_dossiers
from sne.suivi.selectors.guichets import get_suivi_des_guichets
from sne.suivi.selectors.national import VEILLE

DROITS = (Permission.SUIVI_LIRE, Permission.ENQUETE_LIRE, Permission.DEMANDE_LIRE)


def calculer_veille(*, acte: Acte) -> int:
    """Count every territory again; how many. Idempotent. Raises ``NonHabilite``."""
    require(policies.can_calculer(acte.acteur), "Seul le service calcule l’activité des guichets.")
    le = horloge.jour(acte.survenu_le)
    attentes, alertes = compter_par_territoire(le=le), _alertes(le)
    territoires = sorted(d_ici(get_geographie().territoires))
    for territoire in territoires:
        siennes = [file for file in attentes if file.territoire == territoire]
        veille = _compter(territoire, siennes, alertes.get(territoire, File()), le=le)
        VeilleTerritoire.objects.update_or_create(
            territoire=territoire,
            defaults={
                "calculee_le": acte.survenu_le,
                "chiffres": VEILLE.dump_python(veille, mode="json"),
            },
        )
    return len(territoires)


def _compter(territoire: str, attentes: list[FileDAttente], alertes: File, *, le: date) -> Veille:
    lecteur = _lecteur(territoire)
    dossiers = list_dossiers(lecteur, le=le, au_plus=1)
    files = dict.fromkeys(("identites", "decisions", "guichets"), File())
    for attente in attentes:
        if ou := _ou(attente):
            age = (le - horloge.jour(attente.depuis)).days
            files[ou] += File(attente.nombre, attente.en_retard, age)
    return Veille(
        identites=files["identites"],
        decisions=files["decisions"],
        guichets=files["guichets"],
        alertes=alertes,
        dossiers=dossiers.nombre,
        du_jour=dossiers.aujourd_hui,
        signales=len(get_suivi_des_guichets(lecteur, le=le).a_regarder),
        enquetes=compter_enquetes(lecteur),
    )


def _ou(attente: FileDAttente) -> str:
    """Which queue it is of; none of what is awaited of households."""
    if attente.nature is AttenteIdentite.IDENTITE:
        return "identites"
    attendu = attente.nature.attendu
    if attendu.droit is not None:
        return "decisions"
    return "" if attendu == DU_MENAGE else "guichets"


def _alertes(le: date) -> dict[str, File]:
    """Questions to counters that are not closed, by territory; late when the counter has not answered by its day."""
    jours = get_parametres(le)[ParametresSuivi].alerte_guichet_reponse_jours
    attendus: dict[str, list[Attendu]] = {}
    for alerte in list_ouvertes():
        depuis, suites = horloge.jour(alerte.survenu_le), suites_de(alerte)
        avant = attendue_le(depuis, suites, jours=jours) if etat(suites) is EtatAlerte.A_REPONDRE else None
        attendus.setdefault(alerte.territoire, []).append(Attendu(depuis, avant))
    return {territoire: mettre_en_file(siens, le=le) for territoire, siens in attendus.items()}


def _lecteur(territoire: str) -> Acteur:
    """The service reading what the manager of that territory follows."""
    lecteur = service(
        "Suivi national", Role.GESTIONNAIRE_TERRITORIAL, territoire=territoire, permissions=DROITS
    )
    return replace(lecteur, territoire=territoire)
