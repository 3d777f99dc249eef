import { conflictsOf } from '@chairside/commands'
import { Button, Kbd } from '@chairside/ui'
import { RotateCcw, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { prefer, usePreferences } from '@/lib/preferences'
import { KNOWN, tidied, usualOf } from '@/lib/shortcuts'
import type { KnownCommand } from '@/shell/use-known'
import { useRecorder } from './use-recorder'

type RowProps = { command: KnownCommand; nameOf: (id: string) => string }

/** One command and its keys: pressed, it listens for others. */
export function ShortcutRow({ command, nameOf }: RowProps) {
  const t = useTranslations('preferences')
  const { keys: chosen, locale } = usePreferences()
  const [listening, listen] = useState(false)
  const [wanted, want] = useState<{ keys: string; others: string[] }>()
  const button = useRef<HTMLButtonElement>(null)
  const { struck, refused } = useRecorder(listening, keys => {
    listen(false)
    if (!keys) return
    const others = conflictsOf(KNOWN, chosen, command.id, keys)
    if (others.length) want({ keys, others })
    else take(keys)
  })
  const usual = usualOf(command.id)
  const isOther = command.id in chosen
  function take(keys: string, from: string[] = []) {
    want(undefined)
    prefer({ keys: tidied({ ...chosen, ...Object.fromEntries(from.map(id => [id, ''])), [command.id]: keys }) })
    button.current?.focus()
  }
  function reset() {
    const others = usual ? conflictsOf(KNOWN, chosen, command.id, usual) : []
    if (usual && others.length) want({ keys: usual, others })
    else take(usual ?? '')
  }
  const fixed = wanted?.others.some(id => KNOWN[id]?.fixed)
  return (
    <li className="grid gap-1 border-b py-1.5 last:border-b-0">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="me-auto min-w-40">
          {command.label}
          {command.when && <span className="text-muted-foreground text-xs"> · {command.when}</span>}
        </span>
        {command.fixed ? (
          <Kbd keys={command.keys ?? ''} className={SEEN} />
        ) : (
          <>
            {isOther && (
              <Button size="sm" variant="ghost" onClick={reset}>
                <RotateCcw aria-hidden /> {t('reset')} {usual && <Kbd keys={usual} className={SEEN} />}
              </Button>
            )}
            <button
              ref={button}
              type="button"
              aria-pressed={listening}
              onClick={() => listen(!listening)}
              onBlur={() => listen(false)}
              className="inline-flex h-8 min-w-24 items-center justify-center rounded-md border border-input px-2 text-xs hover:bg-accent aria-pressed:border-primary aria-pressed:bg-accent"
            >
              <span className="sr-only">{t('changeKeys', { command: command.label })}</span>
              {listening ? struck ? <Kbd keys={struck} className={SEEN} /> : t('press') : null}
              {!listening && (command.keys ? <Kbd keys={command.keys} className={SEEN} /> : t('none'))}
            </button>
            <Button
              size="icon"
              variant="ghost"
              aria-label={t('clear', { command: command.label })}
              disabled={!command.keys}
              onClick={() => take('')}
            >
              <X />
            </Button>
          </>
        )}
      </div>
      <div role="status" className="empty:hidden">
        {listening && (
          <p className="text-end text-muted-foreground text-xs">{refused ? t('refused', { keys: refused }) : t('pressHow')}</p>
        )}
        {wanted && (
          <div className="flex flex-wrap items-center justify-end gap-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
            <span className="me-auto flex flex-wrap items-center gap-1.5">
              <Kbd keys={wanted.keys} className={SEEN} />{' '}
              {t('conflict', { others: new Intl.ListFormat(locale).format(wanted.others.map(nameOf)) })}
            </span>
            {!fixed && (
              <Button size="sm" variant="outline" onClick={() => take(wanted.keys, wanted.others)}>
                {t('useHere')}
              </Button>
            )}
            <Button size="sm" variant="outline" onClick={() => want(undefined)}>
              {t('leave')}
            </Button>
          </div>
        )}
      </div>
    </li>
  )
}

const SEEN = 'max-sm:inline-flex pointer-coarse:inline-flex'
