import type { Import } from '@chairside/api'
import { Badge, Button, Card } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Whose register number the clinic has already: they are left as they are. Another name under it is worth a look. */
export function Present({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const [shown, show] = useState(10)
  if (one.already_present.length === 0) return null
  const rows = [...one.already_present].sort((a, b) => Number(b.differs) - Number(a.differs))
  return (
    <Card title={t('alreadyPresent')}>
      <p className="px-4 pt-3 text-muted-foreground text-sm">{t('presentAbout')}</p>
      <ul className="px-4 py-2 text-sm">
        {rows.slice(0, shown).map(row => (
          <li key={row.row} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t py-1.5 first:border-t-0">
            <span className="text-muted-foreground tabular-nums">{t('rowNumber', { row: row.row })}</span>
            <bdi className="text-muted-foreground">#{row.register_number}</bdi>
            <bdi className="font-medium">{row.name}</bdi>
            {row.differs && <Badge tone="warn">{t('differs')}</Badge>}
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <div className="grid place-items-center border-t p-3">
          <Button size="sm" variant="outline" onClick={() => show(shown + 200)}>
            {t('showMore', { count: rows.length - shown })}
          </Button>
        </div>
      )}
    </Card>
  )
}
