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

    READ_ALL_UNITS = "read_all_units", "查看全部单位的数据"
    READ_OWN_UNIT = "read_own_unit", "查看本单位的数据"
    READ_APPLICATION_CONTENT = "read_application_content", "查看依申请公开的申请内容全文，每次查看留有记录"
    IMPORT_SHEETS = "import_sheets", "导入数据表，撤销导入批次"
    EDIT_RECORDS = "edit_records", "逐条登记、修改数据，录入新媒体检查结果"
    MANAGE_REQUIREMENTS = "manage_requirements", "布置、修改工作任务"
    HAND_IN = "hand_in", "报送材料，审核前可以撤回"
    REVIEW_SUBMISSIONS = "review_submissions", "审核、退回报送材料"
    GRANT_EXCEPTIONS = "grant_exceptions", "办理延期，申请标记不适用"
    APPROVE_EXEMPTIONS = "approve_exemptions", "批准标记不适用"
    REMIND = "remind", "向单位发出催办"
    PREVIEW_NOTICE = "preview_notice", "查看、下载未印发的通报"
    DRAFT_NOTICE = "draft_notice", "编制通报，送审"
    REVIEW_NOTICE = "review_notice", "审核通报，退回修改"
    ISSUE_NOTICE = "issue_notice", "签发、更正通报"
    MANAGE_SETTINGS = "manage_settings", "修改机关、单位、日历等设置"
    MANAGE_USERS = "manage_users", "管理账号和任职"
    READ_LOG = "read_log", "查看操作日志"


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
    description="导入和核对全部单位的数据，布置任务，审核报送，催办，编制通报。",
    permissions=frozenset(
        {
            Permission.READ_ALL_UNITS,
            Permission.READ_APPLICATION_CONTENT,
            Permission.IMPORT_SHEETS,
            Permission.EDIT_RECORDS,
            Permission.MANAGE_REQUIREMENTS,
            Permission.HAND_IN,
            Permission.REVIEW_SUBMISSIONS,
            Permission.GRANT_EXCEPTIONS,
            Permission.REMIND,
            Permission.PREVIEW_NOTICE,
            Permission.DRAFT_NOTICE,
        }
    ),
)
OFFICE_REVIEWER = Role(
    key="office_reviewer",
    display_name="办公室审核",
    description="查看全部单位的数据，审核报送材料和通报，批准标记不适用，催办。",
    permissions=frozenset(
        {
            Permission.READ_ALL_UNITS,
            Permission.READ_APPLICATION_CONTENT,
            Permission.REVIEW_SUBMISSIONS,
            Permission.GRANT_EXCEPTIONS,
            Permission.APPROVE_EXEMPTIONS,
            Permission.REMIND,
            Permission.PREVIEW_NOTICE,
            Permission.REVIEW_NOTICE,
        }
    ),
)
ISSUING_LEADER = Role(
    key="issuing_leader",
    display_name="签发领导",
    description="查看全部单位的数据，签发通报，批准标记不适用，不录入、不修改数据。",
    permissions=frozenset(
        {
            Permission.READ_ALL_UNITS,
            Permission.READ_APPLICATION_CONTENT,
            Permission.APPROVE_EXEMPTIONS,
            Permission.PREVIEW_NOTICE,
            Permission.ISSUE_NOTICE,
        }
    ),
)
UNIT_LIAISON = Role(
    key="unit_liaison",
    display_name="单位联络员",
    description="查看本单位的数据和任务，报送材料，不能查看其他单位的记录。",
    permissions=frozenset({Permission.READ_OWN_UNIT, Permission.READ_APPLICATION_CONTENT, Permission.HAND_IN}),
    for_unit=True,
)
UNIT_LEADER = Role(
    key="unit_leader",
    display_name="单位分管领导",
    description="查看本单位的数据、任务和办理情况，不报送、不修改。",
    permissions=frozenset({Permission.READ_OWN_UNIT}),
    for_unit=True,
)
AUDITOR = Role(
    key="auditor",
    display_name="审计员",
    description="查看操作日志，不能查看业务数据。",
    permissions=frozenset({Permission.READ_LOG}),
)

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        ADMINISTRATOR,
        OFFICE_STAFF,
        OFFICE_REVIEWER,
        ISSUING_LEADER,
        UNIT_LIAISON,
        UNIT_LEADER,
        AUDITOR,
    )
}
