"""The facts and figures of the case library-general-branch. People, branches and everything said are invented."""

UNIVERSITY = "中共云溪大学委员会"
GENERAL = "中共云溪大学图书馆总支部委员会"
BRANCHES = ("第一", "第二", "第三", "第四")
IN_SERVICE = 67  # as reported: members in service, in all branches together; all of them took part

PREPARED, RATED = "2003-05-06", "2003-05-16"
PLAN, RATING = "制定民主评议工作计划", "民主测评大会"
PLAN_AGENDA = "传达上级和总支精神\n确定各步骤的时间、内容、参加人员、地点"
RATING_AGENDA = "党员逐一汇报个人总结\n其他同志提出意见\n无记名测评"
AFTERNOON = ("14:00", "17:00")

# The round, its gate and who looked at what.
ROUND, YEAR = "党性分析、民主评议阶段", 2003
OPENED, ASKED, CHECKED, INSPECTED = "2003-05-02", "2003-05-09", "2003-05-12", "2003-05-27"
GATED, AFTERWARDS = "准备环节", "民主评议环节"
GRADED, MET = ("2003-05-26", "2003-05-27"), "2003-05-21"
EXCELLENT, QUALIFIED = 7, 60
PROBLEMS = (  # six of them, with seven measures
    ("信息渠道不畅", ("主页开设党建园地", "设立馆长接待日")), ("部分党员作用不突出", ("党员挂牌服务",)),
    ("关心党员群众不够", ("党员奉献日",)), ("组织生活形式单一", ("暑期参观学习",)), ("党员之间沟通少", ("与困难地区结对",)),
    ("监督保证作用不明显", ("修订馆内规章",)),
)  # fmt: skip
MEASURES = 7
ASPECTS = ("思想", "组织", "作风", "工作")

# Each member consults three to five people; opinions come through boxes of the branches, the mailbox of the general
# branch, meetings inside and outside the party, two questionnaires, and talks.
FEWEST, MOST = 3, 5
KINDS_OF_MEETING = 2
REPORTED = 340  # 余: what was reported of opinions altogether; of the rows nobody says how many they were
IN_BOX = ("信息传达得太慢", "活动的形式可以更多", "同志之间谈得太少")  # about the unit, as each box held it
BY_MAIL = ("馆内规章应当理一遍", "主页上看不到党务", "新馆搬迁要早作安排", "值班的安排要公开")
INSIDE, OUTSIDE = ("对党员多关心一些", "学习要结合业务"), ("读者的话要有人答", "馆领导多到书库看看", "挂牌服务可以试试")
OF_PUBLIC = ("窗口的态度有好有坏", "开放的时间再长些", "图书上架要快")
