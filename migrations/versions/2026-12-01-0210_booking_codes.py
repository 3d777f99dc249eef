from chairside.kernel.migrate import sql_beside

revision = "202612010210"
down_revision = "202612010200"
upgrade = sql_beside(__file__)
