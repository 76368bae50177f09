"""The table of sign-ins that started, as its model says it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='EtatOidc',
            fields=[
                ('etat', models.BinaryField(primary_key=True, serialize=False)),
                ('temoin', models.BinaryField()),
                ('fournisseur', models.CharField(max_length=20)),
                ('nonce', models.CharField(max_length=43)),
                ('verifieur', models.BinaryField()),
                ('retour', models.CharField(max_length=200)),
                ('survenu_le', models.DateTimeField(verbose_name='ouvert le')),
                ('expire_le', models.DateTimeField()),
            ],
            options={
                'db_table': 'etat_oidc',
                'indexes': [models.Index(fields=['expire_le'], name='etat_oidc_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('survenu_le'))), name='etat_oidc_expire_apres'), models.CheckConstraint(condition=models.Q(models.Q(('nonce', ''), _negated=True), ('retour__startswith', '/')), name='etat_oidc_entier')],
            },
        ),
    ]
