"""Every dated parameter of the register, subject by subject: looked for here when the application starts."""

# ruff: noqa: F401

import sne.registre.avis.parametres
import sne.registre.contenu.parametres
import sne.registre.controle.parametres
import sne.registre.demande.parametres
import sne.registre.depot.parametres
import sne.registre.depot_en_ligne.parametres
import sne.registre.doublons.parametres
import sne.registre.faits.parametres
import sne.registre.identite.parametres
import sne.registre.joindre.parametres
import sne.registre.lecture.parametres
import sne.registre.listes.parametres
import sne.registre.mandat.parametres
import sne.registre.modification.parametres
import sne.registre.pieces.parametres
import sne.registre.recherche.parametres
import sne.registre.requete.parametres
import sne.registre.ressources.parametres
import sne.registre.separation.parametres
import sne.registre.verification.parametres
