"""公开承诺: promised 承诺, looked over 审诺, published 公示, kept 践诺, rated 评诺."""
