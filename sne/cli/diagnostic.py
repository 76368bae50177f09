"""The checks of ``sne sante``: each one answers good or not, and says in French what it saw."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from sne.cli.taches import count_travailleurs, list_files, list_periodiques
from sne.connecteurs.selectors import list_services
from sne.documents import antivirus
from sne.documents.lecture.depot import constater_enclos
from sne.documents.rules import DocumentRefuse
from sne.documents.selectors import get_attentes
from sne.documents.travail import dossier_de_travail
from sne.infocentre.abonnements.selectors.envois import get_attente as get_attente_des_abonnements
from sne.infocentre.lac.parametres import ParametresLac
from sne.infocentre.lac.selectors import get_fraicheur
from sne.infocentre.lac.selectors import get_retard as get_retard_du_lac
from sne.journal.selectors import count_d_eres_closes, get_retard, list_mois_ouverts
from sne.journal.selectors.etat import list_retenues
from sne.journal.selectors.jalons import get_attente_d_un_jalon
from sne.notifications.selectors import get_effacement_en_retard
from sne.preuve.parametres import ParametresPreuve
from sne.referentiels.selectors import get_parametres
from sne.registre.doublons.selectors.balayage import get_dernier_balayage
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_bornes, get_delais
from sne.registre.vie.selectors.horloge import get_dernier_passage
from sne.socle import sortie
from sne.socle.horloge import aujourd_hui, jour, maintenant

ATTENTE_TOLEREE = timedelta(minutes=5)  # of a job that could already run
INTERVALLES_TOLERES = 3  # of a periodic task, between two of its times
ENVOI_TOLERE = timedelta(hours=3)  # between an edition due and what is told of it: a task passes every hour
EFFACEMENT_TOLERE = timedelta(hours=3)  # a task erases them every hour
HORLOGE_TOLEREE = timedelta(hours=26)  # between two passes of what is done each night
PERTURBATION_TOLEREE = timedelta(
    hours=1
)  # of a service of the State: everything may be typed by hand meanwhile
DISQUE_LIBRE_MINIMUM = 1 << 30  # bytes
BORNES_DU_PORTAIL = sortie.Bornes(connexion=2, lecture=3, total=5, octets_max=1 << 20)
BORNES_DES_SAUVEGARDES = sortie.Bornes(connexion=2, lecture=3, total=5, octets_max=1 << 23)
DEPOT = "sne_sauvegarde_depot_bon"
SAUVEGARDES: Mapping[str, tuple[str, timedelta]] = {
    "sne_sauvegarde_derniere_secondes": ("la dernière", timedelta(hours=26)),
    "sne_sauvegarde_plus_ancienne_secondes": ("la plus ancienne", timedelta(days=35)),
    "sne_restauration_eprouvee_secondes": ("la dernière restauration éprouvée", timedelta(days=8)),
}
"""What the host of the backups writes of them (deploy/pgbackrest), and how old each may be: one older than 35 days
holds what the law had erased.
"""
MURS: Mapping[str, str] = {
    "fichiers": "il manque Landlock (noyau 5.13 ou plus récent, avec « landlock » dans son paramètre lsm=)",
    "reseau": "il manque un réseau à part (le noyau, ou le conteneur, doit permettre les espaces de noms "
    "d’utilisateur : kernel.apparmor_restrict_unprivileged_userns=0, user.max_user_namespaces au-dessus de zéro)",
}


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: its name, whether it is good, and what was seen."""

    nom: str
    bon: bool
    constat: str


def diagnostiquer() -> tuple[Controle, ...]:
    """Every check, in order; when the database does not answer, the others are not tried."""
    try:
        premiere = _base()
    except OperationalError:
        return (Controle("base", False, "la base ne répond pas"), _disque())
    suite: tuple[Callable[[], Controle], ...] = (
        _migrations,
        _scellement,
        _jalons,
        _distribution,
        _taches,
        _travailleur,
        _periodiques,
        _mois,
        _horloge,
        _doublons,
        _effacement,
        _abonnements,
        _lac,
        _documents,
        _antivirus,
        _lecture,
        _services,
        _portail,
        _sauvegardes,
        _disque,
    )
    return (premiere, *(controle() for controle in suite))


def _base() -> Controle:
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_setting('server_version'), current_user, pg_is_in_recovery()")
        version, role, secours = curseur.fetchone()
    attendu = role == settings.ROLE_RUNTIME and not secours
    return Controle(
        "base", attendu, f"PostgreSQL {version}, rôle {role}{', en lecture seule' if secours else ''}"
    )


def _migrations() -> Controle:
    executeur = MigrationExecutor(connection)
    attente = executeur.migration_plan(executeur.loader.graph.leaf_nodes())
    constat = f"{len(attente)} migration(s) en attente : sne base migrer" if attente else "à jour"
    return Controle("migrations", not attente, constat)


def _scellement() -> Controle:
    """Nothing waits for its seal; when something does, whom the sealer waits for."""
    retard = get_retard(le=maintenant()).scellement
    oubliees = count_d_eres_closes()
    tard = retard > _retard_tolere()
    bon = not tard and not oubliees
    suite = f" ; {oubliees} entrée(s) d’un serveur précédent ne sont pas scellées" if oubliees else ""
    for retenue in list_retenues()[:1] if tard else ():
        depuis = f"ouverte depuis {_secondes(retenue.depuis)}, " if retenue.depuis is not None else ""
        suite += (
            f" ; attend une transaction {depuis}du processus PostgreSQL {retenue.pid} : "
            f"SELECT pg_terminate_backend({retenue.pid}) l’arrête"
        )
    return Controle("scellement du journal", bon, f"{_secondes(retard)}{suite}")


def _jalons() -> Controle:
    """The journal is signed; nothing to say while nothing was sealed for longer than between two checkpoints."""
    if not settings.CLES_JOURNAL:
        return Controle(
            "jalons du journal", settings.DEMONSTRATION, "aucune clé : le journal n’est pas signé"
        )
    depuis = get_attente_d_un_jalon(le=maintenant())
    limite = (
        timedelta(minutes=get_parametres(aujourd_hui())[ParametresPreuve].journal_jalon_minutes)
        + ATTENTE_TOLEREE
    )
    horodatage = "" if settings.HORODATAGE_URL else " ; sans horodatage : aucune autorité n’est désignée"
    constat = f"le plus ancien acte non attesté a {_secondes(depuis)}{horodatage}"
    return Controle("jalons du journal", depuis <= limite, constat)


def _retard_tolere() -> timedelta:
    """Between an act and its seal, or a seal and its delivery: what « État du service » says too."""
    return timedelta(seconds=get_parametres(aujourd_hui())[ParametresPreuve].journal_scellement_secondes)


def _distribution() -> Controle:
    retard = get_retard(le=maintenant()).distribution
    return Controle("distribution", retard <= _retard_tolere(), _secondes(retard))


def _taches() -> Controle:
    files = list_files()
    en_attente, echouees = sum(f.en_attente for f in files), sum(f.en_echec for f in files)
    plus_vieille = max((f.plus_vieille for f in files), default=timedelta())
    bon = plus_vieille <= ATTENTE_TOLEREE and not echouees
    constat = f"{en_attente} en attente (la plus ancienne : {_secondes(plus_vieille)}), {echouees} en échec"
    return Controle("tâches", bon, constat)


def _travailleur() -> Controle:
    """At least one beats: without it nothing is sealed, and no job runs."""
    vivants = count_travailleurs(le=maintenant())
    constat = f"{vivants} en marche" if vivants else "aucun ne donne signe de vie : sne travailler"
    return Controle("travailleur", vivants > 0, constat)


def _periodiques() -> Controle:
    """Each task that comes back was asked for lately, by its own interval; one that never was is not late yet."""
    instant = maintenant()
    silences = [(p, instant - p.derniere) for p in list_periodiques(le=instant) if p.derniere]
    muettes = [
        f"{p.nom} (depuis {_secondes(silence)})"
        for p, silence in silences
        if silence.total_seconds() > INTERVALLES_TOLERES * p.intervalle
    ]
    constat = f"ne sont plus demandées : {', '.join(muettes)}" if muettes else "demandées à leur heure"
    return Controle("tâches périodiques", not muettes, constat)


def _mois() -> Controle:
    jour = aujourd_hui()
    suivant = (jour.replace(day=1) + timedelta(days=32)).replace(day=1)
    ouverts = list_mois_ouverts()
    return Controle(
        "mois du journal", suivant in ouverts, f"ouverts jusqu’à {max(ouverts):%m/%Y}" if ouverts else "aucun"
    )


def _horloge() -> Controle:
    """The register's clock went through lately; one that never did has nothing to be late for yet."""
    dernier = get_dernier_passage()
    if dernier is None:
        return Controle("horloge du registre", True, "pas encore passée")
    retard = maintenant() - dernier
    return Controle("horloge du registre", retard <= HORLOGE_TOLEREE, f"passée il y a {_secondes(retard)}")


def _doublons() -> Controle:
    """Territories were swept lately; as for the clock, what never began is not late."""
    dernier = get_dernier_balayage()
    if dernier is None:
        return Controle("doublons", True, "pas encore cherchés")
    retard = maintenant() - dernier
    return Controle("doublons", retard <= HORLOGE_TOLEREE, f"cherchés il y a {_secondes(retard)}")


def _effacement() -> Controle:
    """The files of erased demandes went soon after: they are what an erasure leaves for last."""
    retard = get_effacement_en_retard(le=maintenant())
    constat = f"un fichier attend depuis {_secondes(retard)}" if retard else "aucun fichier en attente"
    return Controle("effacement des fichiers", retard <= EFFACEMENT_TOLERE, constat)


def _abonnements() -> Controle:
    """What is due of a report that leaves by itself was sent, or its delay, or its want of a reader, was told."""
    attente = get_attente_des_abonnements(le=maintenant())
    muet = f" (sans nouvelle depuis {_secondes(attente.depuis)})" if attente.depuis else ""
    constat = f"{attente.ouverts} envoi(s) dû(s) sans issue{muet}"
    return Controle("abonnements aux rapports", attente.depuis <= ENVOI_TOLERE, constat)


def _lac() -> Controle:
    """What was sealed is poured into the lake within a day; as for the clock, what never began is not late."""
    fraicheur, instant = get_fraicheur(), maintenant()
    if fraicheur.verse_le is None:
        return Controle("lac des statistiques", True, "pas encore versé")
    limite = timedelta(hours=get_parametres(jour(instant))[ParametresLac].lac_retard_heures)
    retard = get_retard_du_lac(le=instant)
    attente = f", un acte attend depuis {_secondes(retard)}" if retard else ""
    constat = f"versé jusqu’au scellement {fraicheur.scellement}{attente}"
    return Controle("lac des statistiques", retard <= limite, constat)


def _documents() -> Controle:
    """No document waits for long: for the antivirus, for the end of its reception, for its bytes to go."""
    instant = maintenant()
    a = get_attentes(le=instant, delais=get_delais(jour(instant)))
    minutes = get_parametres(jour(instant))[ParametresPieces].document_quarantaine_minutes
    toleree = timedelta(minutes=minutes)
    bon = (
        a.quarantaine_depuis <= toleree
        and a.a_effacer_depuis <= EFFACEMENT_TOLERE
        and not a.receptions_coupees
    )
    constat = (
        f"{a.quarantaine} en quarantaine (le plus ancien : {_secondes(a.quarantaine_depuis)}), "
        f"{a.receptions_coupees} réception(s) coupée(s), {a.a_effacer} objet(s) à effacer"
    )
    return Controle("documents", bon, constat)


def _antivirus() -> Controle:
    """It answers; in a demonstration, there may be none, which is said."""
    if settings.ANTIVIRUS == "aucun":
        return Controle("antivirus", True, "aucun : les documents ne sont pas examinés (démonstration)")
    if not settings.CLAMD:
        return Controle("antivirus", True, "aucune adresse : les documents reçus resteront en quarantaine")
    version = antivirus.version(settings.CLAMD)
    return Controle(
        "antivirus", version is not None, version or "ne répond pas : les documents restent en quarantaine"
    )


def _lecture() -> Controle:
    """The process that reads received files is closed in; in a demonstration, what is missing is only said."""
    try:
        with dossier_de_travail() as dossier:
            murs = constater_enclos(dossier=dossier, bornes=get_bornes(aujourd_hui()))
    except (DocumentRefuse, OSError):
        return Controle(
            "lecture des documents",
            False,
            "ne démarre pas : les fichiers envoyés sont refusés ; voir les journaux",
        )
    manques = [remede for mur, remede in MURS.items() if mur not in murs]
    if not manques:
        appels = "" if "appels" in murs else " ; appels au noyau non filtrés : installez libseccomp2"
        return Controle(
            "lecture des documents", True, f"fermée : ni réseau, ni autre fichier, ni programme{appels}"
        )
    suite = (
        "les fichiers envoyés sont refusés" if settings.ENCLOS_EXIGE else "accepté en démonstration seulement"
    )
    return Controle(
        "lecture des documents", not settings.ENCLOS_EXIGE, f"mal fermée : {', et '.join(manques)} ; {suite}"
    )


def _services() -> Controle:
    """Those of the State that help to type; without them all goes on, and what lasts is told to their operators."""
    vus, instant = list_services(), maintenant()
    bon = all(vu.depuis is None or instant - vu.depuis <= PERTURBATION_TOLEREE for vu in vus)
    constats = []
    for vu in vus:
        suite = f" depuis {_secondes(instant - vu.depuis)} ({vu.raison[:-1].lower()})" if vu.depuis else ""
        constats.append(f"{vu.nom} : {vu.sante.value.lower()}{suite}")
    return Controle("services de l’État", bon, ", ".join(constats))


def _portail() -> Controle:
    """The households' door answers, where there is one."""
    if not settings.URL_MENAGES:
        return Controle("portail", True, "aucun : les ménages vont dans un guichet")
    try:
        recue = sortie.demander(sortie.Envoi(f"{settings.URL_MENAGES}/", BORNES_DU_PORTAIL))
    except sortie.EnvoiEchoue:
        return Controle("portail", False, f"{settings.URL_MENAGES} ne répond pas")
    return Controle("portail", recue.statut == 200, f"{settings.URL_MENAGES} répond {recue.statut}")


def _sauvegardes() -> Controle:
    """The last one is of today, none is kept for too long, the repository is whole, one was restored lately."""
    if not settings.SAUVEGARDES_URL:
        return Controle(
            "sauvegardes", settings.DEMONSTRATION, "rien ne dit où elles en sont : donnez SNE_SAUVEGARDES_URL"
        )
    try:
        lues = _lire_les_chiffres(settings.SAUVEGARDES_URL)
    except (sortie.EnvoiEchoue, ValueError):
        return Controle("sauvegardes", False, f"{settings.SAUVEGARDES_URL} ne les dit pas")
    constats, bon, instant = list[str](), True, maintenant().timestamp()
    for nom, (dite, toleree) in SAUVEGARDES.items():
        age = timedelta(seconds=instant - lues[nom]) if nom in lues else None
        bon = bon and age is not None and age <= toleree
        constats.append(f"{dite} : {'inconnue' if age is None else _jours(age)}")
    entier = lues.get(DEPOT) == 1
    vu = "entier" if entier else "abîmé" if DEPOT in lues else "jamais vérifié"
    return Controle("sauvegardes", bon and entier, ", ".join([*constats, f"dépôt {vu}"]))


def _lire_les_chiffres(adresse: str) -> dict[str, float]:
    """What a page of figures says of the backups, by name. Raises ``EnvoiEchoue``, ``ValueError``."""
    recue = sortie.demander(sortie.Envoi(adresse, BORNES_DES_SAUVEGARDES))
    lignes = (ligne.split() for ligne in recue.octets.decode().splitlines())
    return {mots[0]: float(mots[1]) for mots in lignes if len(mots) > 1 and mots[0] in {*SAUVEGARDES, DEPOT}}


def _disque() -> Controle:
    dossier = Path(settings.DOSSIER_VAR)
    libre = shutil.disk_usage(dossier if dossier.exists() else dossier.parent).free
    return Controle(
        "espace disque", libre >= DISQUE_LIBRE_MINIMUM, f"{_decimal(libre / (1 << 30))}\u00a0Gio libres"
    )


def _secondes(duree: timedelta) -> str:
    return f"{_decimal(duree.total_seconds())}\u00a0s"


def _jours(age: timedelta) -> str:
    return f"{_decimal(age / timedelta(days=1))}\u00a0jour(s)"


def _decimal(nombre: float) -> str:
    return f"{nombre:.1f}".replace(".", ",")
