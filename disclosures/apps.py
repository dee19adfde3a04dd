from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "公开数据"

    def ready(self) -> None:
        """Tell how the log shows this floor's events, and which work its jobs do."""
        from disclosures import sample, trail  # noqa: F401
        from disclosures.actions import reminders  # noqa: F401
