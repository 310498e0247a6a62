"""What the sheets that ship are called, on paper as on the page."""

OF_MEMBERS, OF_COMMITTEE, OF_LEADERS = "民主评议党员测评表", "党支部班子评议表", "班子成员评议表"
BY_ASPECT, OF_ITEMS = "党员分项评议表", "评议项目"
