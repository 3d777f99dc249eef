import { Button, Input } from '@chairside/ui'
import { CornerDownLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** What one would say, typed: the same words that a recogniser would hand over. */
export function Line({ onSay }: { onSay: (text: string) => string[] }) {
  const t = useTranslations('perio')
  const [text, setText] = useState('')
  const [unknown, setUnknown] = useState<string[]>([])
  return (
    <form
      className="flex flex-wrap items-center gap-2 border-b px-4 py-2 print:hidden"
      onSubmit={event => {
        event.preventDefault()
        setUnknown(onSay(text))
        setText('')
      }}
    >
      <Input
        dir="auto"
        aria-label={t('line')}
        placeholder={t('lineExample')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={event => setText(event.target.value)}
        className="max-w-md"
      />
      <Button type="submit" variant="outline" aria-label={t('lineEnter')}>
        <CornerDownLeft aria-hidden className="rtl:-scale-x-100" />
      </Button>
      <span role="status" className="text-destructive text-xs">
        {unknown.length > 0 && t('notUnderstood', { words: unknown.join(', ') })}
      </span>
    </form>
  )
}
