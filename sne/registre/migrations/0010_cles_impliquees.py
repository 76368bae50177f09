"""Checks that others imply are not made twice: each row written costs one look-up for each of its foreign keys."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

# What the composite keys of 0002 imply:
#   identite(personne_id, demande_id) → personne(id, demande_id), and personne.demande_id → demande
#   personne(identite_courante_id, id) → identite(id, personne_id)
#   titre_anciennete(personne_id, demande_id) → personne(id, demande_id)
#   demande(version_courante_id, id, revision) → version(id, demande_id, numero)
# A new person comes with an identity of their own (the second key), which nobody writes without its journal entry.
DECLENCHEUR = """
DROP TRIGGER journalise ON personne;
CREATE CONSTRAINT TRIGGER journalise AFTER UPDATE OR DELETE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();
"""
PROTEGER = django.db.models.deletion.PROTECT


def cle(vers: str, **options: Any) -> models.ForeignKey[Any, Any]:
    """A foreign key that the database does not check by itself."""
    return models.ForeignKey(to=vers, on_delete=PROTEGER, db_constraint=False, **options)


class Migration(migrations.Migration):
    dependencies = [("registre", "0009_cas_doublon")]
    operations = [
        migrations.AlterField(
            "demande", "version_courante", cle("registre.version", related_name="+", db_index=False)
        ),
        migrations.AlterField(
            "identite", "demande", cle("registre.demande", related_name="+", db_index=False)
        ),
        migrations.AlterField("identite", "personne", cle("registre.personne", related_name="identites")),
        migrations.AlterField(
            "personne", "identite_courante", cle("registre.identite", related_name="+", db_index=False)
        ),
        migrations.AlterField(
            "titreanciennete",
            "personne",
            cle("registre.personne", related_name="+", db_index=False, null=True),
        ),
        migrations.AlterField(
            "secretnir",
            "personne",
            models.ForeignKey(
                to="registre.personne", on_delete=PROTEGER, related_name="secrets_nir", db_index=False
            ),
        ),
        migrations.RunSQL(DECLENCHEUR, migrations.RunSQL.noop),
    ]
