from chairside.kernel.migrate import sql_beside

revision = "202612010310"
down_revision = "202612010300"
upgrade = sql_beside(__file__)
