from chairside.kernel.migrate import sql_beside

revision = "202611291010"
down_revision = "202611291005"
upgrade = sql_beside(__file__)
