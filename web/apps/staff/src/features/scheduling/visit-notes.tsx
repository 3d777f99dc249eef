import type { DayVisit } from '@chairside/api'
import { Button, TextArea } from '@chairside/ui'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** What the front desk should know of this visit. */
export function VisitNotes({ visit, onSave }: { visit: DayVisit; onSave?: (notes: string | null) => void }) {
  const t = useTranslations('schedule')
  const states = useTranslations('states')
  const [text, setText] = useState<string>()
  if (text === undefined)
    return (
      <div className="grid gap-1.5">
        {visit.notes && (
          <p className="whitespace-pre-wrap rounded-md bg-muted px-3 py-2 text-sm">
            <bdi>{visit.notes}</bdi>
          </p>
        )}
        {onSave && (
          <Button size="sm" variant="ghost" className="justify-self-start" onClick={() => setText(visit.notes ?? '')}>
            <Pencil aria-hidden /> {visit.notes ? t('editNote') : t('addNote')}
          </Button>
        )}
      </div>
    )
  const save = () => {
    setText(undefined)
    if (text.trim() !== (visit.notes ?? '')) onSave?.(text.trim() || null)
  }
  return (
    <div className="grid gap-2">
      <TextArea
        label={t('note')}
        value={text}
        maxLength={2000}
        autoFocus
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') setText(undefined)
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
        }}
      />
      <div className="flex gap-2">
        <Button size="sm" onClick={save}>
          {states('save')}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setText(undefined)}>
          {states('cancel')}
        </Button>
      </div>
    </div>
  )
}
