"""Our own index of addresses, a million numbers large: how long an address typed with a slip takes, and is it right."""

from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, p95

NUMEROS = 1_000_000
CIBLE = 20.0  # ms
JUSTES = 0.99


def adresses(chantier: Chantier) -> list[Ligne]:
    """Searches of one client, and the part of them whose first proposal is the address that was meant."""
    acces = chantier.atelier.copie("adresses")
    charge = chantier.atelier.preparer("adresses", acces=acces, role="owner", taille=NUMEROS)
    with chantier.equipe("ChercherAdresse", acces, processus=1, fils=1) as equipe:
        tranches = chantier.alterner(
            {"mesure": partial(equipe.tranche, chantier.reglages.secondes, par_seconde=0)}
        )["mesure"]
    justes, essais = chantier.atelier.preparer("adresses_justes", acces=acces)
    chantier.atelier.jeter("adresses")
    grand, part = p95(tranches), justes / essais
    quoi = f"{charge['numeros']} numbers on {charge['voies']} streets, loaded in {charge['secondes']:.0f} s"
    return [
        Ligne(
            code="adresses",
            titre=f"An address typed with one slip, with its commune: {quoi}",
            limite=f"{CIBLE:g} ms p95",
            mesure=f"{latence_mediane(tranches):.1f} ms, p95 {grand:.1f} ms",
            valeur=grand,
            unite="ms p95",
            cible=Cible(Sens.AU_PLUS, CIBLE),
            rapport=grand / CIBLE,
        ),
        Ligne(
            code="adresses-justes",
            titre="The same: the address that was meant comes first",
            limite="all of them",
            mesure=f"{justes} of {essais}",
            valeur=part,
            unite="recall",
            cible=Cible(Sens.AU_MOINS, JUSTES),
            rapport=part,
        ),
    ]
