"""The law of the monthly equivalent: plain Python, one accrual line at a time."""
