"""Sendings of reminders, letters by mail; a unit is reminded once a sending."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosures', '0003_working_surface'),
        ('units', '0003_log_written_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest_on', models.DateField(blank=True, null=True, verbose_name='每日汇总')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='收件地址')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='主题')),
                ('body', models.TextField(blank=True, verbose_name='正文')),
                ('state', models.CharField(choices=[('waiting', '待发'), ('sending', '发送中'), ('sent', '已发'), ('dropped', '无需再发'), ('failed', '未发出')], default='waiting', max_length=8, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已试次数')),
                ('due_at', models.DateTimeField(verbose_name='发送时间')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='开始发送')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='未发出的原因')),
            ],
            options={
                'verbose_name': '邮件',
                'verbose_name_plural': '邮件',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('code', models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name='批次')),
                ('month', models.CharField(max_length=24, verbose_name='所属期')),
                ('requirement', models.CharField(blank=True, max_length=40, verbose_name='任务编号')),
                ('units', models.JSONField(verbose_name='单位')),
                ('words', models.TextField(blank=True, verbose_name='附言')),
                ('copies', models.BooleanField(default=True, verbose_name='抄送分管领导')),
                ('asked_at', models.DateTimeField(verbose_name='提交时间')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
                ('left_out', models.JSONField(default=list, verbose_name='未催办')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
            ],
            options={
                'verbose_name': '催办批次',
                'verbose_name_plural': '催办批次',
                'ordering': ['-asked_at', '-code'],
            },
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('sending', 'unit'), name='reminder_once_a_sending'),
        ),
        migrations.AddField(
            model_name='letter',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.office'),
        ),
        migrations.AddField(
            model_name='letter',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='message',
            name='letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='disclosures.letter'),
        ),
        migrations.AddField(
            model_name='sending',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sending',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.office'),
        ),
        migrations.AddField(
            model_name='sending',
            name='taken_back_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('state__in', ('waiting', 'sending'))), fields=['due_at'], name='letter_to_send'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['office', 'state', '-ended_at'], name='letter_of_office'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('digest_on__isnull', False)), fields=('user', 'digest_on'), name='letter_one_digest_a_day'),
        ),
        migrations.AddIndex(
            model_name='sending',
            index=models.Index(fields=['office', '-asked_at'], name='sending_of_office'),
        ),
        migrations.AlterField(
            model_name='remindersettings',
            name='digest_at',
            field=models.TimeField(default=datetime.time(16, 30), verbose_name='每日汇总发送时间'),
        ),
        migrations.AlterField(
            model_name='remindersettings',
            name='quiet_from',
            field=models.TimeField(default=datetime.time(19, 0), verbose_name='邮件静默开始'),
        ),
        migrations.AlterField(
            model_name='remindersettings',
            name='quiet_to',
            field=models.TimeField(default=datetime.time(8, 30), verbose_name='邮件静默结束'),
        ),
    ]
