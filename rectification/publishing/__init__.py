"""党务公开: problems and measures before an audience: proposed 提出, reviewed 审核, approved 审批, made public 公开."""
