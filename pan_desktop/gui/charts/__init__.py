"""Progress as charts, painted by hand: small multiples, one large line, bars; to see and print."""
