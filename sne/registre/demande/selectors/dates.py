"""Two birth dates that a slip explains, in SQL; ``rules/dates.py`` says the same in Python."""


def a_une_faute(une: str, autre: str) -> str:
    """The condition on two SQL dates: one of day, month and year differs, or day and month are swapped.

    False for equal dates, null when one is.
    """
    jour, mois, annee = (f"extract({partie} FROM {{}})" for partie in ("day", "month", "year"))

    def egales(ici: str, la: str) -> str:
        return f"{ici.format(une)} = {la.format(autre)}"

    pareilles = " + ".join(f"({egales(partie, partie)})::int" for partie in (jour, mois, annee))
    permutees = " AND ".join((egales(jour, mois), egales(mois, jour), egales(annee, annee)))
    return f"({une} <> {autre} AND ({pareilles} = 2 OR {permutees}))"
