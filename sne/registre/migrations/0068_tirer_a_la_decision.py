"""Which changes are read again is kept with their examination, instead of drawn anew at each reading of the list."""

import hmac
from typing import Any

from django.db import migrations, models

from sne.socle.chiffrement import cle_pour

PART = 0.05  # in force until now
LOT = 1_000


def tirer(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """The draw that the list made so far: same key, same share."""
    cle = cle_pour("relecture d’une identité")
    with schema_editor.connection.cursor() as curseur:
        curseur.execute("ALTER TABLE examen_identite DISABLE TRIGGER USER")
        curseur.execute("SELECT identite_id FROM examen_identite")
        tirees = [
            ligne[0]
            for ligne in curseur.fetchall()
            if int.from_bytes(hmac.digest(cle, ligne[0].bytes, "sha256")[:8], "big") < PART * 2**64
        ]
        for debut in range(0, len(tirees), LOT):
            curseur.execute(
                "UPDATE examen_identite SET tiree = true WHERE identite_id = ANY(%s)",
                [tirees[debut : debut + LOT]],
            )
        curseur.execute("ALTER TABLE examen_identite ENABLE TRIGGER USER")
        curseur.execute("ALTER TABLE examen_identite ENABLE ALWAYS TRIGGER ajout_seul")
        curseur.execute("ALTER TABLE examen_identite ENABLE ALWAYS TRIGGER ajout_seul_vider")


class Migration(migrations.Migration):
    dependencies = [("registre", "0067_anciens_ailleurs")]

    operations = [
        migrations.AddField(
            model_name="examenidentite",
            name="tiree",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(tirer, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="examenidentite",
            index=models.Index(
                condition=models.Q(("tiree", True)),
                fields=["territoire", "survenu_le"],
                name="examen_identite_tires",
            ),
        ),
    ]
