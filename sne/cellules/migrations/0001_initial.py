"""The table of the cells, as its model says it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_gardes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('territoire', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('cellule', models.CharField(max_length=20)),
                ('de', models.CharField(blank=True, default='', max_length=20)),
                ('vers', models.CharField(blank=True, default='', max_length=20)),
                ('etape', models.CharField(blank=True, choices=[('PREPARER', 'PREPARER'), ('FERMER', 'FERMER'), ('COMPARER', 'COMPARER'), ('BASCULER', 'BASCULER'), ('OUBLIER', 'OUBLIER')], default='', max_length=10)),
                ('ferme_le', models.DateTimeField(null=True, verbose_name='fermé le')),
            ],
            options={
                'db_table': 'cellule_territoire',
            },
        ),
    ]
