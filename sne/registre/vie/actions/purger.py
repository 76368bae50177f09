"""Erasing a demande one year after its striking-off, or after it was taken back as a double; what statistics keep."""

import json
import uuid
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from sne.documents.actions import demander_effacement, verrouiller_documents
from sne.notifications.actions import verrouiller_envois
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.radiation import get_radiation
from sne.registre.enquete.selectors.enquetes import is_sous_enquete
from sne.registre.enquete.selectors.gels import get_gel, limite_de_retour
from sne.registre.faits.selectors.en_vigueur import is_attribuee
from sne.registre.listes.actions.listes import oublier_menage_des_listes
from sne.registre.pieces.selectors.pieces import list_fichiers, list_fichiers_seuls
from sne.registre.vie import policies
from sne.registre.vie.models.purge import StatistiqueAVerser
from sne.registre.vie.rules.anonymat import anonymiser
from sne.registre.vie.rules.effacement import (
    Retenues,
    exiger_effacable,
    premier_jour,
    premier_jour_d_un_double,
)
from sne.registre.vie.selectors.radiation import comptee_depuis, get_annulation, is_depart_a_decider
from sne.registre.vie.verbes import VerbeVie
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require


@transaction.atomic
def purger_demande(demande_id: uuid.UUID, *, acte: Acte) -> None:
    """Erase everything of the household for ever; the number stays, and one row of statistics that names nobody.

    A double taken back counts in no statistics: the household's other demande does.
    Files are erased after the commit, from what this writes. Raises ``Introuvable``, ``NonHabilite`` (the register's
    clock alone), ``TransitionInterdite`` and ``Interdit`` (too early, or something is not over).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(
        policies.can_purger(acte.acteur, demande),
        "Seul le registre efface une demande, une fois passé le délai de la loi.",
    )
    jour = horloge.jour(acte.survenu_le)
    statut = Statut(demande.statut)
    radiation = get_radiation(demande.id) if statut is Statut.RADIEE else None
    exiger_effacable(
        statut,
        _premier_jour(demande, radiation, jour),
        jour=jour,
        retenues=Retenues(
            figee=get_gel(demande.id) is not None,
            sous_enquete=is_sous_enquete(demande.id),
            separation_attend=is_depart_a_decider(demande),
            envoi_en_cours=verrouiller_envois(demande.id, territoire=demande.territoire),
        ),
    )
    if radiation is not None:
        _retenir_l_anonyme(demande, radiation)
    # Another demande that shares a file may be erased at this moment: without this lock, each would see the row of the
    # other, and both would leave the file.
    verrouiller_documents(list_fichiers(demande), territoire=demande.territoire)
    fichiers = list_fichiers_seuls(demande)
    oublier_menage_des_listes(demande)
    purge_id, lignes = _effacer(demande, acte=acte)
    demander_effacement(fichiers, territoire=demande.territoire, survenu_le=acte.survenu_le)
    faits = {"purge": str(purge_id), "numero": demande.nud, "lignes": lignes}
    dire(VerbeVie.PURGER, demande, acte=acte, faits=faits, revision=demande.revision + 1)


def verser_statistiques(*, survenu_le: datetime) -> int:
    """Let the anonymous rows that are numerous enough join the statistics; returns how many did."""
    au_moins = get_parametres(horloge.jour(survenu_le))[ParametresDemande].purge_statistiques_lot_min
    with connection.cursor() as curseur:
        curseur.execute("SELECT registre_verser_statistiques(%s)", [au_moins])
        return int(curseur.fetchone()[0])


def _premier_jour(demande: Demande, radiation: Radiation | None, jour: date) -> date | None:
    delais = get_parametres(jour)[ParametresDemande]
    if radiation is not None:
        retour = limite_de_retour(radiation, le=jour)
        return premier_jour(comptee_depuis(radiation), delais=delais, retour_jusqu_au=retour)
    annulation = get_annulation(demande)
    if annulation is None:
        return None
    depuis = horloge.jour(max(annulation.survenu_le, annulation.inscrit_le))
    return premier_jour_d_un_double(depuis, delais=delais)


def _retenir_l_anonyme(demande: Demande, radiation: Radiation) -> None:
    traits = anonymiser(
        depot=demande.date_anciennete,
        radiee_le=radiation.date_radiation,
        motif=radiation.motif,
        nb_personnes=demande.nb_personnes,
        types_logement=demande.types_logement,
        deja_locataire=demande.deja_locataire_hlm,
        attribution=is_attribuee(demande.id),
    )
    StatistiqueAVerser(territoire=demande.territoire, **asdict(traits)).save(force_insert=True)


def _effacer(demande: Demande, *, acte: Acte) -> tuple[uuid.UUID, dict[str, Any]]:
    """The permit, and how many rows went from each table."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT * FROM registre_purger(%s, %s, %s)", [demande.id, acte.acteur.id, acte.survenu_le]
        )
        purge_id, lignes = curseur.fetchone()
    return purge_id, json.loads(lignes) if isinstance(lignes, str) else lignes
