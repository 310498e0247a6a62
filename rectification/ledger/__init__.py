"""整改台账 looked at in other ways than as a list: by state, by days left, by month, as a sheet and on paper."""
