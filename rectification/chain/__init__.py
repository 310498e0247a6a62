"""From an opinion to what is told of it 意见 → 问题 → 措施 → 销号 → 反馈, in one picture a branch."""
