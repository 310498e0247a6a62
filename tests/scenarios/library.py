"""The facts and figures of the case library-general-branch, as far as meetings go. People and branches are invented."""

GENERAL = "中共云溪大学图书馆总支部委员会"
BRANCHES = ("第一", "第二", "第三", "第四")
IN_SERVICE = 67  # as reported: members in service, in all branches together; all of them took part

PREPARED, RATED = "2003-05-06", "2003-05-16"
PLAN, RATING = "制定民主评议工作计划", "民主测评大会"
PLAN_AGENDA = "传达上级和总支精神\n确定各步骤的时间、内容、参加人员、地点"
RATING_AGENDA = "党员逐一汇报个人总结\n其他同志提出意见\n无记名测评"
AFTERNOON = ("14:00", "17:00")
