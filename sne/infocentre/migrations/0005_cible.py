"""The dwelling aimed at is told of a size and a composition that were read already."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("infocentre", "0004_contours")]
    operations = [
        migrations.RunSQL("SET lock_timeout = '3s'", migrations.RunSQL.noop),
        *executer("infocentre", "lac/cible"),
    ]
