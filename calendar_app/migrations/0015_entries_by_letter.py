import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from calendar_app.guards import entries as guards


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0012_letters_of_coordination'),
        ('regions', '0002_halls_in_their_region'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('words', models.TextField(verbose_name='objection')),
            ],
            options={
                'verbose_name': 'objection to an entry by letter',
                'verbose_name_plural': 'objections to entries by letter',
            },
        ),
        migrations.CreateModel(
            name='ObjectionAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('words', models.TextField(verbose_name='answer to the objection')),
            ],
            options={
                'verbose_name': 'answer to an objection',
                'verbose_name_plural': 'answers to objections',
            },
        ),
        migrations.RemoveConstraint(
            model_name='submission',
            name='submission_late_means_at_or_after_due',
        ),
        migrations.RemoveConstraint(
            model_name='submission',
            name='submission_late_has_explanation',
        ),
        migrations.RenameField(model_name='submission', old_name='explanation', new_name='explanation_kk'),
        migrations.AddField(
            model_name='submission',
            name='came_at',
            field=models.DateTimeField(null=True, verbose_name='came by letter at'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='explanation_kk',
            field=models.TextField(blank=True, verbose_name='explanation of lateness in Kazakh'),
        ),
        migrations.AddField(
            model_name='submission',
            name='explanation_ru',
            field=models.TextField(blank=True, verbose_name='explanation of lateness in Russian'),
        ),
        migrations.AddField(
            model_name='topiclist',
            name='entry_letter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='calendar_app.signedletter', verbose_name='entered from'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.comparison.Coalesce(models.F('came_at'), models.F('submitted_at')), models.F('due')), ('late', True)), models.Q(django.db.models.lookups.LessThan(django.db.models.functions.comparison.Coalesce(models.F('came_at'), models.F('submitted_at')), models.F('due')), ('late', False)), _connector='OR'), name='submission_late_means_at_or_after_due'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('late', False), models.Q(('explanation_kk', ''), ('explanation_ru', ''), _negated=True), _connector='OR'), name='submission_late_has_explanation'),
        ),
        migrations.AddConstraint(
            model_name='topiclist',
            constraint=models.CheckConstraint(condition=models.Q(('entry_letter', None), ('state__in', ('draft', 'returned')), _connector='OR'), name='topic_list_entered_while_written'),
        ),
        migrations.AddField(
            model_name='entryobjection',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='entryobjection',
            name='submission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='calendar_app.submission', verbose_name='submission'),
        ),
        migrations.AddField(
            model_name='objectionanswer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='objectionanswer',
            name='objection',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='calendar_app.entryobjection', verbose_name='objection'),
        ),
        migrations.AddConstraint(
            model_name='entryobjection',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='entry_objection_says_something'),
        ),
        migrations.AddConstraint(
            model_name='objectionanswer',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='objection_answer_says_something'),
        ),
        migrations.RunSQL(guards.CREATE, guards.DROP),
    ]
