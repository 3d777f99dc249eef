from chairside.kernel.migrate import sql_beside

revision = "202611290920"
down_revision = "202611290910"
upgrade = sql_beside(__file__)
