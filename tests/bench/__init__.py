"""Speed, as ratios of ours to a floor measured in the same run."""
