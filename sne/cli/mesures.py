"""What ``sne mesures`` says: the checks of ``sne sante``, what is promised, services of the State; no person in it."""

from functools import partial

from django.conf import settings
from prometheus_client import CollectorRegistry, Gauge

from sne.cli.diagnostic import diagnostiquer
from sne.cli.taches import count_travailleurs, list_files, list_periodiques
from sne.connecteurs.rules.sante import Sante
from sne.connecteurs.selectors import list_services
from sne.documents import antivirus
from sne.documents.selectors import get_attentes
from sne.journal.selectors import count_d_eres_closes, get_retard
from sne.journal.selectors.jalons import get_attente_d_un_jalon
from sne.notifications.selectors import get_attente, get_effacement_en_retard, get_lettre_due
from sne.registre.identite.selectors.rappels import count_en_attente
from sne.registre.pieces.selectors.documents import get_delais
from sne.registre.vie.selectors.horloge import get_dernier_passage
from sne.registre.vie.selectors.preavis import count_sans_preavis
from sne.socle.horloge import jour, maintenant


def relever(registre: CollectorRegistry) -> None:
    """Fill ``registre`` with how things stand now; without a database, with the checks alone."""
    bon = Gauge("sne_controle_bon", "1 quand le contrôle est bon", ["controle"], registry=registre)
    controles = diagnostiquer()
    for controle in controles:
        bon.labels(controle.nom).set(controle.bon)
    if controles[0].bon:
        _promesses(registre)
        _taches(registre)
        _services(registre)
    _antivirus(registre)


def _promesses(registre: CollectorRegistry) -> None:
    """How late each thing is that the service promises to do within a time."""
    instant = maintenant()
    retard, attentes = get_retard(le=instant), get_attentes(le=instant, delais=get_delais(jour(instant)))
    passage = get_dernier_passage()
    for nom, dit, duree in (
        ("journal_scellement_retard", "Du plus ancien acte qui attend son sceau", retard.scellement),
        (
            "journal_distribution_retard",
            "Du plus ancien acte scellé qui n’est pas remis",
            retard.distribution,
        ),
        (
            "journal_jalon_retard",
            "Du plus ancien acte que rien n’atteste",
            get_attente_d_un_jalon(le=instant),
        ),
        ("horloge_retard", "Depuis le dernier passage de l’horloge", instant - (passage or instant)),
        (
            "messages_attente",
            "Du plus ancien courriel ou SMS à un ménage, jamais essayé",
            get_attente(le=instant),
        ),
        (
            "courriel_retour_sans_lettre",
            "De la plus ancienne lettre qui remplace un courriel refusé, et n’est pas partie",
            get_lettre_due(le=instant),
        ),
        ("effacement_retard", "Du plus ancien message à effacer", get_effacement_en_retard(le=instant)),
        ("documents_effacement_retard", "Du plus ancien objet à effacer", attentes.a_effacer_depuis),
        ("documents_quarantaine", "Du plus ancien document non examiné", attentes.quarantaine_depuis),
    ):
        Gauge(f"sne_{nom}_secondes", dit, registry=registre).set(duree.total_seconds())
    oubliees = Gauge(
        "sne_journal_non_scellees_autre_ere",
        "Actes d’un serveur précédent que rien n’a scellés\u00a0: toujours 0",
        registry=registre,
    )
    oubliees.set(count_d_eres_closes())
    manquants = Gauge(
        "sne_preavis_manquants",
        "Ménages dont le préavis devait être donné au plus tard, et ne l’est pas\u00a0: toujours 0",
        registry=registre,
    )
    manquants.set(count_sans_preavis(le=jour(instant)))
    identites = Gauge(
        "sne_identites_en_attente", "Changements d’identité qui attendent une décision", registry=registre
    )
    identites.set(count_en_attente())


def _antivirus(registre: CollectorRegistry) -> None:
    """How old what it knows is; nothing without an antivirus, nor where it has no signatures yet."""
    dite = antivirus.version(settings.CLAMD) if settings.CLAMD else None
    faites = antivirus.signatures_du(dite) if dite else None
    if faites:
        Gauge(
            "sne_clamav_signatures_secondes",
            "Quand les signatures de l’antivirus furent faites (heure Unix)",
            registry=registre,
        ).set(faites.timestamp())


def _taches(registre: CollectorRegistry) -> None:
    jauge = partial(Gauge, registry=registre)
    attente = jauge("sne_taches_attente_secondes", "De la plus ancienne tâche prête de la file", ["file"])
    en_attente = jauge("sne_taches_en_attente", "Tâches qui attendent, dans la file", ["file"])
    en_echec = jauge("sne_taches_en_echec", "Tâches en échec, dans la file", ["file"])
    for file in list_files():
        attente.labels(file.nom).set(file.plus_vieille.total_seconds())
        en_attente.labels(file.nom).set(file.en_attente)
        en_echec.labels(file.nom).set(file.en_echec)
    instant = maintenant()
    vivants = jauge("sne_travailleurs_vivants", "Travailleurs qui ont donné signe de vie depuis dix secondes")
    vivants.set(count_travailleurs(le=instant))
    derniere = jauge(
        "sne_periodique_derniere_secondes", "Quand la tâche fut demandée (heure Unix)", ["tache"]
    )
    intervalle = jauge("sne_periodique_intervalle_secondes", "Entre deux de ses heures", ["tache"])
    for periodique in list_periodiques(le=instant):
        if periodique.derniere:
            derniere.labels(periodique.nom).set(periodique.derniere.timestamp())
            intervalle.labels(periodique.nom).set(periodique.intervalle)


def _services(registre: CollectorRegistry) -> None:
    etat = Gauge(
        "sne_service_etat",
        "1 dans l’état où est ce service de l’État",
        ["service", "etat"],
        registry=registre,
    )
    trouble = Gauge(
        "sne_service_perturbe_secondes",
        "Depuis quand ce service de l’État est perturbé ; 0 s’il ne l’est pas",
        ["service"],
        registry=registre,
    )
    instant = maintenant()
    for vu in list_services():
        for sante in Sante:
            etat.labels(vu.service.value, sante.name).set(vu.sante is sante)
        depuis = (instant - vu.depuis).total_seconds() if vu.depuis else 0
        trouble.labels(vu.service.value).set(depuis)
