"""Partner districts without accounts: a link for one side of a programme, its list in, its answers, its pairs out."""
