from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "公开数据"

    def ready(self) -> None:
        """Tell how the log shows this floor's events and what work there is; keep the index of searching."""
        from disclosures import exporting, log_export, sample, trail  # noqa: F401
        from disclosures.actions import reminders  # noqa: F401
        from disclosures.search import index as search_index
        from disclosures.uploads import bundle_jobs, sheet_jobs  # noqa: F401

        post_migrate.connect(search_index.keep, sender=self)
        register(search_index.check, Tags.database)
