"""The proposals of values, as their model says them."""

import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PropositionParametre',
            fields=[
                ('auteur', models.UUIDField()),
                ('personne_auteur', models.UUIDField(editable=False, null=True)),
                ('personne_decideur', models.UUIDField(editable=False, null=True)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decideur', models.UUIDField(null=True)),
                ('decide_par', models.JSONField(null=True, verbose_name='décideur, tel qu’il était')),
                ('clos_le', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('valeur', models.JSONField()),
                ('debut', models.DateField(verbose_name='premier jour')),
                ('source', models.CharField(max_length=120)),
                ('raison', models.CharField(max_length=300)),
                ('proposee_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField()),
                ('issue', models.CharField(blank=True, max_length=8)),
                ('motif', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'db_table': 'proposition_parametre',
                'constraints': [models.UniqueConstraint(condition=models.Q(('clos_le', None)), fields=('code',), name='proposition_parametre_ouverte'), models.CheckConstraint(condition=models.Q(models.Q(('raison', ''), _negated=True), models.Q(('source', ''), _negated=True), models.Q(models.Q(('clos_le', None), ('decide_par__isnull', True), ('decideur', None), ('issue', ''), ('motif', '')), models.Q(('clos_le__isnull', False), ('decide_par__isnull', False), ('decideur__isnull', False), ('issue__in', ['ACCEPTEE', 'RETIREE']), ('motif', '')), models.Q(('clos_le__isnull', False), ('decide_par__isnull', False), ('decideur__isnull', False), ('issue', 'REFUSEE'), models.Q(('motif', ''), _negated=True)), _connector='OR')), name='proposition_parametre_issue'), models.CheckConstraint(condition=models.Q(models.Q(('issue__in', ['RETIREE']), ('personne_auteur', models.F('personne_decideur'))), models.Q(models.Q(('issue__in', ['RETIREE']), _negated=True), models.Q(('personne_auteur', models.F('personne_decideur')), _negated=True)), _connector='OR'), name='proposition_parametre_deux_personnes')],
            },
        ),
    ]
