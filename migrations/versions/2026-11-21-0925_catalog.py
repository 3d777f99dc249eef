from chairside.kernel.migrate import sql_beside

revision = "202611210925"
down_revision = "202611210920"
upgrade = sql_beside(__file__)
