import django.db.models.deletion
from django.db import migrations, models

from calendar_app.guards import topic_lists as guards


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0003_topic_comments'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeftOutTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic_key', models.BigIntegerField(verbose_name='key of the topic')),
                ('number', models.PositiveSmallIntegerField(verbose_name='place in the list')),
                ('title_kk', models.CharField(blank=True, max_length=300, verbose_name='title in Kazakh')),
                ('title_ru', models.CharField(blank=True, max_length=300, verbose_name='title in Russian')),
                ('reason', models.CharField(choices=[('repeats', 'It repeats another topic'), ('local', 'The akimat can solve it itself'), ('solved', 'It is being solved already'), ('single_case', 'It is the matter of a single person or firm, for eOtinish'), ('later', 'It is kept for a later half-year'), ('other', 'Another reason')], max_length=20, verbose_name='reason')),
                ('words', models.TextField(blank=True, verbose_name='explanation')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='calendar_app.review', verbose_name='review')),
            ],
            options={
                'verbose_name': 'topic left out',
                'verbose_name_plural': 'topics left out',
                'ordering': ['review', 'number'],
                'constraints': [models.UniqueConstraint(fields=('review', 'topic_key'), name='left_out_topic_once'), models.CheckConstraint(condition=models.Q(('reason__in', ['repeats', 'local', 'solved', 'single_case', 'later', 'other'])), name='left_out_topic_known_reason'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='left_out_topic_other_explained')],
            },
        ),
        migrations.RunSQL(guards.CREATE_LEFT_OUT, guards.DROP_LEFT_OUT),
    ]
