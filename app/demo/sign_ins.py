"""Who can sign in to the demo county."""

from dataclasses import dataclass

SECOND_FACTOR = (
    "admin 首次登录先设第二道验证：打印十个验证码即可。 / admin first sets up a second factor: printed codes will do."
)
PASSWORD = "tongxing2026"  # noqa: S105 - printed at every demo start; production refuses data that knows it


@dataclass(frozen=True)
class SignIn:
    """One demo account."""

    identifier: str
    name: str
    chinese: str
    english: str


MANAGER = SignIn("zhuren", "陈志远", "主办单位主任", "host, manager")
STAFF = SignIn("ganshi", "苏小禾", "主办单位干事", "host, staff")
OTHER_STAFF = SignIn("shaonian", "单雨桐", "青少年宫干事", "another host, staff")
SCHOOL = SignIn("laoshi", "覃丽华", "清溪县第一中学老师", "school office")
OTHER_SCHOOL = SignIn("laoshi2", "解明", "清溪县实验中学老师", "another school")
SCHOOL_MANAGER = SignIn("jiaowu", "区建平", "清溪县第一中学教务主任", "school, manager")
TWO_ROLES = SignIn("liangyong", "查文静", "民族中学老师，也是志愿者协会干事", "school office and host's staff in one")
YOUNG = SignIn("13800000001", "林晓雨", "高中生（本人报名）", "young person")
PARENT = SignIn("13800000002", "周建国", "家长，两个孩子", "parent of two")
ADMINISTRATOR = SignIn("admin", "曾立新", "系统管理员", "administrator")
AUDITOR = SignIn("shenji", "翟敏", "审计员", "auditor")

EVERYBODY = (
    MANAGER,
    STAFF,
    OTHER_STAFF,
    SCHOOL,
    SCHOOL_MANAGER,
    OTHER_SCHOOL,
    TWO_ROLES,
    YOUNG,
    PARENT,
    ADMINISTRATOR,
    AUDITOR,
)
