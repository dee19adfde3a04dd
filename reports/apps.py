from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "统计与通报"

    def ready(self) -> None:
        """Tell how the log shows this floor's events, and who issues a notice and puts archives together."""
        from reports import trail  # noqa: F401
        from reports.actions import archive, issuing  # noqa: F401
