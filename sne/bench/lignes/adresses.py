"""Our own index of addresses, a million numbers large, by the port and through HTTP; what services down cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.equipe import Equipe
from sne.bench.rules import Cible, Ligne, Sens, Tranche, au_plus, latence_mediane, p95, rapport
from sne.bench.web import ouvrir_session, serveur_web
from sne.socle.bases import Acces

NUMEROS = 1_000_000
CIBLE, CIBLE_WEB = 20.0, 40.0  # ms
CIBLE_PANNES = 1.1
NULLE_PART = "http://127.0.0.1:1"
SANS_SERVICE = {"SNE_BAN_URL": "", "SNE_ENTREPRISES_URL": "", "SNE_DRM_URL": ""}
EN_PANNE = dict.fromkeys(SANS_SERVICE, NULLE_PART) | {"SNE_DRM_CLE": "mesure"}
JUSTES = 0.99


def adresses(chantier: Chantier) -> list[Ligne]:
    """Searches of one client, and the part of them whose first proposal is the address that was meant."""
    acces = chantier.atelier.copie("adresses")
    charge = chantier.atelier.preparer("adresses", acces=acces, role="owner", taille=NUMEROS)
    tranches = chantier.seul("ChercherAdresse", acces)
    par_le_web = _par_le_web(chantier, acces)
    justes, essais = chantier.atelier.preparer("adresses_justes", acces=acces)
    chantier.atelier.jeter("adresses")
    part = justes / essais
    quoi = f"{charge['numeros']} numbers on {charge['voies']} streets, loaded in {charge['secondes']:.0f} s"
    return [
        au_plus(
            "adresses",
            f"An address typed with one slip, with its commune: {quoi}",
            tranches,
            CIBLE,
            decimales=1,
        ),
        Ligne(
            code="adresses-justes",
            titre="The same: the address that was meant comes first",
            limite="all of them",
            mesure=f"{justes} of {essais}",
            valeur=part,
            unite="recall",
            cible=Cible(Sens.AU_MOINS, JUSTES),
        ),
        au_plus(
            "adresses-web",
            "The same, asked through HTTP by the script of a page: session, rights, proposals sealed",
            par_le_web,
            CIBLE_WEB,
            decimales=1,
        ),
    ]


def pannes(chantier: Chantier) -> list[Ligne]:
    """A page of entry that asks for help, on two servers that differ by what they know of the services."""
    acces = chantier.atelier.copie("pannes")
    with (
        _client(chantier, acces, "DemanderUneAide") as eteints,
        _client(chantier, acces, "DemanderUneAide", **EN_PANNE) as en_panne,
    ):
        tranches = chantier.alterner(
            {
                "eteints": partial(eteints.tranche, chantier.reglages.secondes, par_seconde=0),
                "en_panne": partial(en_panne.tranche, chantier.reglages.secondes, par_seconde=0),
            }
        )
    chantier.atelier.jeter("pannes")
    medianes = {nom: [latence_mediane([t]) for t in liste] for nom, liste in tranches.items()}
    valeur = rapport(medianes["en_panne"], medianes["eteints"])
    dits = {
        nom: f"{latence_mediane(liste):.1f} ms, p95 {p95(liste):.1f} ms" for nom, liste in tranches.items()
    }
    return [
        Ligne(
            code="pannes",
            titre="A page that asks for an address, the three services of the State down",
            limite=f"switched off: {dits['eteints']}",
            mesure=dits["en_panne"],
            valeur=valeur,
            unite="×",
            cible=Cible(Sens.AU_PLUS, CIBLE_PANNES),
            tranches={nom: [round(x, 3) for x in liste] for nom, liste in medianes.items()},
        )
    ]


def _par_le_web(chantier: Chantier, acces: Acces) -> list[Tranche]:
    with _client(chantier, acces, "ProposerParLeWeb") as equipe:
        mesure = partial(equipe.tranche, chantier.reglages.secondes, par_seconde=0)
        return chantier.alterner({"mesure": mesure})["mesure"]


@contextmanager
def _client(chantier: Chantier, acces: Acces, acte: str, **services: str) -> Iterator[Equipe]:
    """One client signed in to a server that knows these services, and no other."""
    variables = chantier.atelier.variables_du_web(acces) | SANS_SERVICE | services
    with serveur_web(variables, chantier.atelier.dossier / "web.log") as (port, _):
        session = ouvrir_session(port, chantier.atelier.comptes[1 if services else 0])
        with chantier.equipe(acte, acces, processus=1, fils=1, options=[session]) as equipe:
            yield equipe
