"""Rest days and make-up days of 2020, and the working-day arithmetic the sample needs to place its dates.

Sources: 国办发明电〔2019〕16号 (the year's arrangement) and the State Council's notice of 2020-01-27, which
extended the Spring Festival to 2 February and thereby cancelled 1 February as a make-up day.
"""

from datetime import date, timedelta

ARRANGEMENT = "国办发明电〔2019〕16号"
EXTENSION = "国务院办公厅关于延长2020年春节假期的通知（2020年1月27日）"

_HOLIDAYS = (
    ("元旦", date(2020, 1, 1), date(2020, 1, 1), ARRANGEMENT),
    ("春节", date(2020, 1, 24), date(2020, 1, 30), ARRANGEMENT),
    ("春节延长假期", date(2020, 1, 31), date(2020, 2, 2), EXTENSION),
    ("清明节", date(2020, 4, 4), date(2020, 4, 6), ARRANGEMENT),
    ("劳动节", date(2020, 5, 1), date(2020, 5, 5), ARRANGEMENT),
    ("端午节", date(2020, 6, 25), date(2020, 6, 27), ARRANGEMENT),
    ("国庆节、中秋节", date(2020, 10, 1), date(2020, 10, 8), ARRANGEMENT),
)
_MADE_UP = (
    ("春节调休", date(2020, 1, 19)),
    ("劳动节调休", date(2020, 4, 26)),
    ("劳动节调休", date(2020, 5, 9)),
    ("端午节调休", date(2020, 6, 28)),
    ("国庆节、中秋节调休", date(2020, 9, 27)),
    ("国庆节、中秋节调休", date(2020, 10, 10)),
)


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def rest_day_rows() -> list[dict[str, object]]:
    """The rows of the `rest_days` sheet: one a day that the arrangement names, in the order of the year."""
    rows = [(day, "休息", name, basis) for name, first, last, basis in _HOLIDAYS for day in days(first, last)] + [
        (day, "上班", name, ARRANGEMENT) for name, day in _MADE_UP
    ]
    return [{"日期": d, "性质": nature, "名称": name, "依据": basis} for d, nature, name, basis in sorted(rows)]


_NATURE = {row["日期"]: row["性质"] for row in rest_day_rows()}


def is_workday(day: date) -> bool:
    """Whether offices work on `day`: what the arrangement says, otherwise Monday to Friday."""
    nature = _NATURE.get(day)
    return nature == "上班" if nature else day.weekday() < 5


def add_workdays(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself is not counted."""
    while count:
        day += timedelta(1)
        count -= is_workday(day)
    return day


def workday_before(day: date, count: int) -> date:
    """The `count`-th working day before `day`."""
    while count:
        day -= timedelta(1)
        count -= is_workday(day)
    return day
