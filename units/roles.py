"""Who may do what: every permission with its sentence, every role with its permissions. The page to show the client."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something that can be done in the portal, with the sentence that says what."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Permission:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    IMPORT_SHEETS = "import_sheets", "导入数据表，撤销导入批次"
    READ_ALL_UNITS = "read_all_units", "查看全部单位的数据"
    READ_OWN_UNIT = "read_own_unit", "查看本单位的数据"
    READ_APPLICATION_CONTENT = "read_application_content", "查看依申请公开的申请内容全文，每次查看留有记录"
    PREVIEW_NOTICE = "preview_notice", "查看、下载未印发的通报"
    MANAGE_SETTINGS = "manage_settings", "修改机关、单位、日历等设置"
    MANAGE_USERS = "manage_users", "管理账号和任职"


@dataclass(frozen=True)
class Role:
    """A set of permissions a person holds at an office, or for one unit."""

    key: str
    display_name: str
    description: str
    permissions: frozenset[Permission]
    for_unit: bool = False


ADMINISTRATOR = Role(
    key="administrator",
    display_name="系统管理员",
    description="管理账号、单位和各项设置，可办理全部日常业务。",
    permissions=frozenset(Permission),
)
OFFICE_STAFF = Role(
    key="office_staff",
    display_name="办公室经办",
    description="导入和核对全部单位的数据，编制通报。",
    permissions=frozenset(
        {
            Permission.IMPORT_SHEETS,
            Permission.READ_ALL_UNITS,
            Permission.READ_APPLICATION_CONTENT,
            Permission.PREVIEW_NOTICE,
        }
    ),
)
UNIT_LIAISON = Role(
    key="unit_liaison",
    display_name="单位联络员",
    description="查看本单位的数据和任务，不能查看其他单位的记录。",
    permissions=frozenset({Permission.READ_OWN_UNIT, Permission.READ_APPLICATION_CONTENT}),
    for_unit=True,
)

ROLES: dict[str, Role] = {role.key: role for role in (ADMINISTRATOR, OFFICE_STAFF, UNIT_LIAISON)}
