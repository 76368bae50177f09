"""Every table of the register, subject by subject: Django looks for them here. Code imports a subject’s own."""

# ruff: noqa: F401

import sne.registre.attente.models
import sne.registre.avis.models
import sne.registre.controle.models
import sne.registre.demande.models.demande
import sne.registre.demande.models.depot_en_ligne
import sne.registre.demande.models.mandat_aide
import sne.registre.demande.models.personne
import sne.registre.demande.models.radiation
import sne.registre.demande.models.rattachement
import sne.registre.demande.models.separation
import sne.registre.demande.models.tentative
import sne.registre.depot.models
import sne.registre.doublons.models
import sne.registre.enquete.models.enquete
import sne.registre.enquete.models.restauration
import sne.registre.faits.models
import sne.registre.identite.models
import sne.registre.listes.models
import sne.registre.modification.models
import sne.registre.pieces.models
import sne.registre.rattachement.models
import sne.registre.requete.models
import sne.registre.ressources.models
import sne.registre.separation.models
import sne.registre.verification.models
import sne.registre.vie.models.annulation
import sne.registre.vie.models.arret
import sne.registre.vie.models.horloge
import sne.registre.vie.models.preavis
import sne.registre.vie.models.purge
import sne.registre.vie.models.radiation
