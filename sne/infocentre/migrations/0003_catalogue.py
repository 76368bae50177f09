"""Indicators, reports, versions and what was decided of them before the service (``rapports/donnees/catalogue.json``)."""

from django.db import migrations

from sne.infocentre.rapports.donnees import livrer


class Migration(migrations.Migration):
    dependencies = [("infocentre", "0002_gardes")]
    operations = [migrations.RunPython(livrer, migrations.RunPython.noop)]
