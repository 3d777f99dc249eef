from chairside.kernel.migrate import sql_beside

revision = "202611280910"
down_revision = "202611280900"
upgrade = sql_beside(__file__)
