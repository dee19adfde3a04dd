from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "统计与通报"

    def ready(self) -> None:
        """Tell how the log shows this floor's events, and who issues a notice."""
        from reports import trail  # noqa: F401
        from reports.actions import issuing  # noqa: F401
