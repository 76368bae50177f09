"""The steps that prepare a demonstration: ``python -m sne.demo.preparation TAILLE ETAPE…``, for one role in a row."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import django
from django.core.management import call_command
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sne.demo import empreintes
from sne.demo.dossier import dossier_de_la_demo
from sne.demo.generation.doubles import SOUCHE
from sne.demo.generation.ecriture import ecrire_doubles, ecrire_menages
from sne.socle.acte import Acte

MOIS_SUIVIS = 12  # of what each counter did


def schema(_: int) -> None:
    """Tables and rights (owner)."""
    call_command("migrate", verbosity=0, interactive=False)


def referentiels(_: int) -> None:
    """Communes, code lists, parameters, fictional bodies and counters, number sequences (owner)."""
    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.registre.demande.actions.territoires import ouvrir_territoires

    charger_referentiels()
    charger_demonstration()
    ouvrir_territoires()


def adresses(_: int) -> None:
    """The streets of the fictional département, in a file as the nation publishes them, then in our index (owner)."""
    from sne.connecteurs.adresses.chargement import charger_adresses
    from sne.demo.generation.adresses import fichier_des_adresses
    from sne.socle.horloge import maintenant

    fichier = dossier_de_la_demo().adresses
    fichier.write_text(fichier_des_adresses(), encoding="utf-8")
    with fichier.open("rb") as lu:
        charger_adresses(lu, le=maintenant(), meme_si_moins=True)


def comptes(_: int) -> None:
    """One account per role."""
    from sne.demo.ouverture import ouvrir_comptes

    ouvrir_comptes(dossier_de_la_demo())


def editeurs(_: int) -> None:
    """The vendor whose software calls: agreement, key, certificates."""
    from sne.demo.editeurs import ouvrir_editeur

    ouvrir_editeur(dossier_de_la_demo())


def territoire(taille: int) -> None:
    """The fictional households, those that are missing; past the first ones, their doubles."""
    from sne.demo.generation.atelier import decor_du_territoire, rangs_manquants, terrains_du_pays
    from sne.demo.generation.menages import Generateur
    from sne.socle.horloge import aujourd_hui

    decor = decor_du_territoire(aujourd_hui())
    generateur = Generateur(decor)
    manquants = list(rangs_manquants(generateur, min(taille, SOUCHE)))
    with _progression(len(manquants) + max(0, taille - SOUCHE)) as avancer:
        ecrire_menages(decor, manquants, avancer=avancer)
        if taille > SOUCHE:
            ecrire_doubles(decor, terrains_du_pays(), taille, avancer=avancer)


def scenes(taille: int) -> None:
    """What a few of these households brought, asked and sent online, then what each counter did this year."""
    from sne.demo.generation.activites import inventer_activite
    from sne.demo.generation.atelier import decor_du_territoire
    from sne.demo.generation.changements import jouer_changements
    from sne.demo.generation.en_ligne import jouer_en_ligne
    from sne.demo.generation.menages import Generateur
    from sne.demo.generation.pieces import deposer_pieces
    from sne.demo.generation.ressources import demander_des_ressources
    from sne.demo.generation.usagers import fichier_des_usagers
    from sne.registre.contenu.rules.mois import ajouter_mois
    from sne.socle.horloge import aujourd_hui, maintenant
    from sne.suivi.actions.activite import calculer_activite, service_du_suivi
    from sne.suivi.actions.national import calculer_veille
    from sne.suivi.selectors.activite import get_dernier_mois

    generateur, instant = Generateur(decor_du_territoire(aujourd_hui())), maintenant()
    usagers = fichier_des_usagers(generateur, min(taille, SOUCHE))
    dossier_de_la_demo().usagers.write_text(usagers, encoding="utf-8")
    deposer_pieces(generateur, taille, maintenant=instant)
    demander_des_ressources(generateur, taille, maintenant=instant)
    jouer_changements(generateur, taille, maintenant=instant)
    jouer_en_ligne(generateur, taille, maintenant=instant)
    if get_dernier_mois() is None:  # later months are those of the nights
        depuis = ajouter_mois(aujourd_hui(), -MOIS_SUIVIS)
        calculer_activite(depuis=depuis, acte=Acte(service_du_suivi(), instant))
        inventer_activite(depuis=depuis, le=aujourd_hui())
        calculer_veille(acte=Acte(service_du_suivi(), instant))


@contextmanager
def _progression(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    colonnes = (TextColumn("  demandes"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task("", total=total)
        yield lambda nombre: barre.advance(tache, nombre)


def lac(_: int) -> None:
    """The journal of all this sealed; the worker pours it into the lake as it begins, then goes on every hour."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    from sne.infocentre.lac.tasks import HEURE
    from sne.journal.actions import sceller
    from sne.socle.horloge import maintenant

    while sceller() > 0:
        pass
    with suppress(AlreadyEnqueued):  # that of the hour is about to run: it pours this too
        app.tasks[HEURE].defer(timestamp=int(maintenant().timestamp()))


def locations(taille: int) -> None:
    """What the landlords of the fictional territory let."""
    from sne.demo.generation.atelier import decor_du_territoire
    from sne.demo.generation.locations import jouer_locations
    from sne.demo.generation.menages import Generateur
    from sne.socle.horloge import aujourd_hui

    jouer_locations(Generateur(decor_du_territoire(aujourd_hui())), taille)


def rpls(taille: int) -> None:
    """What they declared of it (owner)."""
    from sne.demo.generation.atelier import decor_du_territoire
    from sne.demo.generation.locations import charger_millesimes
    from sne.demo.generation.menages import Generateur
    from sne.socle.horloge import aujourd_hui, maintenant

    charger_millesimes(Generateur(decor_du_territoire(aujourd_hui())), taille, instant=maintenant())


def rapports(taille: int) -> None:
    """Reports that left, a version that was withdrawn, somebody who left, open data; a lease corrected since."""
    from sne.demo.generation.atelier import decor_du_territoire
    from sne.demo.generation.locations import corriger_un_contingent
    from sne.demo.generation.menages import Generateur
    from sne.demo.generation.rapports import jouer_rapports
    from sne.socle.horloge import aujourd_hui, maintenant

    instant = maintenant()
    jouer_rapports(maintenant=instant)
    corriger_un_contingent(Generateur(decor_du_territoire(aujourd_hui())), taille, instant=instant)


def site(_: int) -> None:
    """The professionals’ site, the decisions, the shared spaces: written by one, published by another."""
    from datetime import timedelta

    from sne.demo.comptes import COMPTES
    from sne.demo.generation.assistance import jouer_assistance
    from sne.demo.generation.espaces import jouer_espaces
    from sne.habilitations.rules import Role
    from sne.habilitations.selectors import acteur_de, get_compte_par_courriel
    from sne.programme.actions.decider import Question, mettre_au_vote
    from sne.programme.actions.livrer import livrer_les_decisions
    from sne.sensibilisation.actions import lancer_campagne
    from sne.site_pro.actions.livrer import livrer_le_site
    from sne.socle.horloge import jour, maintenant

    le = maintenant()
    un, autre = [
        acteur_de(get_compte_par_courriel(c.courriel), le=jour(le))
        for c in COMPTES
        if c.role is Role.POLE_METIER
    ]
    actes = {"par": Acte(un, le), "publie_par": Acte(autre, le)}
    livrer_le_site(**actes)
    livrer_les_decisions(**actes)
    lancer_campagne(
        "campagne-egalite",
        titre="Le même accueil pour toutes et tous",
        lien="/aide/egalite/campagne/",
        au=jour(le) + timedelta(days=90),
        acte=Acte(un, le),
    )
    mettre_au_vote(
        Question(
            titre="Le rythme des réunions des gestionnaires territoriaux",
            pourquoi="Les réunions ont lieu quatre fois par an. Deux territoires en demandent davantage.",
            instance="SEANCE",
            options="Quatre réunions par an\nSix réunions par an\n\nÀ distance\nUne fois sur deux sur place",
            vote_du=jour(le),
            vote_au=jour(le) + timedelta(days=21),
        ),
        acte=Acte(un, le),
    )
    comptes = {c.role: get_compte_par_courriel(c.courriel) for c in reversed(COMPTES)}
    roles = {role: acteur_de(compte, le=jour(le)) for role, compte in comptes.items()}
    jouer_espaces(roles, le=le)
    jouer_assistance(roles, le=le)


def statistiques(_: int) -> None:
    """What the planner must know of the tables just filled (owner)."""
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")


def statiques(_: int) -> None:
    """Style sheets and scripts, hashed and compressed."""
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


ETAPES: dict[str, Callable[[int], None]] = {
    f.__name__: f
    for f in (
        *(
            schema,
            referentiels,
            adresses,
            comptes,
            editeurs,
            territoire,
            scenes,
            statistiques,
            lac,
            statiques,
        ),
        *(site, locations, rpls, rapports),
    )
}


def main(arguments: Sequence[str]) -> None:
    """``TAILLE ETAPE…``: each says its name, then is done."""
    taille, *noms = arguments
    libelles = {etape.nom: etape.libelle for etape in (*empreintes.ETAPES, *empreintes.SUITES)}
    django.setup()
    for nom in noms:
        sys.stderr.write(f"{libelles[nom]}…\n")
        ETAPES[nom](int(taille))


if __name__ == "__main__":
    main(sys.argv[1:])
