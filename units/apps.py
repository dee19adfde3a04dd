from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        """Tell how the log shows this floor's events."""
        from units import trail  # noqa: F401
