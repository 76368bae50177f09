"""Open every figure of a demonstration, place by place, for so many seconds at most: is what is behind it that figure?

Beside a demonstration that runs: « python -m tests.infocentre.rapports.ouvrir_tout 1800 », or, of some reports alone,
« … 1800 R02 ». A long trial does the same of a few households (``test_chaque_cellule.py``).
"""

import sys
import time

from sne.cli.connexion import charger_django


def main(secondes: float, *rapports: str) -> int:
    """Open them until the time is over; how many are wrong. ``rapports``: of these alone."""
    charger_django()
    from sne.infocentre.rapports.rules.periodes import periode_par_defaut
    from sne.socle.horloge import aujourd_hui, maintenant
    from tests.infocentre.rapports.chaque_cellule import parcourir, portees_du_lac

    debut, total, faux = time.monotonic(), 0, 0
    periode, instant = periode_par_defaut(aujourd_hui()), maintenant()
    for lu in parcourir(portees_du_lac(), periode, instant=instant, rapports=rapports):
        total, faux = total + lu.ouvertes, faux + len(lu.faux)
        passees, quoi = time.monotonic() - debut, lu.demandee
        ou = f"{quoi.portee.lieu.cle} {quoi.grain} {quoi.version.rapport} {quoi.version.numero}"
        _dire(f"{passees:7.1f} s {ou}: {lu.ouvertes}", *lu.faux)
        if passees > secondes:
            _dire("The time is over: the others were not opened.")
            break
    _dire(f"{total} figures opened, {faux} wrong")
    return faux


def _dire(*lignes: str) -> None:
    sys.stdout.writelines(f"{ligne}\n" for ligne in lignes)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(bool(main(float(sys.argv[1]), *sys.argv[2:])))
