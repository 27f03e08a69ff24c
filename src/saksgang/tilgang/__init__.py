"""Who may see, who may act: codes, grants, synlig_q, krev, skift_status."""
