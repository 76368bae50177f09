"""Dashboards for Grafana, made from the alerts and the figures that they read: ``python -m outils.tableaux``."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DOSSIER = Path(__file__).resolve().parents[1] / "deploy" / "grafana"
TABLEAUX: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "service": (
        ("Requêtes par seconde", "sum by (classe) (rate(sne_requetes_total[5m]))", "reqps"),
        (
            "Part des erreurs",
            'sum(rate(sne_requetes_total{classe="5xx"}[5m])) / sum(rate(sne_requetes_total[5m]))',
            "percentunit",
        ),
        (
            "95 % des pages en moins de",
            "histogram_quantile(0.95, sum by (le) (rate(sne_requete_secondes_bucket[5m])))",
            "s",
        ),
        (
            "Routes les plus lentes",
            "topk(10, histogram_quantile(0.95, sum by (le, route) (rate(sne_requete_secondes_bucket[5m]))))",
            "s",
        ),
        ("Contrôles en défaut", "sne_controle_bon == 0", "none"),
        ("Services de l’État perturbés", "sne_service_perturbe_secondes > 0", "s"),
        ("Requêtes en cours", "sum by (instance) (sne_requetes_en_cours)", "none"),
        ("Connexions à la base", "sum by (instance) (sne_pool_connexions)", "none"),
        ("Attente d’une connexion, par seconde", "sum(rate(sne_pool_attente_secondes[5m]))", "s"),
        ("Connexions attendues en vain", "sum(rate(sne_pool_echecs[5m]))", "none"),
    ),
    "journal": (
        ("Retard du sceau", "max(sne_journal_scellement_retard_secondes)", "s"),
        ("Retard de la remise", "max(sne_journal_distribution_retard_secondes)", "s"),
        ("Retard des jalons", "max(sne_journal_jalon_retard_secondes)", "s"),
        ("Actes d’un autre serveur non scellés", "max(sne_journal_non_scellees_autre_ere)", "none"),
    ),
    "promesses": (
        ("Tâches en attente", "sum by (file) (sne_taches_en_attente)", "none"),
        ("Plus vieille tâche prête", "max by (file) (sne_taches_attente_secondes)", "s"),
        ("Tâches en échec", "sum by (file) (sne_taches_en_echec)", "none"),
        ("Travailleurs vivants", "max(sne_travailleurs_vivants)", "none"),
        ("Silence des tâches périodiques", "time() - sne_periodique_derniere_secondes", "s"),
        ("Passage de l’horloge", "max(sne_horloge_retard_secondes)", "s"),
        ("Messages à envoyer", "max(sne_messages_attente_secondes)", "s"),
        ("Lettres après un courriel refusé", "max(sne_courriel_retour_sans_lettre_secondes)", "s"),
        ("Préavis non donnés à temps", "max(sne_preavis_manquants)", "none"),
        ("Messages à effacer", "max(sne_effacement_retard_secondes)", "s"),
        ("Objets à effacer", "max(sne_documents_effacement_retard_secondes)", "s"),
        ("Âge des signatures de l’antivirus", "time() - max(sne_clamav_signatures_secondes)", "s"),
        ("Documents non examinés", "max(sne_documents_quarantaine_secondes)", "s"),
    ),
    "activite": (
        ("Actes par seconde", "sum(rate(sne_actes_total[5m]))", "none"),
        ("Actes les plus fréquents", "topk(10, sum by (verbe) (rate(sne_actes_total[5m])))", "none"),
        ("Recherches par seconde", "sum(rate(sne_recherches_total[5m]))", "none"),
        ("Saisies réunies avec celle d’un autre", "sum(increase(sne_fusions_total[1h]))", "none"),
        ("Changements d’identité à décider", "max(sne_identites_en_attente)", "none"),
        ("Messages, par issue", "sum by (canal, issue) (rate(sne_messages_total[5m]))", "none"),
    ),
    "base": (
        ("Qui mène", "patroni_primary", "none"),
        ("Copies synchrones", "sum(patroni_sync_standby)", "none"),
        ("Retard des copies", "max(pg_replication_lag_seconds)", "s"),
        ("Âge de la dernière archive", "max(pg_stat_archiver_last_archive_age)", "s"),
        ("Transaction la plus longue", "max(pg_long_running_transactions_oldest_timestamp_seconds)", "s"),
        ("Dernière sauvegarde", "time() - max(sne_sauvegarde_derniere_secondes)", "s"),
        ("Dépôt des sauvegardes entier", "min(sne_sauvegarde_depot_bon)", "none"),
    ),
}
NOM = re.compile(r"\b(?:sne|patroni|pg)_\w+")


def figures() -> frozenset[str]:
    """Every figure that a dashboard draws."""
    return frozenset(n for panneaux in TABLEAUX.values() for _, e, _ in panneaux for n in NOM.findall(e))


def tableau(nom: str) -> dict[str, Any]:
    """One dashboard: two panels a row."""
    panneaux = [
        {
            "id": rang + 1,
            "title": titre,
            "type": "timeseries",
            "datasource": {"type": "prometheus", "uid": "${source}"},
            "gridPos": {"x": 12 * (rang % 2), "y": 8 * (rang // 2), "w": 12, "h": 8},
            "fieldConfig": {"defaults": {"unit": unite, "min": 0}, "overrides": []},
            "targets": [{"refId": "A", "expr": expression}],
        }
        for rang, (titre, expression, unite) in enumerate(TABLEAUX[nom])
    ]
    source = {"name": "source", "type": "datasource", "query": "prometheus", "label": "Source"}
    return {
        "uid": f"sne-{nom}",
        "title": f"SNE – {nom}",
        "timezone": "Europe/Paris",
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "schemaVersion": 39,
        "templating": {"list": [source]},
        "panels": panneaux,
    }


def ecrire(nom: str) -> str:
    """The text of its file."""
    return json.dumps(tableau(nom), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for nom in TABLEAUX:
        (DOSSIER / f"{nom}.json").write_text(ecrire(nom), encoding="utf-8")
        sys.stdout.write(f"{nom}.json\n")
