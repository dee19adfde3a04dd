from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "公开数据"

    def ready(self) -> None:
        """Tell how the log shows this floor's events."""
        from disclosures import trail  # noqa: F401
