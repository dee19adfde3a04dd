from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "公开数据"

    def ready(self) -> None:
        """Tell how the log shows this floor's events, and what work workers may be asked for."""
        from disclosures import log_export, trail  # noqa: F401
