"""The facts and figures of the case youth-palace-branch, as far as the product goes today. The people are invented."""

BRANCH = "中共云溪县青少年宫支部委员会"
SUPERIOR = "中共云溪县教育工作委员会"

# The register: what the sentence of the report is made of.
COMPOSITION = ("党员 8 名", "在职 7 名", "离退休 1 名", "女 2 名", "研究生 1 名", "大学本科 4 名", "大学专科 3 名")

# The meeting of Monday 15 March 2021, for the appraisal year before.
FORM = "组织生活会"
THEME = "2020年度专题组织生活会"
WHY_LATE = "据纸质记录本录入"
BEGINS, ENDS = "2021-03-15 09:00", "2021-03-15 11:00"
PLACE = "底楼会议室"
APPRAISAL_YEAR = "2020"
AGENDA_ITEMS = 5
GUEST_TITLE, GUEST_KIND = "督导组", "上级督导"
AWAY, REASON = 7, "住院治疗"  # the eighth of the register, retired
MINUTES = "一、通报会前准备情况\n二、逐项完成五项议程\n三、支部书记表态"

# The assembly right after it, at which the members were told and rated (F23).
ASSEMBLY, ASSEMBLY_THEME = "支部党员大会", "通报查摆情况，开展民主评议"
ASSEMBLY_BEGINS, ASSEMBLY_ENDS = "2021-03-15 11:10", "2021-03-15 12:00"
ASSEMBLY_AGENDA = ("通报支部查摆出的问题和批评与自我批评情况", "评议支部班子", "民主评议党员")
WRONG_PLACE, WHY = "二楼会议室", "会议地点写错"

RATING = "民主测评"
GRADES = (2, 6, 0, 0)  # 优秀, 合格, 基本合格, 不合格, as reported
QUOTA = 2  # as many 优秀 as a third of eight, rounded down

DUE, PRESENT, ON_LEAVE, VOTING_DUE, VOTING_PRESENT = 8, 7, 1, 8, 7
