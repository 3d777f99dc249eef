from chairside.kernel.migrate import sql_beside

revision = "202611211010"
down_revision = "202611210950"
upgrade = sql_beside(__file__)
