"""What a new office starts with: categories, channels, platforms and limits. All of it is data it may change."""

from disclosures.models import CalendarYear, Category, Channel, DeadlineRule, Platform, RestDay
from units.models import Office

CATEGORIES = (("动态类", "动态类信息"), ("政务主动公开类", "政务主动公开类信息"))

# The wording is the whole clause before the number; the website and the letters of assistance as in the June 2020
# notice, the others in its manner. {government} becomes 区政府 or 县政府.
CHANNELS = (
    ("网站", "{government}网站收到政府信息公开申请"),
    ("信函", "收到信函申请"),
    ("当面", "收到当面申请"),
    ("传真", "收到传真申请"),
    ("电子邮件", "收到电子邮件申请"),
    ("协助调查函", "收到省市政府依申请协助调函"),
    ("其他", "收到其他渠道申请"),
)

PLATFORMS = ("微信订阅号", "微信服务号", "微博", "抖音", "今日头条", "快手", "视频号", "移动客户端", "其他")

RULES = (
    (DeadlineRule.Subject.APPLICATION_REPLY, 20, "《中华人民共和国政府信息公开条例》第三十三条"),
    (DeadlineRule.Subject.APPLICATION_EXTENSION, 20, "《中华人民共和国政府信息公开条例》第三十三条"),
    # Local practice differs (5 to 15 working days); the office sets its own.
    (DeadlineRule.Subject.MAILBOX_REPLY, 5, "本机关规定，可在系统设置中修改"),
)


def furnish(office: Office) -> None:
    """Give `office` what it lacks of the standard words and limits; what it has stays as it is."""
    furnish_calendar()
    for model, words in (
        (Category, CATEGORIES),
        (Channel, CHANNELS),
        (Platform, [(name, "") for name in PLATFORMS]),
    ):
        for position, (name, wording) in enumerate(words, start=1):
            model.objects.get_or_create(office=office, name=name, defaults={"wording": wording, "position": position})
    for subject, working_days, source in RULES:
        DeadlineRule.objects.get_or_create(
            office=office, subject=subject, valid_from=None, defaults={"working_days": working_days, "source": source}
        )


def furnish_calendar() -> None:
    """Fill the calendar table day by day from the State Council's arrangements, and call those years official.

    Days come from chinesecalendar (2004 on). A year of which the table holds anything else, entered by hand or by
    sheet, is the office's: no day is added, none is changed, and only CalendarYear says whether it is official.
    """
    from chinese_calendar import constants

    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    listed = {day: (RestDay.Nature.REST, name) for day, name in constants.holidays.items()}
    listed |= {day: (RestDay.Nature.WORK, name) for day, name in constants.workdays.items()}
    of_office = {
        day.year
        for day, nature, batch in RestDay.objects.values_list("day", "nature", "batch")
        if batch is not None or listed.get(day, ("", ""))[0] != nature
    }
    years = sorted({day.year for day in listed} - of_office)
    RestDay.objects.bulk_create(
        (
            RestDay(day=day, nature=nature, name=names.get(name, name), basis=_basis(day.year))
            for day, (nature, name) in sorted(listed.items())
            if day.year not in of_office
        ),
        ignore_conflicts=True,
    )
    CalendarYear.objects.bulk_create(
        (CalendarYear(year=year, official=True, basis=_basis(year)) for year in years), ignore_conflicts=True
    )


def _basis(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"
