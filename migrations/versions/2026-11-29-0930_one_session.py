from chairside.kernel.migrate import sql_beside

revision = "202611290930"
down_revision = "202611290920"
upgrade = sql_beside(__file__)
