"""The facts and figures of the case college, as far as meetings go. People, groups and days are invented."""

COLLEGE = "中共云溪学院仪器学院委员会"
GRADUATES, STUDENTS = "中共仪器学院硕士生支部委员会", "中共仪器学院本科生第二支部委员会"
MEMBERS = {GRADUATES: 48, STUDENTS: 45}  # as reported: too many to study as one, so branch and groups together
A_GROUP = 12  # members at most

STUDY, AGENDA = "学习读本，交流体会", "逐章学习读本\n交流学习体会\n讨论思考题"
AWAY, POSTED = "长期在外培训", "已将学习读本和笔记本邮寄本人，要求定期汇报学习情况和心得"
HOURS = 40  # at least, group study and own study together
FILM = "集体观看影片"
SHORT, MADE_UP = "思考题讨论没有记录，请于4月25日前补齐", "补记思考题讨论情况"

# Lines of the report as they came: numbers behind which the words are lost, and what a word processor left.
DAMAGED = "1、每周召开一次党委扩大会。\n2、<?xml:namespace prefix = st1 />\n3、\n4、为了保证\n5、检查学习记录本。"
