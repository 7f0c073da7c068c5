import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from calendar_app.guards import topic_lists as guards


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TopicComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic_key', models.BigIntegerField(verbose_name='key of the topic')),
                ('number', models.PositiveSmallIntegerField(verbose_name='place in the list')),
                ('title_kk', models.CharField(blank=True, max_length=300, verbose_name='title in Kazakh')),
                ('title_ru', models.CharField(blank=True, max_length=300, verbose_name='title in Russian')),
                ('comment', models.TextField(verbose_name='comment')),
            ],
            options={
                'verbose_name': 'comment on a topic',
                'verbose_name_plural': 'comments on topics',
                'ordering': ['review', 'number'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='review',
            name='review_round_has_comment_and_term',
        ),
        migrations.AddField(
            model_name='submission',
            name='answers',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers to comments on topics'),
        ),
        migrations.AddField(
            model_name='topiclist',
            name='answers',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers to comments on topics'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due', None), ('last_day', None), ('outcome', 'accepted')), models.Q(models.Q(('outcome', 'accepted'), _negated=True), ('due__isnull', False), ('last_day__isnull', False)), _connector='OR'), name='review_round_has_term'),
        ),
        migrations.AddField(
            model_name='topiccomment',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topic_comments', to='calendar_app.review', verbose_name='review'),
        ),
        migrations.AddConstraint(
            model_name='topiccomment',
            constraint=models.UniqueConstraint(fields=('review', 'topic_key'), name='topic_comment_one_per_topic'),
        ),
        migrations.AddConstraint(
            model_name='topiccomment',
            constraint=models.CheckConstraint(condition=models.Q(('comment', ''), _negated=True), name='topic_comment_says_something'),
        ),
        migrations.RunSQL(guards.CREATE_COMMENTS, guards.DROP_COMMENTS),
    ]
