from chairside.kernel.migrate import sql_beside

revision = "202611281000"
down_revision = "202611280920"
upgrade = sql_beside(__file__)
