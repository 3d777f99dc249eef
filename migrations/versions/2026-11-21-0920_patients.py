from chairside.kernel.migrate import sql_beside

revision = "202611210920"
down_revision = "202611210915"
upgrade = sql_beside(__file__)
