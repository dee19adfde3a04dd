from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "统计与通报"

    def ready(self) -> None:
        """Tell how the log shows this floor's events."""
        from reports import trail  # noqa: F401
