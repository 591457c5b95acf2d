"""Word files that somebody wrote by hand, as lines of text: no style or layout of ours in them."""
