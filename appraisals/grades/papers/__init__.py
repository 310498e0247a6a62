"""民主评议党员登记表 and 评议结果反馈表 as Word files, of one member or of a branch in roster order."""
