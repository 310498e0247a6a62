"""Votes outside a meeting (群众测评, 问卷): open for days, their forms handed out at sites; nobody takes attendance."""
